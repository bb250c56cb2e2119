import { seededRandom } from '../bench/syntheticLibrary.ts';

/** How high the first right answer to one query stands, and what share is among the first. */
export interface Outcome {
  /** 0 where no right answer is found. */
  readonly reciprocalRank: number;
  readonly recall1: number;
  readonly recall5: number;
  readonly recall10: number;
}

export function judge(ranking: readonly number[], relevant: ReadonlySet<number>): Outcome {
  const rank = ranking.findIndex((rowId) => relevant.has(rowId)) + 1;
  const recall = (limit: number): number =>
    ranking.slice(0, limit).filter((rowId) => relevant.has(rowId)).length / relevant.size;
  return {
    reciprocalRank: rank === 0 ? 0 : 1 / rank,
    recall1: recall(1),
    recall5: recall(5),
    recall10: recall(10),
  };
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

const RESAMPLES = 1000;

/** `mean [low, high]` with the 95 % interval of a bootstrap over queries. */
export function withInterval(values: readonly number[]): string {
  const random = seededRandom(7);
  const means = Array.from({ length: RESAMPLES }, () =>
    mean(values.map(() => values[Math.floor(random() * values.length)] ?? 0)),
  ).sort((a, b) => a - b);
  const at = (share: number): string => (means[Math.floor(share * RESAMPLES)] ?? 0).toFixed(3);
  return `${mean(values).toFixed(3)} [${at(0.025)}, ${at(0.975)}]`;
}
