import { LOCALIZERS, GENERATORS, type TestLeave } from '../../model/api/resolution.ts';
import type { StageGrid } from '../../model/api/experiments.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { InstanceId } from '../../model/resolution/instance.ts';
import type { RecordedRun, Sequence, SequenceStorage } from '../../model/resolution/sequence.ts';
import type { StageName } from '../../model/resolution/stages.ts';
import { RESULT } from '../resolve/record/stageRuns.ts';
import type { GridStart } from './stagedExperiment.ts';

/** What an experiment recorded, for another one to go on from. */
export interface RecordedInputs {
  /** Its combinations that came to an end. */
  readonly starts: readonly GridStart[];
  /** What is on record of the stages that are not run again; `undefined` where a run did not end. */
  given(instanceId: InstanceId, key: string | null): ReadonlyMap<StageName, Sequence> | undefined;
}

const BEFORE: Readonly<Record<'generation' | 'selection', readonly StageName[]>> = {
  generation: ['localization'],
  selection: ['localization', 'generation', 'testing'],
};

/**
 * @throws AppError `experiment-not-found` where nothing of it came to an end, `bad-argument` where the
 *   grid names no stage to go on with, or the first
 */
export function openInputs(
  storage: SequenceStorage,
  from: string,
  { localizers = [], generators = [], selectors = [] }: StageGrid,
): RecordedInputs {
  if (localizers.length > 0 || generators.length + selectors.length === 0) {
    throw new AppError(
      'bad-argument',
      localized`to go on from ${from}, name generators or selectors and no localizer`,
    );
  }
  const stages = BEFORE[generators.length > 0 ? 'generation' : 'selection'];
  const runs = storage.runs().filter(({ state }) => state === 'finished');
  if (runs.length === 0) {
    throw new AppError(
      'experiment-not-found',
      localized`no run of an experiment ${from} came to an end`,
    );
  }
  const ended = new Map(runs.map((run) => [nameOf(run.key), run]));
  const starts = new Map(
    runs.map(({ key, hypers }) => [key.hypers, startOf(from, key.hypers, hypers)]),
  );
  return {
    starts: [...starts.values()],
    given(instanceId, key) {
      const run = ended.get(nameOf({ instance: instanceId, hypers: key }));
      return run === undefined ? undefined : resultsOf(storage, run, stages);
    },
  };
}

function nameOf({ instance, hypers }: { instance: InstanceId; hypers: string | null }): string {
  return JSON.stringify([instance, hypers]);
}

function startOf(from: string, fromKey: string, hypers: RecordedRun['hypers']): GridStart {
  const { localizer, generator, places, candidates } = hypers;
  return {
    ...{ from, fromKey },
    localizer: LOCALIZERS.find((name) => name === localizer) ?? 'hybrid',
    generator: GENERATORS.find((name) => name === generator) ?? null,
    places: typeof places === 'number' ? places : 0,
    candidates: typeof candidates === 'number' ? candidates : null,
  };
}

/** What each stage of a run handed on. */
export function resultsOf(
  storage: Pick<SequenceStorage, 'read'>,
  { sequences }: Pick<RecordedRun, 'sequences'>,
  stages: readonly StageName[],
): ReadonlyMap<StageName, Sequence> {
  const results = sequences
    .flatMap((id) => storage.read(id) ?? [])
    .filter(({ name, stage }) => name === RESULT && stages.includes(stage));
  return new Map(results.map((sequence) => [sequence.stage, sequence]));
}

/** How tests are run, as it is told apart in what is recorded. */
export function testsName(leave: TestLeave | undefined): string | null {
  if (leave === undefined) return null;
  return leave.command === undefined || leave.command === '' ? 'detected' : leave.command;
}
