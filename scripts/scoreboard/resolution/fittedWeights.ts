/** What one instance is chosen from. */
export interface Choices {
  /** The repository: instances of one are like one another. */
  readonly group: string;
  /** Of each candidate how much it has of each signal, 0 to 1. */
  readonly candidates: readonly (readonly number[])[];
  /** Indices of the candidates to be found; -1 for what is not among them. */
  readonly right: readonly number[];
}

const STEPS = 200;
const RATE = 1.2;
/** How much weights are held at 1, in instances. */
const HOLD = 10;

/**
 * Weights under which the right candidates are likeliest, by steepest ascent on the logarithm of their
 * share in a softmax over all candidates. They are held at 1 each and not at what somebody chose, so
 * that nothing but the given instances makes them; without any, all stay at 1.
 */
export function fitWeights(instances: readonly Choices[], signals: number): readonly number[] {
  const known = instances.filter(({ right }) => right.some((at) => at >= 0));
  const weights = Array.from({ length: signals }, () => 1);
  if (known.length === 0) return weights;
  for (let step = 0; step < STEPS; step += 1) {
    const slope = weights.map((weight) => -HOLD * (weight - 1));
    for (const instance of known) addSlope(slope, instance, weights);
    const rate = RATE / known.length / (1 + step / 100);
    for (const [at, rise] of slope.entries()) weights[at] = (weights[at] ?? 0) + rate * rise;
  }
  return weights;
}

function addSlope(
  slope: number[],
  { candidates, right }: Choices,
  weights: readonly number[],
): void {
  const scores = candidates.map((one) => scoreOf(one, weights));
  const most = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - most));
  const sum = shares.reduce((all, share) => all + share, 0);
  const found = right.filter((at) => at >= 0);
  for (const [at, signals] of candidates.entries()) {
    const wanted = found.includes(at) ? 1 / found.length : 0;
    const pull = wanted - (shares[at] ?? 0) / sum;
    for (const [signal, value] of signals.entries()) {
      slope[signal] = (slope[signal] ?? 0) + pull * value;
    }
  }
}

function scoreOf(signals: readonly number[], weights: readonly number[]): number {
  return signals.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
}

/** Rank of the last right candidate, from 1; `Infinity` where one is not among them. */
export function lastRankBy({ candidates, right }: Choices, weights: readonly number[]): number {
  const scores = candidates.map((one) => scoreOf(one, weights));
  const ranks = right.map((wanted) => {
    const own = scores[wanted];
    if (own === undefined) return Infinity;
    return 1 + scores.filter((score, at) => score > own || (score === own && at < wanted)).length;
  });
  return Math.max(...ranks);
}

/** The rank in each instance by weights that were fitted without any instance of its fold. */
export function ranksByFolds(
  instances: readonly Choices[],
  signals: number,
  foldOf: (instance: Choices, at: number) => string | number,
): readonly number[] {
  const folds = instances.map(foldOf);
  const weights = new Map(
    [...new Set(folds)].map((fold) => {
      const others = instances.filter((_, at) => folds[at] !== fold);
      return [fold, fitWeights(others, signals)] as const;
    }),
  );
  return instances.map((one, at) => lastRankBy(one, weights.get(folds[at] ?? '') ?? []));
}
