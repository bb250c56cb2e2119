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
  /** Of one test that is put there with a patch or without. */
  runTest(test: ReproductionTest, patch: Patch | undefined): Promise<TrialRun | undefined>;
  close(): Promise<void>;
}

/** @throws AppError `folder-not-trusted`, `git-failed` */
export async function openPatchTests(request: TrialRequest): Promise<PatchTests> {
  const trials = await openTrials(request);
  const textsOf = async (patch: Patch | undefined): Promise<ChangedTexts | undefined> => {
    if (patch === undefined) return new Map();
    const texts = await applyPatch(patch, (path) => trials.read(path));
    return 'refused' in texts ? undefined : texts;
  };
  return {
    async run(patch) {
      const texts = await textsOf(patch);
      return texts && trials.run(texts);
    },
    async runTest(test, patch) {
      const [texts, added] = [await textsOf(patch), await textsOf(test.patch)];
      if (texts === undefined || added === undefined) return undefined;
      // A patch that changes the test that judges it does not get its way.
      return trials.run(new Map([...texts, ...added]), focused(request.command, test.path));
    },
    close: () => trials.close(),
  };
}

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
  if (after.size > 0) return { broken, mended };
  // Where tests were named before and none is now, none ran: the patch does not build, say. Where
  // neither run names any, they tell nothing about the patch.
  return before.size > 0 ? { broken: 1, mended: 0 } : undefined;
}

function namesOf({ outcome, output }: TrialRun): ReadonlySet<string> {
  return outcome === 'failed' ? failedTests(output) : new Set();
}
