import type { Pattern } from './pattern.ts';

/** Less says more of single occasions than of the pattern. */
const ENOUGH = 3;

/**
 * Whether a pattern may be suggested to somebody who did not look for it: unless enough became of
 * it to be judged, and it is below the minimum.
 *
 * @param minSuccessRate per cent
 */
export function isWorthSuggesting(
  { successRate: { mean, weight } }: Pick<Pattern, 'successRate'>,
  minSuccessRate: number,
): boolean {
  return weight < ENOUGH || mean * 100 >= minSuccessRate;
}
