import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import { openTrials, type Trials } from '../../../src/core/jobs/trials/openTrials.ts';
import { creditByRemoval } from '../../../src/core/learning/credit/counterfactual/removal.ts';
import type { StepChange } from '../../../src/core/learning/credit/counterfactual/stepChanges.ts';
import { isTestPath } from '../../../src/core/model/sourceFile/testPath.ts';
import type { FilePatch } from '../../../src/core/model/trial/patch.ts';
import { applyHunks, diffFile, parsePatch } from '../../../src/core/platform/text/patch.ts';
import type { BenchTable } from '../../bench/table.ts';

const MOST_DECOYS = 15;
const LEAST_DECOYS = 5;
const MOST_CASES = 60;
/** Of one repository, so that none decides the figure. */
const MOST_OF_ONE = 6;
const LATER_COMMITS = 60;
const FIX = /\b(?:fix(?:e[sd])?|bug|regression|crash|wrong|incorrect)\b/i;

interface Judged {
  readonly name: string;
  readonly steps: number;
  readonly rank: number;
  readonly runs: number;
}

/**
 * Real fix commits of Python repositories whose own tests check them: the fix as one step among
 * unrelated later changes of the same repository. Does taking changes out name the fix?
 *
 * @param reposDir clones whose tests run by `python3 -m pytest`
 */
export async function counterfactualScoreboard(reposDir: string): Promise<readonly BenchTable[]> {
  const judged: Judged[] = [];
  for (const name of readdirSync(reposDir)) {
    const repository = join(reposDir, name);
    let ofOne = 0;
    for (const fix of fixesOf(repository)) {
      if (judged.length >= MOST_CASES || ofOne >= MOST_OF_ONE) break;
      const found = await judge(repository, fix, `${name} ${fix.commit.slice(0, 8)}`);
      if (found === undefined) continue;
      ofOne += 1;
      judged.push(found);
      console.error(`${found.name}: rank ${found.rank} of ${found.steps} by ${found.runs} runs`);
    }
  }
  const first = judged.filter(({ rank }) => rank === 1).length;
  const sum = (value: (one: Judged) => number): number =>
    judged.reduce((total, one) => total + value(one), 0);
  const share = ((100 * first) / Math.max(1, judged.length)).toFixed(0);
  return [
    {
      title: 'Counterfactual credit on real fix commits with decoys',
      columns: ['fixes', 'steps', 'fix ranks first', 'runs of the tests', 'one by one'],
      rows: [
        [
          ...[judged.length, sum(({ steps }) => steps), `${first} (${share} %)`],
          ...[sum(({ runs }) => runs), sum(({ steps }) => steps + 2)],
        ],
      ],
    },
    {
      title: 'Where it does not rank first',
      columns: ['fix', 'steps', 'rank'],
      rows: judged.filter(({ rank }) => rank !== 1).map((one) => [one.name, one.steps, one.rank]),
    },
  ];
}

interface Fix {
  readonly commit: string;
  readonly tests: readonly string[];
  readonly sources: readonly string[];
}

