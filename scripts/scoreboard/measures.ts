import { bootstrapMean } from '../../src/core/platform/bootstrap.ts';

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

/** `mean [low, high]` with the 95 % interval of a bootstrap over queries. */
export function withInterval(values: readonly number[]): string {
  const { mean, low, high } = bootstrapMean(values);
  return `${mean.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
