import { attributeSession, orderOf } from '../jobs/learn/attributeSession.ts';
import {
  experienceOf,
  learnedLessons,
  learningStatus,
  remember,
  trainingData,
} from '../jobs/learn/learned.ts';
import { learnErrors } from '../jobs/learn/learnErrors.ts';
import { learnSessions } from '../jobs/learn/pipeline/learnSessions.ts';
import type { LearnParts } from '../jobs/learn/learnParts.ts';
import type { LearningApi } from '../model/api/learning.ts';
import { DEFAULT_CONFIG } from '../model/config.ts';
import { AppError } from '../model/errors.ts';
import type { EngineParts } from './parts.ts';
import { sessionParts } from './sessions.ts';

export function createLearning(engine: EngineParts): LearningApi {
  const parts = (): LearnParts => learnParts(engine);
  return {
    attribute: (name, request, watch = {}) => attributeSession(parts(), name, request, watch),
    testCommand: async (order) => {
      const { command } = await orderOf(parts(), order);
      return [command.program, ...command.args];
    },
    learn: (request, watch = {}) => learnSessions(parts(), request, watch),
    status: () => learningStatus(parts()),
    lessons: async (kind) => Promise.resolve(learnedLessons(parts(), kind)),
    experience: async (name) => Promise.resolve(experienceOf(parts(), name)),
    recall: async (task, limit) => Promise.resolve(remember(parts(), task, limit)),
    trainingData: async () => Promise.resolve(trainingData(parts())),
    errors: (request, watch = {}) => learnErrors(parts(), request, watch),
  };
}

function learnParts(engine: EngineParts): LearnParts {
  // A run keeps to one set of settings for each folder.
  const configs = new Map<string | undefined, ReturnType<LearnParts['config']>>();
  const read = (folder: string | undefined): ReturnType<LearnParts['config']> => {
    try {
      return engine.settings(folder, {});
    } catch (error) {
      // It is told of where the folder is extracted.
      if (error instanceof AppError) return DEFAULT_CONFIG;
      throw error;
    }
  };
  return {
    ...sessionParts(engine),
    ...{ chat: engine.chat, current: engine.current, now: engine.now },
    config: (asked) => {
      const folder = asked ?? engine.folder;
      const config = configs.get(folder) ?? read(folder);
      configs.set(folder, config);
      return config;
    },
  };
}
