/** A task of which it was drawn whether patterns were shown, and what became of it. */
export interface Trial {
  readonly treated: boolean;
  /** With which it was drawn that they are, above 0 and below 1. */
  readonly chance: number;
  /** 1 for success, 0 for failure. */
  readonly outcome: number;
}

/** A difference of success rates, −1 to 1, with an interval that holds however often one looks. */
export interface Difference {
  readonly mean: number;
  readonly low: number;
  readonly high: number;
  /** Trials of either arm. */
  readonly treated: number;
  readonly held: number;
  /** Of the score of one trial if the difference were none; for planning. */
  readonly variance: number;
}

/** Share of sequences that miss the truth at any time. */
const ALPHA = 0.1;
/** Number of tasks at which the interval is tightest. */
const TUNED_AT = 300;
/** Fewer trials of an arm say nothing of its rate. */
export const LEAST_OF_AN_ARM = 10;

/** Of the normal mixture, so that it is tightest at `TUNED_AT`. Source: as below, appendix B.2. */
const RHO_SQUARED = (-2 * Math.log(ALPHA) + Math.log(-2 * Math.log(ALPHA) + 1)) / TUNED_AT;

/**
 * Asymptotic confidence sequence for the difference of two arms, from augmented inverse propensity
 * scores with running means of the arms. Looking often does not raise false alarms. Whether a
 * difference is in it is judged by the variance that the arms would have if it were the true one, as
 * score intervals do: that holds with few tasks of an arm, and needs fewer of them. `undefined` until
 * both arms have enough.
 * Source: Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas, “Time-uniform central limit theory and
 * asymptotic confidence sequences”; Miettinen, Nurminen 1985 for the variance.
 *
 * @param trials in the order in which they were drawn
 */
export function differenceOf(trials: readonly Trial[]): Difference | undefined {
  const arms: Readonly<Record<'treated' | 'held', Mean>> = {
    treated: createMean(0.5),
    held: createMean(0.5),
  };
  const scores = createMean(0);
  const inverse = { treated: createMean(0), held: createMean(0) };
  for (const { treated, chance, outcome } of trials) {
    const [one, other] = [arms.treated.mean, arms.held.mean];
    const missed = treated ? (outcome - one) / chance : (other - outcome) / (1 - chance);
    scores.add(one - other + missed);
    inverse.treated.add(1 / chance);
    inverse.held.add(1 / (1 - chance));
    (treated ? arms.treated : arms.held).add(outcome);
  }
  const counts = { treated: arms.treated.count, held: arms.held.count };
  if (Math.min(counts.treated, counts.held) < LEAST_OF_AN_ARM) return undefined;
  const { mean, count } = scores;
  /** Of a score, were this the true difference. */
  const varianceAt = (difference: number): number => {
    const { treated, held } = arms;
    const sum = treated.count * (treated.mean - difference) + held.count * held.mean;
    // Two more trials in the middle of what is possible: no arm is certain.
    const base = clamp(
      (sum + 1 - difference) / (count + 2),
      Math.max(0, -difference),
      Math.min(1, 1 - difference),
    );
    const lifted = base + difference;
    return lifted * (1 - lifted) * inverse.treated.mean + base * (1 - base) * inverse.held.mean;
  };
  const holds = (difference: number): boolean =>
    Math.abs(mean - difference) <= radiusOf(count, varianceAt(difference));
  return {
    ...{ mean, ...counts, variance: varianceAt(0) },
    low: lastThatHolds(clamp(mean, -1, 1), -1, holds),
    high: lastThatHolds(clamp(mean, -1, 1), 1, holds),
  };
}

/** Half of the width after so many trials of such a variance. */
export function radiusOf(count: number, variance: number): number {
  const scaled = count * RHO_SQUARED + 1;
  const boundary = (2 * scaled) / (count * count * RHO_SQUARED);
  return Math.sqrt(variance * boundary * Math.log(Math.sqrt(scaled) / ALPHA));
}

/** Halvings until the end of an interval is exact enough to be shown. */
const HALVINGS = 20;

function lastThatHolds(inside: number, outside: number, holds: (at: number) => boolean): number {
  let near = inside;
  let far = outside;
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (near + far) / 2;
    if (holds(middle)) near = middle;
    else far = middle;
  }
  return near;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), Math.max(low, high));
}

interface Mean {
  readonly count: number;
  readonly mean: number;
  add(value: number): void;
}

/** @param before what it is before the first value */
function createMean(before: number): Mean {
  let count = 0;
  let mean = before;
  return {
    get count() {
      return count;
    },
    get mean() {
      return mean;
    },
    add(value) {
      count++;
      mean = count === 1 ? value : mean + (value - mean) / count;
    },
  };
}
