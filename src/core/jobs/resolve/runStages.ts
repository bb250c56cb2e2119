import type { Generator, Localizer, Selector, TestLeave } from '../../model/api/resolution.ts';
import type { Watch } from '../../model/api/watch.ts';
import { localized } from '../../model/localizedText.ts';
import type { CodePointer } from '../../model/resolution/codePointer.ts';
import type { Instance } from '../../model/resolution/instance.ts';
import type { Patch } from '../../model/resolution/patch.ts';
import type {
  PatchGeneration,
  Selected,
  StageWatch,
  TestGeneration,
} from '../../model/resolution/stages.ts';
import { collect } from '../../resolution/feed.ts';
import { createLocalizer } from './localizers/createLocalizer.ts';
import { firstOf } from './firstOf.ts';
import { findMended } from './mended/findMended.ts';
import type { StageRuns } from './record/stageRuns.ts';
import { createGenerator, openSelector, type ResolveParts } from './stageParts.ts';

/** Which implementation of each stage is run, and how. */
export interface StageChoice {
  readonly localizer: Localizer;
  /** Files that a generator is given, and as many functions. */
  readonly places: number;
  /** See `LocalizeOptions.atOnce`. */
  readonly atOnce?: boolean;
  /** Nothing is proposed when absent. */
  readonly generator?: Generator | undefined;
  /** Patches at most; as many as the generator thinks right when absent. */
  readonly candidates?: number | undefined;
  /** Nothing is chosen when absent, and no test is written. */
  readonly selector?: Selector | undefined;
  /** Leave to run the project's tests; none is run when absent. */
  readonly tests?: TestLeave | undefined;
  /** Put among the candidates before one is chosen. */
  readonly addedPatch?: Patch | undefined;
}

/** What came of each stage; of one that was not to run, nothing. */
export interface Staged {
  readonly places: readonly CodePointer[];
  readonly patches: readonly Patch[];
  readonly selected: Selected;
}

const NOTHING_SELECTED: Selected = { choice: { kind: 'none' }, judged: [], why: [], notes: [] };

export interface StagedParts extends ResolveParts {
  readonly stages: StageRuns;
}

/**
 * Runs the stages of a choice, one on what the other handed on.
 *
 * @throws AppError as the stages do
 */
export async function runStages(
  { stages, ...parts }: StagedParts,
  instance: Instance,
  choice: StageChoice,
  watch: Watch,
): Promise<Staged> {
  const { generator, selector, tests } = choice;
  const stageWatch: StageWatch = watch.signal === undefined ? {} : { signal: watch.signal };
  const { chat, note, isRecorded } = stages;
  const asked = { ...parts, chat, note, isRecorded, tests, most: choice.candidates };
  const { places: all } = await stages.run('localization', async () => {
    const { localizer, atOnce = false } = choice;
    const locating = await createLocalizer(localizer, { ...asked, atOnce });
    return { stage: 'localization', places: await collect(locating.locate(instance, watch)) };
  });
  const places = firstOf(all, choice.places);
  if (generator === undefined) return { places, patches: [], selected: NOTHING_SELECTED };
  let made: PatchGeneration | (PatchGeneration & TestGeneration) | undefined;
  // One that writes patches and tests together is asked for both.
  const proposing = async (): ReturnType<typeof createGenerator> =>
    (made ??= await createGenerator(asked, generator));
  const { patches: proposed } = await stages.run('generation', async () => ({
    stage: 'generation',
    patches: await collect((await proposing()).generate(places, instance, stageWatch)),
  }));
  if (selector === undefined) return { places, patches: proposed, selected: NOTHING_SELECTED };
  const patches = choice.addedPatch === undefined ? proposed : [...proposed, choice.addedPatch];
  const { tests: written } = await stages.run('testing', async () => {
    // Tests are written where they can be run, and only then.
    if (tests === undefined || patches.length === 0) return { stage: 'testing', tests: [] };
    const writing = await proposing();
    if (!('generateTests' in writing)) return { stage: 'testing', tests: [] };
    const written = writing.generateTests(places, instance, stageWatch);
    return { stage: 'testing', tests: await collect(written) };
  });
  const { selected } = await stages.run('selection', async () => {
    const selecting = await openSelector(asked, selector);
    const selected = await selecting.select(patches, instance, { tests: written }, stageWatch);
    const isUnlike = patches.length === 0 && generator === 'patterns';
    const why = isUnlike ? [localized`no earlier fix resembles this`] : selected.why;
    const mendedBy = await findMended(parts, instance, all, stageWatch);
    const known = { ...selected, why, ...(mendedBy !== undefined && { mendedBy }) };
    return { stage: 'selection', selected: generator === 'patterns' ? notRepeated(known) : known };
  });
  return { places, patches, selected };
}

/** What stands already is not made elsewhere because the words fit: a person may, who is shown both. */
function notRepeated(selected: Selected): Selected {
  if (selected.mendedBy === undefined || selected.choice.kind !== 'chosen') return selected;
  const why = [localized`none is needed if that commit mended it`];
  return { ...selected, choice: { kind: 'none' }, why };
}
