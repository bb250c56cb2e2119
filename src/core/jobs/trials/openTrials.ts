import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { dirname, join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import {
  USUAL_LIMITS,
  type TestCommand,
  type TrialLimits,
  type TrialRun,
} from '../../model/trial/trial.ts';
import { canBeOffline, runBounded } from '../../platform/boundedProcess.ts';
import { makePrivateFolder, readIfPossible, replaceDerivedFile } from '../../platform/disk.ts';
import { exactText } from '../../platform/text/utf8Text.ts';
import { openWorktree } from '../../sources/git/worktree.ts';
import { LCOV_FILES, lcovOf } from '../../trials/coverage.ts';
import { placeIn } from './placeIn.ts';
import { testEnvironment } from './testEnvironment.ts';

export interface TrialRequest {
  /** Top of the repository. */
  readonly repository: string;
  /** The person trusts the folder: its tests are programs. */
  readonly isTrusted: boolean;
  /** What is checked out; the files as they are now when absent. */
  readonly revision?: string | undefined;
  readonly command: TestCommand;
  readonly limits?: Partial<TrialLimits>;
  /** May use the network; when absent it may only where the system cannot keep it from that. */
  readonly usesNetwork?: boolean | undefined;
  /** Its secrets are left out. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly gate: SecretGate;
  /** Folder of the library for what can be made anew. */
  readonly derived: string;
  readonly signal?: AbortSignal | undefined;
}

/** A larger report is of a suite, and takes longer to read than it is worth. */
const MOST_COVERAGE_BYTES = 16 * 1024 * 1024;

/** The whole of files by path; `undefined` deletes one. */
export type ChangedTexts = ReadonlyMap<string, string | undefined>;

/** Runs of a project's tests in a checkout of its own. */
export interface Trials {
  /** The tests are cut off from the network. */
  readonly isOffline: boolean;
  /** Whether a file of that path can stand in the checkout. */
  holds(path: string): boolean;
  /** A text as it was checked out; `undefined` where there is none, or it is not UTF-8. */
  read(path: string): string | undefined;
  /**
   * Runs the tests with some files changed, unless that was done before with the same tree: what
   * passed once is not run again, what failed is in a later checkout.
   *
   * @param command in the place of the usual one
   * @throws AppError `bad-argument` where a path leads out of the repository
   */
  run(
    changes: ChangedTexts,
    command?: TestCommand,
  ): Promise<TrialRun & { readonly isKept: boolean }>;
  close(): Promise<void>;
}

/** @throws AppError `folder-not-trusted`, `git-failed` */
export async function openTrials(request: TrialRequest): Promise<Trials> {
  const { repository, command, signal } = request;
  const isOffline = request.usesNetwork !== true && canBeOffline();
  if (!request.isTrusted) {
    throw new AppError(
      'folder-not-trusted',
      localized`${repository} is not trusted: no test is run`,
    );
  }
  const limits = { ...USUAL_LIMITS, ...request.limits };
  const env = await testEnvironment(request.env, request.gate);
  const tree = await openWorktree({ repository, revision: request.revision, signal });
  const runs = new Map<string, KeptRuns>();
  const keptOf = (asked: TestCommand): KeptRuns => {
    const how = JSON.stringify([asked, limits, isOffline]);
    const kept = runs.get(how) ?? keptRuns(request.derived, how);
    runs.set(how, kept);
    return kept;
  };
  return {
    isOffline,
    holds: (path) => placeIn(tree.folder, path) !== undefined,
    read: (path) => {
      const file = placeIn(tree.folder, path);
      const bytes = file === undefined ? undefined : readIfPossible(file);
      return bytes === undefined ? undefined : exactText(bytes);
    },
    async run(changes, asked = command) {
      const places = [...changes].map(([path, text]) => {
        const file = placeIn(tree.folder, path);
        if (file !== undefined) return { file, text };
        throw new AppError('bad-argument', localized`${path} is no file of the repository`);
      });
      try {
        for (const { file, text } of places) write(file, text);
        const hash = await tree.treeHash();
        const kept = keptOf(asked);
        const former = kept.get(hash);
        if (former !== undefined) return { ...former, isKept: true };
        const stale = reportsIn(tree.folder);
        const ended = await runBounded(asked, {
          ...{ folder: tree.folder, env, limits, isOffline, signal },
        });
        const run = { ...ended, ...coverageOf(tree.folder, changes, stale) };
        kept.set(hash, run);
        return { ...run, isKept: false };
      } finally {
        // What is read next is as it was checked out.
        if (signal?.aborted !== true) await tree.restore();
      }
    },
    close: () => tree.close(),
  };
}

function write(file: string, text: string | undefined): void {
  if (text === undefined) fs.rmSync(file, { force: true });
  else {
    fs.mkdirSync(dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }
}

/** Reports by their path, with a mark that each writing changes. */
function reportsIn(folder: string): ReadonlyMap<string, string> {
  return new Map(
    LCOV_FILES.flatMap((path) => {
      const file = join(folder, path);
      const status = fs.lstatSync(file, { throwIfNoEntry: false, bigint: true });
      if (status?.isFile() !== true || status.size > MOST_COVERAGE_BYTES) return [];
      return [[file, `${status.ino} ${status.ctimeNs} ${status.size}`] as const];
    }),
  );
}

/**
 * What a run reported of the files that were changed for it.
 *
 * @param stale reports that were there before, such as one that somebody committed
 */
function coverageOf(
  folder: string,
  changes: ChangedTexts,
  stale: ReadonlyMap<string, string>,
): Pick<TrialRun, 'coverage'> {
  const [report] = [...reportsIn(folder)].find(([file, mark]) => stale.get(file) !== mark) ?? [];
  const text = report === undefined ? undefined : readIfPossible(report)?.toString('utf8');
  if (text === undefined) return {};
  return { coverage: lcovOf(text, folder, new Set(changes.keys())) };
}

interface KeptRuns {
  get(tree: string): TrialRun | undefined;
  set(tree: string, run: TrialRun): void;
}

/**
 * Runs by the content of all files that are not ignored. Why tests fail may lie elsewhere, as in what
 * is installed, so that failures are kept in memory alone.
 */
function keptRuns(derived: string, how: string): KeptRuns {
  const folder = join(derived, 'trials-1');
  const place = (tree: string): string =>
    join(
      folder,
      `${createHash('sha256').update(`${tree} ${how}`).digest('hex').slice(0, 40)}.json`,
    );
  const failed = new Map<string, TrialRun>();
  return {
    get(tree) {
      const run = failed.get(tree);
      if (run !== undefined) return run;
      const text = readIfPossible(place(tree))?.toString('utf8');
      return text === undefined ? undefined : parseRun(text);
    },
    set(tree, run) {
      if (run.outcome === 'failed') failed.set(tree, run);
      if (run.outcome !== 'passed') return;
      if (fs.existsSync(derived)) makePrivateFolder(folder);
      replaceDerivedFile(place(tree), [Buffer.from(JSON.stringify(run))]);
    },
  };
}

function parseRun(text: string): TrialRun | undefined {
  try {
    const run = JSON.parse(text) as TrialRun;
    return run.outcome === 'passed' ? run : undefined;
  } catch {
    return undefined;
  }
}
