import type { LibraryApi } from '../model/api/library.ts';
import type { EngineParts } from './parts.ts';

export function createLibrary({ current, words }: EngineParts): LibraryApi {
  return {
    stats: () => Promise.resolve(current().upkeep.stats()),
    doctor: (rebuild) => {
      const { upkeep } = current();
      if (rebuild) {
        upkeep.rebuild();
        words().rebuild();
        words().save();
      }
      return Promise.resolve(upkeep.check());
    },
    compact: () => Promise.resolve(current().upkeep.compact()),
  };
}
