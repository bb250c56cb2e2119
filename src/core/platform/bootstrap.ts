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
  const [first = 0] = values;
  // Whatever is drawn of values that are all the same has their mean.
  if (values.every((value) => value === first)) return { mean: first, low: first, high: first };
  const drawn = drawnPlaces(values.length);
  const means = new Float64Array(RESAMPLES);
  for (let sample = 0; sample < RESAMPLES; sample += 1) {
    let sum = 0;
    const end = (sample + 1) * values.length;
    for (let at = sample * values.length; at < end; at += 1) sum += values[drawn[at] ?? 0] ?? 0;
    means[sample] = sum / values.length;
  }
  means.sort();
  const at = (share: number): number => means[Math.floor(share * RESAMPLES)] ?? 0;
  return { mean: mean(values), low: at(0.025), high: at(0.975) };
}

const kept = new Map<number, Uint32Array>();
/** Some 16 MB. */
const MOST_KEPT = 4_000_000;

/**
 * Which values each resample takes, one resample after another. Measures of one comparison have mostly
 * as many values, and drawing takes ten times as long as adding up what was drawn.
 */
function drawnPlaces(count: number): Uint32Array {
  const known = kept.get(count);
  if (known !== undefined) return known;
  const random = seededRandom(SEED);
  const drawn = Uint32Array.from({ length: RESAMPLES * count }, () => Math.floor(random() * count));
  const held = [...kept.values()].reduce((sum, { length }) => sum + length, 0);
  if (held + drawn.length > MOST_KEPT) kept.clear();
  if (drawn.length <= MOST_KEPT) kept.set(count, drawn);
  return drawn;
}

/** 0 for no values. */
export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
