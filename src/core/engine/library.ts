import { settleShowings } from '../jobs/outcomes/settle.ts';
import type { LibraryApi } from '../model/api/library.ts';
import type { EngineParts } from './parts.ts';

export function createLibrary({ current, words, now }: EngineParts): LibraryApi {
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
    compact: async () => {
      await settleShowings(current(), now());
      return current().upkeep.compact();
    },
  };
}
