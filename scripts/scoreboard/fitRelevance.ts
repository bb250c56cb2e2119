import type { Best, Logistic } from '../../src/core/retrieval/ranking/relevance.ts';

/** The best of what is found for a question, and whether the library answers it. */
export interface Example {
  readonly best: Best;
  readonly isAnswered: boolean;
}

const ROUNDS = 8000;
const STEP = 4;
const RIDGE = 0.001;
/** Questions that are answered, for each that is not. */
const ODDS = 2.5;

/**
 * Logistic regression by gradient descent, answered and other questions weighing the same; then the
 * intercept is moved to the odds that people ask with.
 *
 * @param byWords without the cosine, for queries that have none
 */
export function fitRelevance(examples: readonly Example[], byWords: boolean): Logistic {
  const answered = examples.filter(({ isAnswered }) => isAnswered).length;
  const shares = { yes: 0.5 / answered, no: 0.5 / (examples.length - answered) };
  let weights = byWords ? [0, 0] : [0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((weight) => RIDGE * weight);
    for (const { best, isAnswered } of examples) {
      const features = [1, best.coverage, Math.max(0, best.cosine ?? 0)].slice(0, weights.length);
      const logit = features.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
      const share = isAnswered ? shares.yes : shares.no;
      const error = share * (1 / (1 + Math.exp(-logit)) - (isAnswered ? 1 : 0));
      features.forEach((feature, at) => (gradient[at] = (gradient[at] ?? 0) + error * feature));
    }
    weights = weights.map((weight, at) => weight - STEP * (gradient[at] ?? 0));
  }
  const [intercept = 0, coverage = 0, cosine = 0] = weights;
  return {
    intercept: round2(intercept + Math.log(ODDS)),
    coverage: round2(coverage),
    cosine: round2(cosine),
  };
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
