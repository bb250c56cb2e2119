import { findPatterns } from '../jobs/find/find.ts';
import { createProjectsOfFolders } from '../jobs/find/scope.ts';
import type { FindApi } from '../model/api/find.ts';
import type { EngineParts } from './parts.ts';

export function createFind(parts: EngineParts): FindApi {
  const { current, words, queryVectors, weights, showings, assetsDir, folder, gate } = parts;
  const projectsOfFolders = createProjectsOfFolders(parts);
  return {
    patterns: (query, watch = {}) =>
      findPatterns(
        {
          ...{
            words,
            queryVectors,
            weights,
            showings,
            projectsOfFolders,
            assetsDir,
            folder,
            gate,
          },
          settingsOf: (of) => parts.settings(of, {}),
          library: current(),
          defaults: parts.settings(folder, {}).search,
        },
        query,
        watch.signal,
      ),
  };
}
