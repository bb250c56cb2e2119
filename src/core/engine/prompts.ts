import { createProjectsOfFolders } from '../jobs/find/scope.ts';
import { guide } from '../jobs/prompts/guide.ts';
import { inject, type InjectParts } from '../jobs/prompts/inject.ts';
import { offer, quote } from '../jobs/prompts/quote.ts';
import { taskContext } from '../jobs/prompts/taskContext.ts';
import type { Config } from '../model/config.ts';
import type { PromptsApi } from '../model/api/prompts.ts';
import type { EngineParts } from './parts.ts';

export function createPrompts(parts: EngineParts): PromptsApi {
  const { current, words, queryVectors, weights, showings, assetsDir, folder } = parts;
  const projectsOfFolders = createProjectsOfFolders(parts);
  const settingsOf = (of: string): Config => parts.settings(of, {});
  const toParts = (): InjectParts => {
    const { search, injection } = parts.settings(folder, {});
    return {
      ...{ words, queryVectors, weights, showings, projectsOfFolders, assetsDir, folder },
      ...{ gate: parts.gate, firstCommits: parts.firstCommits },
      ...{ library: current(), settingsOf },
      defaults: search,
      settings: injection,
      countTokens: parts.countTokens,
    };
  };
  return {
    inject: (request, watch) => inject(toParts(), request, watch),
    context: (request, watch) => {
      const { gate, now } = parts;
      const libraryFolder = current().folder;
      const localizing = { assetsDir, gate, now, libraryFolder, settings: settingsOf };
      return taskContext({ ...toParts(), localizing }, request, watch);
    },
    guide: (request, watch) => {
      const { injection } = parts.settings(request.folder, {});
      return guide({ ...toParts(), settings: injection }, request, watch);
    },
    offer: (query, watch) => offer(toParts(), query, watch),
    quote: (id, words, page) => quote(toParts(), id, { words, page }),
  };
}
