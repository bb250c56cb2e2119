import {
  partsOf,
  type Logistic,
  type Outlook,
  type Part,
} from '../../src/core/retrieval/ranking/relevance.ts';

/** What is found for a question at best, and whether the library answers it. */
export interface Example {
  readonly outlook: Outlook;
  readonly isAnswered: boolean;
}

const ROUNDS = 20_000;
const STEP = 2;
const RIDGE = 0.001;
/** Questions that are answered, for each that is not. */
const ODDS = 5;
/** Questions of more words are of one length. */
const LONGEST = 6;

/**
 * Logistic regression by gradient descent. Among questions of about as many telling words those that
 * are answered and the others weigh the same, so that nothing is learned of how long either are; then
 * the intercept is moved to the odds that people ask with.
 *
 * @param byWords without vectors, for queries that have none
 */
export function fitRelevance(examples: readonly Example[], byWords: boolean): Logistic {
  const parts = byWords ? BY_WORDS : BY_BOTH;
  const rows = weighed(examples).map(({ example, weight }) => {
    const values = partsOf(example.outlook);
    return { features: parts.map((part) => values[part]), weight, ...example };
  });
  const scales = parts.map((_, at) => scaleOf(rows.map(({ features }) => features[at] ?? 0)));
  let weights = [0, ...parts.map(() => 0)];
  const total = rows.reduce((sum, { weight }) => sum + weight, 0);
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = weights.map((weight, at) => (at === 0 ? 0 : RIDGE * weight));
    for (const { features, weight, isAnswered } of rows) {
      const inputs = [1, ...features.map((value, at) => scaled(value, scales[at]))];
      const logit = inputs.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
      const error = (weight / total) * (1 / (1 + Math.exp(-logit)) - (isAnswered ? 1 : 0));
      inputs.forEach((value, at) => (gradient[at] = (gradient[at] ?? 0) + error * value));
    }
    weights = weights.map((weight, at) => weight - STEP * (gradient[at] ?? 0));
  }
  return toLogistic(parts, weights, scales);
}

const BY_WORDS: readonly Part[] = ['asked', 'coverage', 'fullness', 'lacking'];
const BY_BOTH: readonly Part[] = ['asked', 'fullness', 'lacking', 'both', 'around'];

interface Scale {
  readonly mean: number;
  readonly deviation: number;
}

function scaleOf(values: readonly number[]): Scale {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: Math.sqrt(variance) };
}

function scaled(value: number, { mean, deviation }: Scale = { mean: 0, deviation: 1 }): number {
  return (value - mean) / deviation;
}

function weighed(
  examples: readonly Example[],
): readonly { readonly example: Example; readonly weight: number }[] {
  const lengthOf = ({ outlook }: Example): number =>
    Math.min(LONGEST, Math.max(1, Math.round(outlook.asked)));
  const count = (length: number, isAnswered: boolean): number =>
    examples.filter((one) => lengthOf(one) === length && one.isAnswered === isAnswered).length;
  return examples.flatMap((example) => {
    const length = lengthOf(example);
    const answered = count(length, true);
    const others = count(length, false);
    if (answered === 0 || others === 0) return [];
    return [{ example, weight: example.isAnswered ? 1 : answered / others }];
  });
}

/** Of what was not scaled. */
function toLogistic(
  parts: readonly Part[],
  [intercept = 0, ...weights]: readonly number[],
  scales: readonly Scale[],
): Logistic {
  const plain = { asked: 0, coverage: 0, fullness: 0, lacking: 0, both: 0, around: 0 };
  let constant = intercept + Math.log(ODDS);
  parts.forEach((part, at) => {
    const { mean, deviation } = scales[at] ?? { mean: 0, deviation: 1 };
    const weight = (weights[at] ?? 0) / deviation;
    plain[part] = round2(weight);
    constant -= weight * mean;
  });
  return { intercept: round2(constant), ...plain };
}

function round2(value: number): number {
  return Math.round(value * 100) / 100;
}
