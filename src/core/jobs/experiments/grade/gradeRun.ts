import type { TestLeave } from '../../../model/api/resolution.ts';
import type { LocalizedText } from '../../../model/localizedText.ts';
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
import { RESULT } from '../../resolve/record/stageRuns.ts';
import type { ResolveParts } from '../../resolve/stageParts.ts';
import { goldPatchOf } from './goldPatch.ts';
import { type GoldTestResult, runGoldTests } from './goldTests.ts';
import type { Grades } from './grades.ts';
import { goldPlacesOf, gradePlaces } from './places.ts';
import { type BesideGold, compareWithGold } from './besideGold.ts';

export interface GradeParts extends ResolveParts {
  readonly storage: SequenceStorage;
  /** Leave to run the tests of the gold patch; without it patches are only compared with it. */
  readonly tests: TestLeave | undefined;
  /** Told of what cannot be graded. */
  readonly onNote: (note: LocalizedText) => void;
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
 * @throws AppError as `runGoldTests` and `SequenceStorage.reward`
 */
export async function gradeRun(
  parts: GradeParts,
  { run, instance, gold, given }: GradedRun,
  watch: StageWatch,
): Promise<void> {
  const { storage, tests: leave, onNote } = parts;
  const sequences = run.sequences.flatMap((id) => storage.read(id) ?? []);
  const outputs = [...sequences, ...given.values()].flatMap(({ output }) => output ?? []);
  const patches = outputs.flatMap((output) =>
    output.stage === 'generation'
      ? output.patches
      : output.stage === 'selection'
        ? output.selected.judged.map(({ patch }) => patch)
        : [],
  );
  const isAboutPatches = outputs.some(({ stage }) => stage === 'generation');
  const goldPatch = isAboutPatches
    ? await goldPatchOf(parts, instance, gold.patch, watch)
    : undefined;
  const added = run.hypers['addsGold'] === true ? goldPatch : undefined;
  const scale: Scale = {
    similarity: similarityTo(gold.patch),
    besideGold:
      goldPatch === undefined
        ? new Map()
        : await compareWithGold(parts, { instance, gold: goldPatch, patches }, watch),
    tested:
      leave === undefined || gold.tests === undefined || goldPatch === undefined
        ? undefined
        : await runGoldTests(
            parts,
            { instance, leave, patches, diff: gold.tests, gold: goldPatch, onNote },
            watch,
          ),
    places: outputs.some(({ stage }) => stage === 'localization')
      ? await goldPlacesOf(parts, instance, gold.patch, watch)
      : { files: [], functions: [] },
    proposals: [...patchesOf(sequences, given), ...(added === undefined ? [] : [added])],
    isGoldAdded: added !== undefined,
  };
  const rewards = sequences.flatMap((sequence) => {
    const output = outputOf(sequence, sequences);
    const grades = output === null ? {} : gradesOf(output, scale);
    return Object.entries(grades).flatMap(([measure, value]) =>
      value === undefined ? [] : [{ sequence: sequence.id, measure, value }],
    );
  });
  await storage.reward(rewards);
}

/**
 * What a sequence is graded by. Of the questions that lead to places or to a choice nobody can tell what
 * each of them made of it, so that each is worth what the stage came to.
 */
function outputOf({ stage, output }: Sequence, sequences: readonly Sequence[]): StageOutput | null {
  if (output !== null || stage === 'generation' || stage === 'testing') return output;
  const result = sequences.find((other) => other.stage === stage && other.name === RESULT);
  return result?.output ?? null;
}

/** What outputs are graded by. */
interface Scale {
  /** To the gold patch, 0 to 1. */
  readonly similarity: (patch: Patch) => number;
  /** Beside what the gold patch makes of the code, by the id of a patch. */
  readonly besideGold: ReadonlyMap<string, BesideGold>;
  /** On its tests, by the id of a patch; `undefined` where they did not run, or say nothing. */
  readonly tested: ReadonlyMap<string, GoldTestResult> | undefined;
  readonly places: GoldPlaces;
  /** All that was proposed to a selector. */
  readonly proposals: readonly Patch[];
  /** The gold patch was among them. */
  readonly isGoldAdded: boolean;
}

function gradesOf(output: StageOutput, scale: Scale): Grades {
  const { similarity, besideGold, tested, places, proposals, isGoldAdded } = scale;
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
        ...(tested !== undefined &&
          worthBy('pass-rate', ({ id }) => tested.get(id)?.passRate ?? 0)),
        'finds-gold': isGoldAdded
          ? findsGold(selected, ({ id }) => besideGold.get(id)?.isSame ?? false)
          : undefined,
      };
    }
  }
}

/** Who proposes nothing is as far off as one can be, by whatever patches are graded. */
function gradePatches(
  patches: readonly Patch[],
  { similarity, besideGold, tested }: Scale,
): Grades {
  const coverages = patches.flatMap(({ id }) => tested?.get(id)?.coverage ?? []);
  return {
    proposed: patches.length === 0 ? 0 : 1,
    ...meanAndBest('similarity', patches.map(similarity)),
    ...meanAndBest(
      'edit-similarity',
      patches.flatMap(({ id }) => besideGold.get(id)?.likeness ?? []),
      patches.length > 0,
    ),
    ...(tested !== undefined &&
      meanAndBest(
        'pass-rate',
        patches.map(({ id }) => tested.get(id)?.passRate ?? 0),
      )),
    ...meanAndBest('coverage', coverages, true),
  };
}

/** @param isUnknown nobody can tell where there are no values, in place of 0 */
function meanAndBest(what: string, values: readonly number[], isUnknown = false): Grades {
  if (values.length === 0 && isUnknown) return {};
  const best = values.length === 0 ? 0 : Math.max(...values);
  return { [`${what}-mean`]: mean(values), [`${what}-best`]: best };
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
    sequences.find(({ stage, name }) => stage === 'generation' && name === RESULT);
  return result?.output?.stage === 'generation' ? result.output.patches : [];
}
