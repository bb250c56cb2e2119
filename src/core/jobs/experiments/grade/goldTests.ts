import type { TestLeave } from '../../../model/api/resolution.ts';
import type { Instance } from '../../../model/resolution/instance.ts';
import type { Patch, ReproductionTest } from '../../../model/resolution/patch.ts';
import type { StageWatch } from '../../../model/resolution/stages.ts';
import { passRate } from '../../../resolution/rewards/generation.ts';
import { type ResolveParts, testsOf } from '../../resolve/stageParts.ts';
import { openPatchTests } from '../../resolve/testing/patchTests.ts';
import { goldPatchOf } from './goldPatch.ts';

export interface GoldTestsOrder {
  readonly instance: Instance;
  /** A diff that adds or changes tests. */
  readonly diff: string;
  readonly leave: TestLeave;
  readonly patches: readonly Patch[];
}

/**
 * The pass rate of each patch, by its id, on the files of tests that were written with the gold patch:
 * those that fail without a patch are to pass, those that pass are to go on passing.
 *
 * @returns nothing where the tests do not apply, or none of their files fails without a patch
 * @throws AppError `folder-not-trusted`, `git-failed`, and `bad-argument` where nobody can tell how tests
 *   are run
 */
export async function goldPassRates(
  parts: ResolveParts,
  { instance, diff, leave, patches }: GoldTestsOrder,
  watch: StageWatch,
): Promise<ReadonlyMap<string, number>> {
  const rates = new Map<string, number>();
  const patch = await goldPatchOf(parts, instance, diff, watch);
  if (patch === undefined || patches.length === 0) return rates;
  const { signal } = watch;
  const tests = await openPatchTests({ ...(await testsOf(parts, instance, leave)), signal });
  try {
    const files = patch.files
      .filter(({ kind }) => kind !== 'deleted')
      .map(({ path }): ReproductionTest => ({ patch, path, isBlind: true }));
    const passing = async (with_: Patch | undefined): Promise<ReadonlySet<string>> => {
      const passed = new Set<string>();
      for (const test of files) {
        signal?.throwIfAborted();
        const run = await tests.runTest(test, with_);
        if (run?.outcome === 'passed') passed.add(test.path);
      }
      return passed;
    };
    const before = await passing(undefined);
    const paths = files.map(({ path }) => path);
    const wanted = {
      failToPass: paths.filter((path) => !before.has(path)),
      passToPass: paths.filter((path) => before.has(path)),
    };
    if (wanted.failToPass.length === 0) return rates;
    for (const one of patches) {
      if (rates.has(one.id)) continue;
      rates.set(one.id, passRate(wanted, await passing(one)) ?? 0);
    }
    return rates;
  } finally {
    await tests.close();
  }
}
