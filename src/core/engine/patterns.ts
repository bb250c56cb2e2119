import { found } from '../jobs/curate/curate.ts';
import { patternDetail } from '../jobs/find/detail.ts';
import { locateOccurrences } from '../jobs/locate/locate.ts';
import type { PatternsApi } from '../model/api/patterns.ts';
import type { EngineParts } from './parts.ts';

export function createPatterns(parts: EngineParts): PatternsApi {
  const { current, words, gate, assetsDir, firstCommits } = parts;
  return {
    show: (id) => Promise.resolve(current().patterns.byId(id)),
    detail: (id) => Promise.resolve(patternDetail({ library: current(), words }, id)),
    versions: (id) =>
      Promise.resolve().then(() => {
        const library = current();
        return library.versions.of(found(library, id).id);
      }),
    locate: (id, folders) =>
      locateOccurrences({ library: current(), gate, assetsDir, firstCommits }, id, folders),
  };
}
