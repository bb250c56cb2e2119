import { seededRandom } from './seededRandom.ts';

const RESAMPLES = 1000;
const SEED = 7;

/**
 * The mean of values with its 95 % interval, by drawing as many of them again and again; the same
 * values have the same interval.
 *
 * Source: Efron 1979, the percentile interval of the bootstrap.
 *
 * @returns zeros for no values
 */
export function bootstrapMean(values: readonly number[]): {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
} {
  const random = seededRandom(SEED);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const at = (share: number): number => means[Math.floor(share * RESAMPLES)] ?? 0;
  return { mean: mean(values), low: at(0.025), high: at(0.975) };
}

/** 0 for no values. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
