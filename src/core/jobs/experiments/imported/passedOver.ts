import type { PassedOver, PassedOverCode } from '../../../model/api/experiments.ts';
import type { LocalizedText } from '../../../model/localizedText.ts';

/** Counts what an import passes over, by its code. */
export interface PassedOverTally {
  add(code: PassedOverCode, what: LocalizedText): void;
  /** In the order the codes came up. */
  all(): readonly PassedOver[];
}

const MOST_NAMED = 5;

export function tallyPassedOver(): PassedOverTally {
  const counts = new Map<PassedOverCode, { count: number; readonly first: LocalizedText[] }>();
  return {
    add(code, what) {
      const known = counts.get(code) ?? { count: 0, first: [] };
      counts.set(code, known);
      known.count += 1;
      if (known.first.length < MOST_NAMED) known.first.push(what);
    },
    all: () => [...counts].map(([code, { count, first }]) => ({ code, count, first })),
  };
}
