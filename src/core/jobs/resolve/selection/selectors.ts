import { openSourceParser } from '../../../extraction/sourceParser.ts';
import { localized, type LocalizedText } from '../../../model/localizedText.ts';
import type { Instance } from '../../../model/resolution/instance.ts';
import type { Patch, ReproductionTest } from '../../../model/resolution/patch.ts';
import type { Selection, StageWatch } from '../../../model/resolution/stages.ts';
import type { TrialRun } from '../../../model/trial/trial.ts';
import { collect } from '../../../resolution/feed.ts';
import type { Candidate, TestFindings } from '../../../resolution/selection/candidates.ts';
import { choose, type Mix } from '../../../resolution/selection/choose.ts';
import { openSourceTree, type TreeSettings } from '../sourceTree.ts';
import { compareRuns, noteOnBase, type PatchTests } from '../testing/patchTests.ts';
import { normalForm } from './normalForm.ts';

export interface SelectorParts {
  readonly assetsDir: string;
  readonly tree: (folder: string) => TreeSettings;
  /** The project's tests; `undefined` where they may not be run. */
  readonly openTests: (instance: Instance, watch: StageWatch) => Promise<PatchTests | undefined>;
  /** 0 to 1 for each candidate; absent where no model is asked. */
  readonly judge?: (
    candidates: readonly Candidate[],
    instance: Instance,
    watch: StageWatch,
  ) => Promise<readonly number[]>;
}

export interface SelectorKind {
  readonly name: string;
  readonly mix: Mix;
}

/** Chooses by what tests, votes and a model say, each as much as the mix has it. */
export function createSelector(parts: SelectorParts, { name, mix }: SelectorKind): Selection {
  return {
    name,
    parameters: { ...mix },
    async select(patches, instance, evidence = {}, watch = {}) {
      const counted = await countVotes(parts, await collect(patches), instance, watch);
      const tests = mix.tests > 0 ? await collect(evidence.tests ?? []) : [];
      const openRunner = (): Promise<PatchTests | undefined> => parts.openTests(instance, watch);
      const { candidates, notes } =
        mix.tests > 0
          ? await runTests(openRunner, counted, tests)
          : { candidates: counted, notes: [] };
      if (parts.judge === undefined || mix.judgement === 0 || candidates.length === 0) {
        return choose(candidates, mix, notes);
      }
      const sure = await parts.judge(candidates, instance, watch);
      const judged = candidates.map((one, at) => ({ ...one, judgement: sure[at] }));
      return choose(judged, mix, notes);
    },
  };
}

async function countVotes(
  parts: SelectorParts,
  patches: readonly Patch[],
  instance: Instance,
  { signal }: StageWatch,
): Promise<readonly Candidate[]> {
  const tree = await openSourceTree(instance, parts.tree(instance.folder), signal);
  const parser = await openSourceParser({ assetsDir: parts.assetsDir });
  try {
    const found = new Map<string, Candidate>();
    for (const patch of patches) {
      signal?.throwIfAborted();
      const form = await normalForm(patch, parser, (path) => tree.readExact(path));
      if (form === undefined) continue;
      const former = found.get(form);
      found.set(form, {
        patch: former?.patch ?? patch,
        votes: (former?.votes ?? 0) + 1,
        findings: undefined,
        judgement: undefined,
      });
    }
    return [...found.values()];
  } finally {
    parser.close();
    await tree.close();
  }
}

/** The matrix of patches and tests. */
async function runTests(
  openRunner: () => Promise<PatchTests | undefined>,
  candidates: readonly Candidate[],
  tests: readonly ReproductionTest[],
): Promise<{
  readonly candidates: readonly Candidate[];
  readonly notes: readonly LocalizedText[];
}> {
  const runner = candidates.length === 0 ? undefined : await openRunner();
  if (runner === undefined) return { candidates, notes: [] };
  try {
    const base = await runner.run(undefined);
    const note = noteOnBase(base);
    const notes = note === undefined ? [] : [note];
    if (base?.outcome === 'not-started') return { candidates, notes };
    const reproducing: ReproductionTest[] = [];
    for (const test of tests) {
      // One that passes without a patch shows nothing of the issue.
      if ((await runner.runTest(test, undefined))?.outcome === 'failed') reproducing.push(test);
    }
    const tested: Candidate[] = [];
    for (const candidate of candidates) {
      tested.push(await testOne({ runner, base, reproducing }, candidate));
    }
    return { candidates: tested, notes };
  } finally {
    await runner.close();
  }
}

async function testOne(
  {
    runner,
    base,
    reproducing,
  }: {
    readonly runner: PatchTests;
    readonly base: TrialRun | undefined;
    readonly reproducing: readonly ReproductionTest[];
  },
  candidate: Candidate,
): Promise<Candidate> {
  const run = await runner.run(candidate.patch);
  const compared = compareRuns(base, run);
  if (compared === undefined) return { ...candidate, untested: whyUntested(run) };
  const reproductions: TestFindings['reproductions'][number][] = [];
  for (const test of reproducing) {
    const ended = await runner.runTest(test, candidate.patch);
    reproductions.push({ isBlind: test.isBlind, passed: ended?.outcome === 'passed' });
  }
  return { ...candidate, findings: { ...compared, reproductions } };
}

function whyUntested(run: TrialRun | undefined): LocalizedText {
  if (run === undefined) return localized`it does not apply to what is checked out`;
  return run.outcome === 'not-started'
    ? localized`the tests could not be run with it`
    : localized`the tests fail with it as without it, and do not tell which of them`;
}
