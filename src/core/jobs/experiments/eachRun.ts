import type { ExperimentOrder } from '../../model/api/experiments.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { GradedInstance } from '../../model/resolution/instanceSet.ts';
import type { StageWatch } from '../../model/resolution/stages.ts';
import type { FixParts } from './instances/fixes.ts';
import { readInstances } from './instances/readInstances.ts';

/** One combination of hyper-parameters on one instance. */
export interface PlannedRun<Point> extends GradedInstance {
  readonly point: Point;
  /** Counts from 0. */
  readonly repetition: number;
}

export interface RunTally {
  readonly onInstance: () => void;
  readonly onUnusable: (why: LocalizedText) => void;
}

/** All runs of an order, those of one instance together; an instance is read when its first run is taken. */
export async function* eachRun<Point>(
  { source, limit = Infinity, repetitions = 1 }: ExperimentOrder,
  points: readonly Point[],
  {
    parts,
    tally,
    watch,
  }: {
    readonly parts: FixParts;
    readonly tally: RunTally;
    readonly watch: StageWatch;
  },
): AsyncGenerator<PlannedRun<Point>, void, undefined> {
  const seen = new Set<string>();
  for await (const read of readInstances(source, parts, watch)) {
    watch.signal?.throwIfAborted();
    if ('unusable' in read) {
      tally.onUnusable(read.unusable);
      continue;
    }
    // The same issue twice is one.
    if (seen.has(read.instance.id)) continue;
    seen.add(read.instance.id);
    tally.onInstance();
    for (const point of points) {
      for (let repetition = 0; repetition < repetitions; repetition += 1) {
        yield { ...read, point, repetition };
      }
    }
    if (seen.size >= limit) return;
  }
}
