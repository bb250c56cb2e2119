import type { TestLeave } from '../../../model/api/resolution.ts';
import type { Gold } from '../../../model/resolution/gold.ts';
import type { Instance } from '../../../model/resolution/instance.ts';
import type { Patch } from '../../../model/resolution/patch.ts';
import type { RecordedRun, Sequence, SequenceStorage } from '../../../model/resolution/sequence.ts';
import type { StageName, StageOutput, StageWatch } from '../../../model/resolution/stages.ts';
import { parsePatch } from '../../../platform/text/patch.ts';
import { mean } from '../../../platform/bootstrap.ts';
import { textSimilarity } from '../../../resolution/rewards/generation.ts';
import type { GoldPlaces } from '../../../resolution/rewards/goldPlaces.ts';
import { findsGold, selectionWorth } from '../../../resolution/rewards/selection.ts';
import type { ResolveParts } from '../../resolve/stageParts.ts';
import { goldPatchOf } from './goldPatch.ts';
import { goldPassRates } from './goldTests.ts';
import type { Grades } from './grades.ts';
import { goldPlacesOf, gradePlaces } from './places.ts';

export interface GradeParts extends ResolveParts {
  readonly storage: SequenceStorage;
  /** Leave to run the tests of the gold patch; without it patches are only compared with it. */
  readonly tests: TestLeave | undefined;
}

/** A run that ended, with what it should have come to. */
export interface GradedRun {
  readonly run: RecordedRun;
  readonly instance: Instance;
  readonly gold: Gold;
  /** What of another run took the place of stages. */
  readonly given: ReadonlyMap<StageName, Sequence>;
}

/** Whether anything of a run has a reward. */
export function isGraded(
  storage: Pick<SequenceStorage, 'rewardsOf'>,
  { sequences }: Pick<RecordedRun, 'sequences'>,
): boolean {
  return sequences.some((id) => storage.rewardsOf(id).size > 0);
}

/**
 * Notes how good each recorded answer of a run is by what is known to resolve its instance.
 *
 * @throws AppError as `goldPassRates` and `SequenceStorage.reward`
 */
export async function gradeRun(
  parts: GradeParts,
  { run, instance, gold, given }: GradedRun,
  watch: StageWatch,
): Promise<void> {
  const { storage, tests: leave } = parts;
  const sequences = run.sequences.flatMap((id) => storage.read(id) ?? []);
  const outputs = [...sequences, ...given.values()].flatMap(({ output }) => output ?? []);
  const patches = outputs.flatMap((output) =>
    output.stage === 'generation'
      ? output.patches
      : output.stage === 'selection'
        ? output.selected.judged.map(({ patch }) => patch)
        : [],
  );
  const added =
    run.hypers['addsGold'] === true
      ? await goldPatchOf(parts, instance, gold.patch, watch)
      : undefined;
  const scale: Scale = {
    similarity: similarityTo(gold.patch),
    rates:
      leave === undefined || gold.tests === undefined
        ? new Map()
        : await goldPassRates(parts, { instance, leave, patches, diff: gold.tests.patch }, watch),
    places: outputs.some(({ stage }) => stage === 'localization')
      ? await goldPlacesOf(parts, instance, gold.patch, watch)
      : { files: [], functions: [] },
    proposals: [...patchesOf(sequences, given), ...(added === undefined ? [] : [added])],
    isGoldAdded: added !== undefined,
  };
  const rewards = sequences.flatMap(({ id, output }) =>
    Object.entries(output === null ? {} : gradesOf(output, scale)).flatMap(([measure, value]) =>
      value === undefined ? [] : [{ sequence: id, measure, value }],
    ),
  );
  await storage.reward(rewards);
}

/** What outputs are graded by. */
interface Scale {
  /** To the gold patch, 0 to 1. */
  readonly similarity: (patch: Patch) => number;
  /** On its tests, by the id of a patch; empty where they did not run. */
  readonly rates: ReadonlyMap<string, number>;
  readonly places: GoldPlaces;
  /** All that was proposed to a selector. */
  readonly proposals: readonly Patch[];
  /** The gold patch was among them. */
  readonly isGoldAdded: boolean;
}

function gradesOf(output: StageOutput, scale: Scale): Grades {
  const { similarity, rates, places, proposals, isGoldAdded } = scale;
  switch (output.stage) {
    case 'localization':
      return gradePlaces(output.places, places);
    case 'generation':
      return gradePatches(output.patches, scale);
    case 'testing':
      return {};
    case 'selection': {
      const { selected } = output;
      const worthBy = (what: string, valueOf: (patch: Patch) => number): Grades => {
        const worth = selectionWorth(selected, proposals, valueOf);
        return {
          [`${what}-of-choice`]: worth?.chosen,
          [`${what}-of-random`]: worth?.random,
          [`${what}-of-oracle`]: worth?.oracle,
          [`${what}-gain`]: worth?.gain,
        };
      };
      return {
        ...worthBy('similarity', similarity),
        ...(rates.size > 0 && worthBy('pass-rate', ({ id }) => rates.get(id) ?? 0)),
        'finds-gold': isGoldAdded
          ? findsGold(selected, (patch) => similarity(patch) === 1)
          : undefined,
      };
    }
  }
}

function gradePatches(patches: readonly Patch[], { similarity, rates }: Scale): Grades {
  const alike = patches.map(similarity);
  const passed = patches.map(({ id }) => rates.get(id) ?? 0);
  return {
    proposed: patches.length === 0 ? 0 : 1,
    'similarity-mean': patches.length === 0 ? undefined : mean(alike),
    'similarity-best': Math.max(0, ...alike),
    ...(rates.size > 0 && {
      'pass-rate-mean': patches.length === 0 ? undefined : mean(passed),
      'pass-rate-best': Math.max(0, ...passed),
    }),
  };
}

function similarityTo(diff: string): (patch: Patch) => number {
  const gold = parsePatch(diff) ?? [];
  return ({ files }) => textSimilarity(files, gold);
}

/** What a selector had before it, equal ones as often as they were proposed. */
function patchesOf(
  sequences: readonly Sequence[],
  given: ReadonlyMap<StageName, Sequence>,
): readonly Patch[] {
  const result =
    given.get('generation') ??
    sequences.find(({ stage, name }) => stage === 'generation' && name === 'result');
  return result?.output?.stage === 'generation' ? result.output.patches : [];
}
