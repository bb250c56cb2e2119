import {
  coverageOf,
  type Evidence,
  type Logistic,
} from '../../src/core/retrieval/ranking/relevance.ts';

export interface Example {
  readonly evidence: Evidence;
  readonly isRight: boolean;
}

const ROUNDS = 3000;
const STEP = 0.5;
const RIDGE = 0.001;
/** Right answers that may fall below the bound: half of what is promised, as a margin. */
const LOST = 0.01;
const BOUND = 0.6;

/**
 * Logistic regression by gradient descent, right and wrong answers weighing the same; then the
 * intercept is moved so that `LOST` of the right answers fall below `BOUND`.
 *
 * @param byWords without the cosine, for answers that have none
 */
export function fitRelevance(examples: readonly Example[], byWords: boolean): Logistic {
  const rows = examples.map(({ evidence, isRight }) => ({
    features: featuresOf(evidence, byWords),
    isRight,
  }));
  const right = rows.filter(({ isRight }) => isRight);
  const shares = { right: 0.5 / right.length, wrong: 0.5 / (rows.length - right.length) };
  let weights = [0, 0, 0, 0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : RIDGE * weight));
    for (const { features, isRight } of rows) {
      const share = isRight ? shares.right : shares.wrong;
      const error = share * (sigmoid(dot(weights, features)) - (isRight ? 1 : 0));
      features.forEach((feature, at) => (gradient[at] = (gradient[at] ?? 0) + error * feature));
    }
    weights = weights.map((weight, at) => weight - STEP * 4 * (gradient[at] ?? 0));
  }
  const logits = right.map(({ features }) => dot(weights, features)).sort((a, b) => a - b);
  const lowest = logits[Math.floor(LOST * logits.length)] ?? 0;
  const [intercept = 0, ...slopes] = weights;
  const [fullness = 0, coverage = 0, named = 0, cosine = 0] = slopes.map(round2);
  const moved = intercept - lowest + Math.log(BOUND / (1 - BOUND));
  return { intercept: round2(moved), fullness, coverage, named, cosine };
}

function featuresOf(evidence: Evidence, byWords: boolean): number[] {
  const { fullness, named, cosine } = evidence;
  return [1, fullness, coverageOf(evidence), named, byWords ? 0 : Math.max(0, cosine ?? 0)];
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
}

function sigmoid(logit: number): number {
  return 1 / (1 + Math.exp(-logit));
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
