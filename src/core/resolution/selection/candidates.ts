import type { LocalizedText } from '../../model/localizedText.ts';
import type { Patch } from '../../model/resolution/patch.ts';

/** What a run of the project's tests says of a patch, beside a run without it. */
export interface TestFindings {
  /** Tests that failed with the patch and not without it; 1 at least where the run became worse. */
  readonly broken: number;
  /** Tests that failed without the patch and not with it. */
  readonly mended: number;
  /** Of the tests that fail without any patch: those that pass with this one. */
  readonly reproductions: readonly { readonly isBlind: boolean; readonly passed: boolean }[];
}

/** Patches that leave the same code, comments and layout aside, with what is known of them. */
export interface Candidate {
  /** The first of them. */
  readonly patch: Patch;
  /** How many there are. */
  readonly votes: number;
  /** `undefined` where no test was run, or tests tell nothing. */
  readonly findings: TestFindings | undefined;
  /** Why tests that were to be run tell nothing of it; absent where they do, or none was. */
  readonly untested?: LocalizedText;
  /** 0 to 1: how sure a model is; `undefined` where none was asked. */
  readonly judgement: number | undefined;
}

/** A test written beside a patch counts this much of one written without sight of it. */
const SEEING = 0.25;

/** Whether tests speak against a patch, or there are tests of the issue and it passes none of them. */
export function isRuledOut({ findings }: Candidate): boolean {
  if (findings === undefined) return false;
  if (findings.broken > 0) return true;
  const { reproductions, mended } = findings;
  return mended === 0 && reproductions.length > 0 && reproductions.every(({ passed }) => !passed);
}

/** 0 to 1: what tests say for a patch that they do not rule out. */
export function testScore({ broken, mended, reproductions }: TestFindings): number {
  if (broken > 0) return 0;
  const weightOf = ({ isBlind }: { readonly isBlind: boolean }): number => (isBlind ? 1 : SEEING);
  const all = reproductions.reduce((sum, one) => sum + weightOf(one), 0);
  const passed = reproductions.reduce((sum, one) => sum + (one.passed ? weightOf(one) : 0), 0);
  // A test of the project that begins to pass is no weaker than one that was written for the issue.
  return (passed + (mended > 0 ? 1 : 0)) / (all + 1);
}
