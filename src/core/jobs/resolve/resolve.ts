import { randomInt } from 'node:crypto';
import type { Resolution, ResolveOptions } from '../../model/api/resolution.ts';
import type { Watch } from '../../model/api/watch.ts';
import { type Instance, named, type NamelessInstance } from '../../model/resolution/instance.ts';
import type { MendedBy } from '../../model/resolution/mended.ts';
import type { Parameters } from '../../model/resolution/stages.ts';
import { hypersKey } from '../../resolution/experiments/hypersKey.ts';
import { collect } from '../../resolution/feed.ts';
import { rootOf } from './localize.ts';
import { createLocalizer } from './localizers/createLocalizer.ts';
import { findMended } from './mended/findMended.ts';
import { openExperiment, recordRun } from './record/openExperiment.ts';
import { recordStages, unrecorded } from './record/stageRuns.ts';
import { runStages, type Staged, type StageChoice } from './runStages.ts';
import { type ResolveParts, testsOf } from './stageParts.ts';

/** A generator of edits reads more than a person does. */
const PLACES_READ = 15;

/** What is recorded of issues that a person has resolved stands under this name. */
const RECORDED_AS = 'resolve';

/**
 * Tells what mended the issue already, if anything; finds places, proposes patches for them and chooses
 * among these.
 *
 * @throws AppError as `localize`, `folder-not-trusted` for tests without trust, and `bad-argument`
 *   where nobody can tell how tests are run; where it is recorded as `SequenceWriter.write`
 */
export async function resolveIssue(
  parts: ResolveParts,
  issue: NamelessInstance,
  options: ResolveOptions,
  watch: Watch,
): Promise<Resolution> {
  const { generator = 'patterns', selector = 'mix', localizer = 'hybrid', tests, limit } = options;
  const instance = named(issue);
  // A command that cannot be told is known before anything takes time.
  if (tests !== undefined) await testsOf(parts, instance, tests);
  const choice: StageChoice = {
    ...{ localizer, generator, selector, tests, candidates: options.candidates },
    places: Math.max(limit ?? 0, PLACES_READ),
    atOnce: options.atOnce ?? false,
  };
  const { places, patches, selected } =
    options.isRecorded === true
      ? await recorded(parts, instance, choice, watch)
      : await runStages({ ...parts, stages: unrecorded(parts.chat) }, instance, choice, watch);
  const root = await rootOf(issue, watch);
  return { places, patches, root, selected, mendedBy: selected.mendedBy ?? null };
}

/**
 * The commit that mended an issue already, by the places that `hybrid` finds at once: they only say
 * which of its functions are likely, so nobody waits for the meaning of the code.
 *
 * @throws AppError as `localize`
 */
export async function mendedBy(
  parts: ResolveParts,
  issue: NamelessInstance,
  watch: Watch,
): Promise<MendedBy | undefined> {
  const localizer = await createLocalizer('hybrid', { ...parts, atOnce: true });
  const places = await collect(localizer.locate(named(issue), watch));
  return findMended(parts, issue, places, watch);
}

const UNLIKELY_TWICE = 2 ** 47;

/** Each time is a run of its own: the code may be another one meanwhile. */
async function recorded(
  parts: ResolveParts,
  instance: Instance,
  choice: StageChoice,
  watch: Watch,
): Promise<Staged> {
  const { localizer, generator = null, selector = null, places, candidates = null } = choice;
  const hypers: Parameters = {
    ...{ localizer, generator, selector, places, candidates },
    isTested: choice.tests !== undefined,
  };
  const storage = openExperiment(parts, RECORDED_AS);
  let staged: Staged | undefined;
  try {
    const key = {
      ...{ experiment: RECORDED_AS, hypers: hypersKey(hypers), instance: instance.id },
      // Counting those on record would take another process's run, which is under way, for this one.
      repetition: randomInt(UNLIKELY_TWICE),
    };
    await recordRun(storage, { key, hypers }, async (writer) => {
      const stages = recordStages({ writer, chat: parts.chat, gate: parts.gate });
      staged = await runStages({ ...parts, stages }, instance, choice, watch);
      return stages.finish();
    });
  } finally {
    storage.close();
  }
  if (staged === undefined) throw new Error('a run was recorded that did not run');
  return staged;
}
