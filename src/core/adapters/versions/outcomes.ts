import type { Outcomes } from '../../model/api/adapters.ts';
import { wilson } from '../../platform/wilson.ts';

/** What counts of outcomes say of the share of successes. */
export function toOutcomes(successes: number, failures: number): Outcomes {
  const n = successes + failures;
  const [low, high] = wilson(n === 0 ? 0 : successes / n, n);
  return { successes, failures, low, high };
}
