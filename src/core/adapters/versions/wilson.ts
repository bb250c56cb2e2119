import type { Outcomes } from '../../model/api/adapters.ts';

/** 95 % of a normal distribution lies within this many deviations. */
const Z = 1.959964;

/** What counts of outcomes say of the share of successes. */
export function toOutcomes(successes: number, failures: number): Outcomes {
  const n = successes + failures;
  if (n === 0) return { successes, failures, low: 0, high: 1 };
  const rate = successes / n;
  const centre = rate + (Z * Z) / (2 * n);
  const spread = Z * Math.sqrt((rate * (1 - rate)) / n + (Z * Z) / (4 * n * n));
  const scale = 1 + (Z * Z) / n;
  return {
    successes,
    failures,
    low: Math.max(0, (centre - spread) / scale),
    high: Math.min(1, (centre + spread) / scale),
  };
}
