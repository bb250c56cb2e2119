import { createProjectsOfFolders } from '../jobs/find/scope.ts';
import { attributeSession, orderOf } from '../jobs/learn/attributeSession.ts';
import {
  experienceIn,
  learnedLessons,
  learningStatus,
  remember,
  trainingData,
} from '../jobs/learn/learned.ts';
import { sessionsAside, takeBack } from '../jobs/learn/aside.ts';
import { knownError } from '../jobs/learn/knownError.ts';
import { learnErrors } from '../jobs/learn/learnErrors.ts';
import { learnSessions } from '../jobs/learn/pipeline/learnSessions.ts';
import type { LearnParts } from '../jobs/learn/learnParts.ts';
import type { LearningApi } from '../model/api/learning.ts';
import { DEFAULT_CONFIG, type ConfigOverrides } from '../model/config.ts';
import { AppError } from '../model/errors.ts';
import type { EngineParts } from './parts.ts';
import { sessionParts } from './sessions.ts';

export function createLearning(engine: EngineParts): LearningApi {
  const parts = (settings: ConfigOverrides = {}): LearnParts => learnParts(engine, settings);
  return {
    attribute: (name, request, watch = {}) =>
      attributeSession(parts(request.settings), name, request, watch),
    testCommand: async (order) => {
      const { command } = await orderOf(parts(), order);
      return [command.program, ...command.args];
    },
    learn: (request, watch = {}) => learnSessions(parts(request.settings), request, watch),
    status: (settings) => learningStatus(parts(settings)),
    knownError: (run) => knownError(parts(), run),
    lessons: async (kind) => Promise.resolve(learnedLessons(parts(), kind)),
    experience: async (name) =>
      Promise.resolve(experienceIn(engine.current().experiences.all(), name)),
    aside: async () => Promise.resolve(sessionsAside(parts())),
    takeBack: (names) => takeBack(parts(), names),
    recall: async (task, limit) => Promise.resolve(remember(parts(), task, limit)),
    trainingData: async () => Promise.resolve(trainingData(parts())),
    errors: (request, watch = {}) => learnErrors(parts(), request, watch),
  };
}

function learnParts(engine: EngineParts, settings: ConfigOverrides): LearnParts {
  // A run keeps to one set of settings for each folder.
  const configs = new Map<string | undefined, ReturnType<LearnParts['config']>>();
  const read = (folder: string | undefined): ReturnType<LearnParts['config']> => {
    try {
      return engine.settings(folder, settings);
    } catch (error) {
      // It is told of where the folder is extracted.
      if (error instanceof AppError) return DEFAULT_CONFIG;
      throw error;
    }
  };
  return {
    ...sessionParts(engine),
    ...{ chat: engine.chat, current: engine.current, now: engine.now },
    projectsOfFolders: createProjectsOfFolders(engine),
    config: (asked) => {
      const folder = asked ?? engine.folder;
      const config = configs.get(folder) ?? read(folder);
      configs.set(folder, config);
      return config;
    },
  };
}
