import type {
  ExperimentPoint,
  ExperimentReport,
  ExperimentRow,
} from '../../model/api/experiments.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { RecordedRun, SequenceStorage } from '../../model/resolution/sequence.ts';
import { forgetExperiment } from '../../library/sequences/experiments.ts';
import { groupBy } from '../../platform/groupBy.ts';
import {
  intervalOf,
  type MeasuredPoint,
  type MeasuredRun,
  measuresOf,
} from '../../resolution/experiments/pointMeasures.ts';
import {
  openExperiment,
  openExperiments,
  type StorageParts,
} from '../resolve/record/openExperiment.ts';
import { RESULT } from '../resolve/record/stageRuns.ts';

/** All experiments on record, the newest first. */
export function listExperiments(parts: StorageParts): readonly ExperimentRow[] {
  const rows = openExperiments(parts).flatMap((storage) => {
    try {
      const runs = storage.runs();
      const [first] = runs;
      if (first === undefined) return [];
      return [
        {
          ...{ name: first.key.experiment, begunAt: first.begunAt },
          points: new Set(runs.map(({ key }) => key.hypers)).size,
          instances: new Set(runs.map(({ key }) => key.instance)).size,
          ...countsOf(storage, runs),
        },
      ];
    } finally {
      storage.close();
    }
  });
  return rows.sort((a, b) => b.begunAt - a.begunAt);
}

/** @throws AppError `experiment-not-found` */
export function reportExperiment(parts: StorageParts, name: string): ExperimentReport {
  return withRuns(parts, name, (runs, storage) => {
    const failures = new Map<string, number>();
    for (const { failure } of runs) {
      if (failure === undefined) continue;
      const why = `${failure.code}: ${failure.message}`;
      failures.set(why, (failures.get(why) ?? 0) + 1);
    }
    return {
      name,
      points: pointsOnRecord(storage, runs).map(({ key, hypers, runs: own, measures }) => ({
        ...{ key, hypers, ...countsOf(storage, own) },
        measures: measures.map(({ stage, measure, values }) => {
          return { stage, measure, ...intervalOf([...values.values()]) };
        }),
      })),
      failures: [...failures].map(([why, count]) => ({ why, runs: count })),
      badLines: storage.badLines,
    };
  });
}

/**
 * Deletes all that is on record of an experiment.
 *
 * @returns runs that were on record
 * @throws AppError `experiment-not-found`, `library-write-failed`
 */
export function forgetRuns(parts: StorageParts, name: string): number {
  const count = withRuns(parts, name, ({ length }) => length);
  if (forgetExperiment(parts.libraryFolder, name)) return count;
  throw new AppError('library-write-failed', localized`not all of ${name} could be deleted`);
}

/** @throws AppError `experiment-not-found` */
export function withRuns<Result>(
  parts: StorageParts,
  name: string,
  read: (runs: readonly RecordedRun[], storage: SequenceStorage) => Result,
): Result {
  const storage = openExperiment(parts, name);
  try {
    const runs = storage.runs();
    if (runs.length > 0) return read(runs, storage);
  } finally {
    storage.close();
  }
  throw new AppError('experiment-not-found', localized`there is no experiment ${name} on record`);
}

/** One combination of hyper-parameters with its runs, and what they are worth. */
export interface PointOnRecord extends Pick<ExperimentPoint, 'key' | 'hypers'> {
  readonly runs: readonly RecordedRun[];
  readonly measures: readonly MeasuredPoint[];
}

export function pointsOnRecord(
  storage: SequenceStorage,
  runs: readonly RecordedRun[],
): readonly PointOnRecord[] {
  return [...groupBy(runs, ({ key }) => key.hypers)].map(([key, own]) => ({
    ...{ key, hypers: own[0]?.hypers ?? {}, runs: own },
    measures: measuresOf(own.flatMap((run) => measuredRuns(storage, run))),
  }));
}

function measuredRuns(
  storage: SequenceStorage,
  { key, sequences }: RecordedRun,
): readonly MeasuredRun[] {
  return sequences.flatMap((id) => {
    const outline = storage.outline(id);
    if (outline?.name !== RESULT) return [];
    return [...storage.rewardsOf(id)].map(([measure, value]) => {
      return { instance: key.instance, stage: outline.stage, measure, value };
    });
  });
}

function countsOf(
  storage: SequenceStorage,
  runs: readonly RecordedRun[],
): Pick<ExperimentPoint, 'finished' | 'failed' | 'open' | 'tokens'> {
  const count = (state: RecordedRun['state']): number =>
    runs.filter((run) => run.state === state).length;
  return {
    ...{ finished: count('finished'), failed: count('failed'), open: count('begun') },
    tokens: runs
      .flatMap(({ sequences }) => sequences)
      .reduce((sum, id) => sum + (storage.outline(id)?.tokens ?? 0), 0),
  };
}
