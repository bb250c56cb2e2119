import { attributeSession, orderOf } from '../jobs/learn/attributeSession.ts';
import { learnErrors } from '../jobs/learn/learnErrors.ts';
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
    errors: (request, watch = {}) => learnErrors(parts(), request, watch),
  };
}

function learnParts(engine: EngineParts): LearnParts {
  return {
    ...sessionParts(engine),
    chat: engine.chat,
    config: (folder) => {
      try {
        return engine.settings(folder ?? engine.folder, {});
      } catch (error) {
        // It is told of where the folder is extracted.
        if (error instanceof AppError) return DEFAULT_CONFIG;
        throw error;
      }
    },
  };
}
