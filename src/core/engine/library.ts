import { countListed } from '../jobs/find/listed.ts';
import { settleShowings } from '../jobs/outcomes/settle.ts';
import type { LibraryApi } from '../model/api/library.ts';
import { localized } from '../model/localizedText.ts';
import type { DoctorFinding } from '../model/ports/libraryUpkeep.ts';
import type { EngineParts } from './parts.ts';

export function createLibrary({ current, words, now }: EngineParts): LibraryApi {
  return {
    stats: () => Promise.resolve({ ...current().upkeep.stats(), listed: countListed(current()) }),
    doctor: async (repair) => {
      await Promise.resolve();
      const { upkeep } = current();
      const recovered = repair === 'recover' ? [toFinding(upkeep.recover())] : [];
      if (repair === 'rebuild') upkeep.rebuild();
      if (repair !== undefined) {
        words().rebuild();
        words().save();
      }
      return { findings: [...recovered, ...upkeep.check().findings] };
    },
    compact: async () => {
      await settleShowings(current(), now());
      return current().upkeep.compact();
    },
  };
}

function toFinding(facts: number): DoctorFinding {
  const message =
    facts === 0
      ? localized`nothing of what was lost is left to be written back`
      : localized`${facts} facts were written back`;
  return { level: 'ok', check: 'recovered', message };
}
