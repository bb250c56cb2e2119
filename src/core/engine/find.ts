import { browsePatterns } from '../jobs/find/browse.ts';
import { readQuery } from '../jobs/find/readQuery.ts';
import type { FindApi } from '../model/api/find.ts';
import type { EngineParts } from './parts.ts';

export function createFind(parts: EngineParts): FindApi {
  const { current, words, queryVectors, person, assetsDir } = parts;
  return {
    search: async (query, watch = {}) => {
      current();
      const { search } = parts.settings(parts.folder, {});
      const { text, ownId } = await readQuery(query, { assetsDir, folder: parts.folder ?? '' });
      const hits = await parts.search().search(
        {
          text,
          ownId,
          filter: query,
          limit: query.limit ?? search.defaultLimit,
          minRelevance: query.minRelevance ?? search.minRelevance,
        },
        watch.signal,
      );
      parts.impressions.add(hits.map(({ pattern }) => pattern.id));
      return hits;
    },
    browse: (query, watch = {}) =>
      browsePatterns({ library: current(), words, queryVectors, person }, query, watch.signal),
  };
}
