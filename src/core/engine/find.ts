import { findPatterns } from '../jobs/find/find.ts';
import { createProjectsOfFolders } from '../jobs/find/scope.ts';
import type { FindApi } from '../model/api/find.ts';
import { WEIGHTS } from '../retrieval/ranking/rank.ts';
import type { EngineParts } from './parts.ts';

export function createFind(parts: EngineParts): FindApi {
  const { current, words, queryVectors, impressions, person, assetsDir, folder } = parts;
  const projectsOfFolders = createProjectsOfFolders(parts);
  return {
    patterns: (query, watch = {}) =>
      findPatterns(
        {
          ...{ words, queryVectors, impressions, projectsOfFolders, person, assetsDir, folder },
          library: current(),
          weights: WEIGHTS,
          defaults: parts.settings(folder, {}).search,
        },
        query,
        watch.signal,
      ),
  };
}
