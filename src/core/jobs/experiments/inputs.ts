import { LOCALIZERS, GENERATORS, type TestLeave } from '../../model/api/resolution.ts';
import type { StageGrid } from '../../model/api/experiments.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { InstanceId } from '../../model/resolution/instance.ts';
import type {
  RecordedRun,
  RunKey,
  Sequence,
  SequenceStorage,
} from '../../model/resolution/sequence.ts';
import type { StageName } from '../../model/resolution/stages.ts';
import { RESULT } from '../resolve/record/stageRuns.ts';
import type { GridStart, StagedHypers } from './stagedExperiment.ts';

/** What an experiment recorded, for another one to go on from. */
export interface RecordedInputs {
  /** Its combinations that came to an end. */
  readonly starts: readonly GridStart[];
  /**
   * What is on record of the stages that are not run again, by that experiment or by those that it
   * went on from itself; `undefined` where a run did not end.
   */
  given(
    instanceId: InstanceId,
    key: string | null,
    repetition: number,
  ): ReadonlyMap<StageName, Sequence> | undefined;
}

const BEFORE: Readonly<Record<'generation' | 'selection', readonly StageName[]>> = {
  generation: ['localization'],
  selection: ['localization', 'generation', 'testing'],
};

/**
 * @param open what is on record of an experiment, by its name
 * @throws AppError `experiment-not-found` where nothing of it came to an end, `bad-argument` where the
 *   grid names no stage to go on with, or the first
 */
export function openInputs(
  open: (experiment: string) => SequenceStorage,
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
  const runs = open(from)
    .runs()
    .filter(({ state }) => state === 'finished');
  if (runs.length === 0) {
    throw new AppError(
      'experiment-not-found',
      localized`no run of an experiment ${from} came to an end`,
    );
  }
  const starts = new Map(
    runs.map(({ key, hypers }) => [key.hypers, startOf(from, key.hypers, hypers)]),
  );
  const ended = openEnded(open);
  return {
    starts: [...starts.values()],
    given(instance, key, repetition) {
      const found = new Map<StageName, Sequence>();
      let wanted = stages;
      let link: Pick<StagedHypers, 'from' | 'fromKey'> | undefined = { from, fromKey: key };
      let isEnded = false;
      while (typeof link?.from === 'string' && link.fromKey !== null) {
        const { from: experiment, fromKey: hypers }: typeof link = link;
        const run = ended({ experiment, hypers, instance, repetition });
        if (run === undefined) break;
        isEnded = true;
        const own = resultsOf(open(experiment), run, wanted);
        for (const [stage, sequence] of own) found.set(stage, sequence);
        // What made its own patches has taken over no more than places.
        wanted = (own.has('generation') ? BEFORE.generation : wanted).filter(
          (stage) => !found.has(stage),
        );
        link = wanted.length === 0 ? undefined : linkOf(run);
      }
      return isEnded ? found : undefined;
    },
  };
}

/** The same repetition, or else the first one that ended. */
function openEnded(
  open: (experiment: string) => SequenceStorage,
): (key: RunKey) => RecordedRun | undefined {
  const firsts = new Map<string, ReadonlyMap<string, RecordedRun>>();
  const firstsOf = (experiment: string): ReadonlyMap<string, RecordedRun> => {
    const known = firsts.get(experiment);
    if (known !== undefined) return known;
    const ended = open(experiment)
      .runs()
      .filter(({ state }) => state === 'finished');
    const found = new Map(ended.toReversed().map((run) => [withoutRepetition(run.key), run]));
    firsts.set(experiment, found);
    return found;
  };
  return (key) => {
    const same = open(key.experiment).run(key);
    if (same?.state === 'finished') return same;
    return firstsOf(key.experiment).get(withoutRepetition(key));
  };
}

function withoutRepetition({ hypers, instance }: RunKey): string {
  return JSON.stringify([hypers, instance]);
}

function linkOf({ hypers }: RecordedRun): Pick<StagedHypers, 'from' | 'fromKey'> {
  const { from, fromKey } = hypers;
  return {
    from: typeof from === 'string' ? from : null,
    fromKey: typeof fromKey === 'string' ? fromKey : null,
  };
}

function startOf(from: string, fromKey: string, hypers: RecordedRun['hypers']): GridStart {
  const { localizer, generator, selector, places, candidates } = hypers;
  return {
    ...{ from, fromKey, hasTests: typeof selector === 'string' },
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
