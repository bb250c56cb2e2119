import { attributeSession } from '../jobs/learn/attributeSession.ts';
import { learnErrors } from '../jobs/learn/learnErrors.ts';
import type { LearningApi } from '../model/api/learning.ts';
import type { EngineParts } from './parts.ts';
import { sessionParts } from './sessions.ts';

export function createLearning(engine: EngineParts): LearningApi {
  const parts = (): ReturnType<typeof sessionParts> => sessionParts(engine);
  return {
    attribute: (name, method, watch = {}) => attributeSession(parts(), { name, method }, watch),
    errors: (request, watch = {}) => learnErrors(parts(), request, watch),
  };
}
