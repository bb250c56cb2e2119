import type { Generator, Localizer, Selector, TestLeave } from '../../model/api/resolution.ts';
import type { StageGrid } from '../../model/api/experiments.ts';
import type { Experiment } from '../../model/resolution/experiment.ts';
import { type Axes, combinations } from '../../resolution/experiments/grid.ts';
import { recordStages } from '../resolve/record/stageRuns.ts';
import { runStages } from '../resolve/runStages.ts';
import type { ResolveParts } from '../resolve/stageParts.ts';

/** What differs from point to point of a grid. */
export type StagedHypers = Readonly<{
  localizer: Localizer;
  generator: Generator | null;
  selector: Selector | null;
  candidates: number | null;
  places: number;
  /** How tests are run: the command, `detected`, or not at all. */
  tests: string | null;
  addsGold: boolean;
  /** Who is asked, where and which; `null` where no stage asks a model. */
  model: string | null;
  /** Another experiment and the key of the hyper-parameters whose recorded answers are gone on from. */
  from: string | null;
  fromKey: string | null;
}>;

export interface StagedExperiment {
  readonly name: string;
  readonly points: readonly StagedHypers[];
  readonly tests?: TestLeave | undefined;
}

/** Runs the stages that its hyper-parameters name, and records them. */
export function createStagedExperiment(
  parts: ResolveParts,
  { name, points, tests }: StagedExperiment,
): Experiment<StagedHypers> {
  return {
    name,
    hypers: () => points,
    async run(_instanceId, modelEndpoint, run, watch = {}) {
      const { instance, hypers, inputs, sequences, openModel } = run;
      const { given, addedPatch } = inputs;
      const chat = async () => ({ model: await openModel(modelEndpoint) });
      const recording = { chat, gate: parts.gate, given, isRepeatable: true };
      const stages = recordStages({ writer: sequences, ...recording });
      const { localizer, places, generator, selector, candidates } = hypers;
      const choice = {
        ...{ localizer, places, tests, addedPatch },
        generator: generator ?? undefined,
        selector: selector ?? undefined,
        candidates: candidates ?? undefined,
      };
      await runStages({ ...parts, stages }, instance, choice, watch);
      return stages.finish();
    },
  };
}

/** Where a grid goes on from what is on record: in the place of the stages it does not name. */
export type GridStart = Pick<
  StagedHypers,
  'localizer' | 'generator' | 'places' | 'candidates' | 'from' | 'fromKey'
> & {
  /** Tests were written there, or none could be: no generator is asked for them again. */
  readonly hasTests: boolean;
};

const BEGINNING: GridStart = {
  ...{ localizer: 'hybrid', generator: null, places: 15, candidates: null },
  ...{ from: null, fromKey: null, hasTests: false },
};

export interface GridSurroundings {
  readonly tests: string | null;
  readonly addsGold: boolean;
  /** Of one that asks a model. */
  readonly model: string;
  /** One for each recorded point that is gone on from; empty where all stages are run. */
  readonly starts: readonly GridStart[];
}

/** The points of a grid; for a start, what the grid does not name is as it was there. */
export function pointsOf(
  grid: StageGrid,
  { tests, addsGold, model, starts }: GridSurroundings,
): readonly StagedHypers[] {
  const all = starts.length === 0 ? [BEGINNING] : starts;
  return all.flatMap((start) => {
    const axes: Axes<StagedHypers> = {
      localizer: orElse(grid.localizers, start.localizer),
      generator: orElse(grid.generators, start.generator),
      selector: orElse(grid.selectors, null),
      candidates: orElse(grid.candidates, start.candidates),
      places: orElse(grid.places, start.places),
      ...{ tests: [tests], addsGold: [addsGold], model: [model] },
      ...{ from: [start.from], fromKey: [start.fromKey] },
    };
    return combinations(axes).map((point) =>
      stagesToRun(point, grid, start).some((name) => !WITHOUT_MODEL.has(name))
        ? point
        : { ...point, model: null },
    );
  });
}

function orElse<Value>(given: readonly Value[] | undefined, value: Value): readonly Value[] {
  return given === undefined || given.length === 0 ? [value] : [...new Set(given)];
}

const WITHOUT_MODEL: ReadonlySet<string | null> = new Set([
  ...['words', 'meaning', 'hybrid', 'imported'],
  ...['patterns', null],
  ...['mix', 'tests', 'majority'],
]);

/** What is at work in a point; where a recorded one is gone on from, without what it has done. */
function stagesToRun(
  { localizer, generator, selector, from, tests }: StagedHypers,
  { generators = [] }: StageGrid,
  { hasTests }: GridStart,
): readonly (string | null)[] {
  if (from === null) return [localizer, generator, selector];
  // Whoever wrote the patches is asked for tests where these can be run.
  const isGeneratorAsked = generators.length > 0 || (tests !== null && !hasTests);
  return isGeneratorAsked ? [generator, selector] : [selector];
}
