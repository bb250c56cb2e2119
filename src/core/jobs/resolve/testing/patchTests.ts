import { localized, type LocalizedText } from '../../../model/localizedText.ts';
import type { Patch, ReproductionTest } from '../../../model/resolution/patch.ts';
import type { TrialRun } from '../../../model/trial/trial.ts';
import { applyPatch } from '../../../resolution/patches/applyPatch.ts';
import type { TestFindings } from '../../../resolution/selection/candidates.ts';
import { failedTests } from '../../../trials/failedTests.ts';
import { focused } from '../../../trials/focused.ts';
import { type ChangedTexts, openTrials, type TrialRequest } from '../../trials/openTrials.ts';

/** Runs tests with patches and without, in one checkout that is put back after each run. */
export interface PatchTests {
  /** Of the whole suite; `undefined` where the patch does not apply to what is checked out. */
  run(patch: Patch | undefined): Promise<TrialRun | undefined>;
  /**
   * Of one test that is put there with a patch or without. It passed where nothing fails but what
   * fails without the test and without any patch, too: not every runner can run one file alone.
   */
  runTest(test: ReproductionTest, patch: Patch | undefined): Promise<TrialRun | undefined>;
  close(): Promise<void>;
}

/** @throws AppError `folder-not-trusted`, `git-failed` */
export async function openPatchTests(request: TrialRequest): Promise<PatchTests> {
  const trials = await openTrials(request);
  const textsOf = async (patch: Patch | undefined): Promise<ChangedTexts | undefined> => {
    if (patch === undefined) return new Map();
    const texts = await applyPatch(patch, (path) => trials.read(path));
    const fits = !('refused' in texts) && [...texts.keys()].every((path) => trials.holds(path));
    return fits ? texts : undefined;
  };
  const run = async (patch: Patch | undefined): Promise<TrialRun | undefined> => {
    const texts = await textsOf(patch);
    return texts && trials.run(texts);
  };
  const runWith = async (
    test: ReproductionTest,
    patch: Patch | undefined,
  ): Promise<TrialRun | undefined> => {
    const [texts, added] = [await textsOf(patch), await textsOf(test.patch)];
    if (texts === undefined || added === undefined) return undefined;
    // A patch that changes the test that judges it does not get its way.
    return trials.run(new Map([...texts, ...added]), focused(request.command, test.path));
  };
  return {
    run,
    async runTest(test, patch) {
      const tried = await runWith(test, patch);
      if (tried?.outcome !== 'failed') return tried;
      const before = await run(undefined);
      if (before?.outcome !== 'failed') return tried;
      const alone = patch === undefined ? tried : await runWith(test, undefined);
      const own = [...namesOf(alone)].filter((name) => !namesOf(before).has(name));
      const failed = [...namesOf(tried)];
      const isOwn = (name: string): boolean => own.includes(name) || name.includes(test.path);
      const fails = patch === undefined ? own.length > 0 : failed.some(isOwn);
      const tells = failed.length > 0 && own.length > 0;
      // What fails and names nothing did not get as far as the test.
      return fails || (patch !== undefined && !tells) ? tried : { ...tried, outcome: 'passed' };
    },
    close: () => trials.close(),
  };
}

/** What a person has to know of tests that do not pass without any patch. */
export function noteOnBase(run: TrialRun | undefined): LocalizedText | undefined {
  switch (run?.outcome) {
    case 'failed':
      return localized`the tests failed before any patch`;
    case 'out-of-time':
      return localized`the tests ran out of time before any patch`;
    case 'out-of-memory':
      return localized`the tests ran out of memory before any patch`;
    case 'not-started': {
      const said = run.output.trim().split('\n').at(-1) ?? '';
      return said === ''
        ? localized`the tests could not be run: their program was not found`
        : localized`the tests could not be run: ${said.slice(0, LONGEST_NOTE)}`;
    }
    default:
      return undefined;
  }
}

const LONGEST_NOTE = 200;

/** What became of the tests; `undefined` where they could not be run at all, or tell nothing. */
export function compareRuns(
  base: TrialRun | undefined,
  run: TrialRun | undefined,
): Pick<TestFindings, 'broken' | 'mended'> | undefined {
  if (base === undefined || run === undefined) return undefined;
  if (base.outcome === 'not-started' || run.outcome === 'not-started') return undefined;
  const [before, after] = [namesOf(base), namesOf(run)];
  const broken = [...after].filter((name) => !before.has(name)).length;
  const mended = [...before].filter((name) => !after.has(name)).length;
  if (run.outcome === 'passed') {
    return { broken: 0, mended: base.outcome === 'passed' ? 0 : Math.max(1, mended) };
  }
  if (run.outcome !== 'failed') {
    // What never ends broke whatever ended before.
    return { broken: base.outcome === run.outcome ? 0 : 1, mended: 0 };
  }
  if (base.outcome === 'passed') return { broken: Math.max(1, broken), mended: 0 };
  // Where no test was named before, nobody knows which of them failed.
  if (before.size === 0) return undefined;
  // Where tests were named before and none is now, none ran: the patch does not build, say.
  return after.size > 0 ? { broken, mended } : { broken: 1, mended: 0 };
}

function namesOf(run: TrialRun | undefined): ReadonlySet<string> {
  return run?.outcome === 'failed' ? failedTests(run.output) : new Set();
}