function git(repository: string, ...args: readonly string[]): string {
  return execFileSync('git', ['-C', repository, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

function* fixesOf(repository: string): Iterable<Fix> {
  const listed = git(
    repository,
    'log',
    '--no-merges',
    '-n1500',
    '--format=%x00%H %s',
    '--name-only',
  );
  for (const entry of listed.split('\0').slice(1)) {
    const [head = '', ...names] = entry.trim().split('\n');
    const python = names.filter((path) => path.endsWith('.py'));
    const tests = python.filter((path) => isTestPath(path));
    const sources = python.filter((path) => !isTestPath(path));
    if (!FIX.test(head) || tests.length === 0 || sources.length === 0) continue;
    if (sources.length <= 3) yield { commit: head.slice(0, 40), tests, sources };
  }
}

async function judge(repository: string, fix: Fix, name: string): Promise<Judged | undefined> {
  // What passed once is not run again by the next scoreboard.
  const derived = resolve('.cache/scoreboard/counterfactual');
  mkdirSync(derived, { recursive: true });
  const trials = await openTrials({
    ...{ repository, isTrusted: true, revision: fix.commit, derived, env: process.env },
    gate: createSecretGate(),
    command: { program: 'python3', args: ['-m', 'pytest', '-q', '-x', ...fix.tests] },
    limits: { timeMs: 60_000 },
  });
  try {
    for (let most = MOST_DECOYS; most >= LEAST_DECOYS; most = Math.floor(most / 2)) {
      const built = build(repository, fix, most);
      if (built === undefined || built.changes.length <= LEAST_DECOYS) return undefined;
      const found = await rank(trials, built);
      if (found !== undefined) return { name, steps: built.changes.length, ...found };
    }
    return undefined;
  } finally {
    await trials.close();
  }
}

interface Built {
  readonly changes: readonly StepChange[];
  readonly fixStep: number;
  readonly texts: ReadonlyMap<string, string>;
}

/** The fix in the middle of changes that later commits made elsewhere. */
function build(repository: string, { commit, sources }: Fix, most: number): Built | undefined {
  const texts = new Map<string, string>();
  const before = (path: string): string => git(repository, 'show', `${commit}^:${path}`);
  try {
    for (const path of sources) texts.set(path, before(path));
  } catch {
    return undefined;
  }
  const decoys = decoysOf(repository, commit, texts);
  const changes: StepChange[] = [];
  const apply = (file: FilePatch): FilePatch | undefined => {
    const text = texts.get(file.path);
    const after = text === undefined ? undefined : applyHunks(text, file.hunks);
    if (text === undefined || after === undefined || after === text) return undefined;
    texts.set(file.path, after);
    return diffFile(file.path, text, after);
  };
  const add = (files: readonly FilePatch[]): boolean => {
    const applied = files.map(apply);
    const whole = applied.flatMap((file) => file ?? []);
    if (whole.length < files.length) return false;
    changes.push({ step: changes.length, files: whole, isBlurred: false });
    return true;
  };
  for (const decoy of decoys.slice(0, most >> 1)) add([decoy]);
  const fixStep = changes.length;
  const patch = git(repository, 'diff', `${commit}^`, commit, '--', ...sources);
  if (!add(parsePatch(patch) ?? [])) return undefined;
  for (const decoy of decoys.slice(most >> 1, most)) add([decoy]);
  return { changes, fixStep, texts };
}

/** Single hunks of later commits, and files of theirs that the fix leaves alone. */
function decoysOf(
  repository: string,
  commit: string,
  texts: Map<string, string>,
): readonly FilePatch[] {
  const range = `${commit}..HEAD`;
  const later = git(repository, 'rev-list', '--no-merges', '--reverse', range)
    .split('\n')
    .slice(0, LATER_COMMITS)
    .filter((hash) => hash !== '');
  return later.flatMap((hash) => {
    const files = parsePatch(git(repository, 'show', '--format=', hash, '--', '*.py')) ?? [];
    return files.flatMap((file) => {
      if (isTestPath(file.path) || file.kind !== 'changed') return [];
      if (!texts.has(file.path)) {
        try {
          texts.set(file.path, git(repository, 'show', `${commit}:${file.path}`));
        } catch {
          return [];
        }
      }
      return file.hunks.map((hunk) => ({ ...file, hunks: [hunk] }));
    });
  });
}

/** Place of the fix among the steps by their shares; `undefined` where the tests tell nothing. */
async function rank(
  trials: Trials,
  { changes, fixStep, texts }: Built,
): Promise<{ readonly rank: number; readonly runs: number } | undefined> {
  let runs = 0;
  const { shares } = await creditByRemoval(
    changes,
    (path) => texts.get(path),
    async (changed) => {
      runs += 1;
      const run = await trials.run(new Map([...texts, ...changed]));
      return run.outcome === 'passed' || run.outcome === 'failed' ? run.outcome : 'unclear';
    },
  );
  if (shares.size === 0) return undefined;
  const own = shares.get(fixStep) ?? 0;
  const above = [...shares].filter(
    ([step, share]) => share > own || (share === own && step < fixStep),
  );
  return { rank: above.length + 1, runs };
}
