import type { Logistic } from '../../../src/core/suggestions/logistic.ts';

export interface Example<Feature extends string> {
  readonly features: Readonly<Record<Feature, number>>;
  readonly isRight: boolean;
}

const ROUNDS = 40;
const RIDGE = 1e-3;

/** Logistic regression by Newton's method, with a little ridge. */
export function fitLogistic<Feature extends string>(
  examples: readonly Example<Feature>[],
): Logistic<Feature> {
  const names = Object.keys(examples[0]?.features ?? {}) as Feature[];
  const rows = examples.map(({ features }) => [1, ...names.map((name) => features[name])]);
  const rights = examples.map(({ isRight }) => Number(isRight));
  let weights = new Array<number>(names.length + 1).fill(0);
  for (let round = 0; round < ROUNDS; round += 1) {
    const { gradient, curvature } = slopeAt(weights, rows, rights);
    const step = solve(curvature, gradient);
    weights = weights.map((weight, at) => weight + (step[at] ?? 0));
    if (Math.max(...step.map(Math.abs)) < 1e-6) break;
  }
  return Object.fromEntries(
    ['intercept', ...names].map((name, at) => [name, Math.round((weights[at] ?? 0) * 100) / 100]),
  ) as Logistic<Feature>;
}

/** First and second derivatives of the likelihood with its ridge. */
function slopeAt(
  weights: readonly number[],
  rows: readonly (readonly number[])[],
  rights: readonly number[],
): { readonly gradient: number[]; readonly curvature: number[][] } {
  const ridge = RIDGE * rows.length;
  const gradient = weights.map((weight) => -ridge * weight);
  const curvature = weights.map((_, at) => weights.map((__, other) => (at === other ? ridge : 0)));
  for (const [position, row] of rows.entries()) {
    const logit = row.reduce((sum, value, at) => sum + value * (weights[at] ?? 0), 0);
    const chance = 1 / (1 + Math.exp(-logit));
    const error = (rights[position] ?? 0) - chance;
    for (const [at, value] of row.entries()) {
      gradient[at] = (gradient[at] ?? 0) + error * value;
      const line = curvature[at] ?? [];
      for (const [other, factor] of row.entries()) {
        line[other] = (line[other] ?? 0) + chance * (1 - chance) * value * factor;
      }
    }
  }
  return { gradient, curvature };
}

/** Gauss with the largest pivot. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, at) => [...row, right[at] ?? 0]);
  for (let column = 0; column < rows.length; column += 1) {
    const pivot = rows
      .map((row, at) => ({ at, size: at < column ? -1 : Math.abs(row[column] ?? 0) }))
      .reduce((best, one) => (one.size > best.size ? one : best)).at;
    [rows[column], rows[pivot]] = [rows[pivot] ?? [], rows[column] ?? []];
    const top = rows[column] ?? [];
    for (const [at, row] of rows.entries()) {
      if (at === column) continue;
      const factor = (row[column] ?? 0) / (top[column] ?? 1);
      for (let other = column; other < row.length; other += 1) {
        row[other] = (row[other] ?? 0) - factor * (top[other] ?? 0);
      }
    }
  }
  return rows.map((row, at) => (row.at(-1) ?? 0) / (row[at] ?? 1));
}
