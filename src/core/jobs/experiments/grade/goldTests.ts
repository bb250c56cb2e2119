import type { TestLeave } from '../../../model/api/resolution.ts';
import { localized, type LocalizedText } from '../../../model/localizedText.ts';
import type { Instance } from '../../../model/resolution/instance.ts';
import type { Patch, ReproductionTest } from '../../../model/resolution/patch.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import { isTestPath } from '../../../model/sourceFile/testPath.ts';
import { coverageOfChange, passRate } from '../../../resolution/rewards/generation.ts';
import { readLcov } from '../../../trials/coverage.ts';
import { type ResolveParts, testsOf } from '../../resolve/stageParts.ts';
import { openPatchTests } from '../../resolve/testing/patchTests.ts';
import { goldPatchOf } from './goldPatch.ts';

export interface GoldTestsOrder {
  readonly instance: Instance;
  /** A diff that adds or changes tests. */
  readonly diff: string;
  /** The change of the code that they were written with. */
  readonly gold: Patch;
  readonly leave: TestLeave;
  readonly patches: readonly Patch[];
  /** Told of files that say nothing of any patch. */
  readonly onNote: (note: LocalizedText) => void;
}

/** What the tests that were written with the gold patch say of another one. */
export interface GoldTestResult {
  readonly passRate: number;
  /** Share of the lines it puts in that these tests ran; `undefined` where no report tells. */
  readonly coverage: number | undefined;
}

/**
 * What becomes of each patch, by its id, on the files of tests that were written with the gold patch:
 * those that fail without a patch are to pass, those that pass are to go on passing. A file that does
 * not pass with the gold patch either, such as one of helpers or one that lacks a package here, is not
 * counted.
 *
 * @returns `undefined` where the tests do not apply, or none of the files that count fails without a
 *   patch, so that they say nothing of any
 * @throws AppError `folder-not-trusted`, `git-failed`, and `bad-argument` where nobody can tell how tests
 *   are run
 */
export async function runGoldTests(
  parts: ResolveParts,
  { instance, diff, gold, leave, patches, onNote }: GoldTestsOrder,
  watch: StageWatch,
): Promise<ReadonlyMap<string, GoldTestResult> | undefined> {
  const results = new Map<string, GoldTestResult>();
  const patch = await goldPatchOf(parts, instance, diff, watch);
  if (patch === undefined) return undefined;
  const { signal } = watch;
  const tests = await openPatchTests({ ...(await testsOf(parts, instance, leave)), signal });
  try {
    const files = patch.files
      .filter(({ path, kind }) => kind !== 'deleted' && isRunnableTest(path))
      .map(({ path }): ReproductionTest => ({ patch, path, isBlind: true }));
    const run = async (with_: Patch | undefined): Promise<FileRuns> => {
      const passed = new Set<string>();
      const reports: string[] = [];
      for (const test of files) {
        signal?.throwIfAborted();
        const ended = await tests.runTest(test, with_);
        if (ended?.outcome === 'passed') passed.add(test.path);
        if (ended?.coverage !== undefined) reports.push(ended.coverage);
      }
      return { passed, reports };
    };
    const ofGold = await run(gold);
    const all = files.map(({ path }) => path);
    const paths = all.filter((path) => ofGold.passed.has(path));
    if (paths.length < all.length) {
      const others = all.filter((path) => !ofGold.passed.has(path)).join(', ');
      onNote(localized`tests that fail here with the right patch, too, are not counted: ${others}`);
    }
    if (paths.length === 0) return undefined;
    const { passed: before } = await run(undefined);
    const wanted = {
      failToPass: paths.filter((path) => !before.has(path)),
      passToPass: paths.filter((path) => before.has(path)),
    };
    if (wanted.failToPass.length === 0) return undefined;
    for (const one of patches) {
      if (results.has(one.id)) continue;
      const { passed, reports } = one.id === gold.id ? ofGold : await run(one);
      results.set(one.id, {
        passRate: passRate(wanted, passed) ?? 0,
        coverage: coverageOfChange(one.files, readLcov(reports)),
      });
    }
    return results;
  } finally {
    await tests.close();
  }
}

/** Data and settings that come with tests are put there, and run nothing. */
function isRunnableTest(path: string): boolean {
  return isTestPath(path) && languageOf(path) !== undefined;
}

interface FileRuns {
  /** Paths of the tests that passed. */
  readonly passed: ReadonlySet<string>;
  /** In the format of LCOV. */
  readonly reports: readonly string[];
}
