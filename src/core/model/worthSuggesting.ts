import type { Pattern } from './pattern.ts';

/** Fewer ratings say more of those who rated than of the pattern. */
const ENOUGH_RATINGS = 3;

/**
 * Whether a pattern may be suggested to somebody who did not look for it: unless it was rated often
 * enough to be judged, and is below the minimum.
 *
 * @param minSuccessRate per cent
 */
export function isWorthSuggesting(
  { ratingCount, successRate }: Pick<Pattern, 'ratingCount' | 'successRate'>,
  minSuccessRate: number,
): boolean {
  return ratingCount < ENOUGH_RATINGS || successRate.mean * 100 >= minSuccessRate;
}
