import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openEngine } from '../../../src/core/engine/open.ts';
import type { Engine } from '../../../src/core/model/engine.ts';
import { isTestPath } from '../../../src/core/model/sourceFile/testPath.ts';
import type { BenchTable } from '../../bench/table.ts';
import { withInterval } from '../measures.ts';

/** A commit by its subject, which is the task, and what it changed, which is the answer. */
interface Task {
  readonly commit: string;
  readonly subject: string;
  readonly paths: readonly string[];
}

interface Judged {
  readonly context: number;
  readonly words: number;
}

const REPOSITORIES = ['healthchecks', 'lobsters', 'miniflux', 'memos', 'glow', 'pipx'];
/** Commits looked at, newest first, in so many equal parts with one task each at most. */
const LOOKED_AT = 900;
const PARTS = 40;
const TASKS = 14;
const MOST_PATHS = 6;
const FEWEST_WORDS = 3;
const FIRST = 5;

/** Nobody would be asked for these. */
const CHORE = /^(?:bump|merge|release|v?\d|build\(deps|chore\(deps|update dep|i18n|translat)/i;
/** Lists that go along with every commit. */
const LIST = /lock|\.sum$|changelog|\/(?:lang|locale|translations|i18n)\/|\.po$/i;

/** Whether `context` names the files that a real commit changed, its subject taken for the task. */
export async function contextScoreboard(reposDir: string, assetsDir: string): Promise<BenchTable> {
  const present = REPOSITORIES.filter((name) => existsSync(join(reposDir, name)));
  const all: Judged[] = [];
  const rows: (readonly (string | number)[])[] = [];
  for (const repository of present) {
    const judged = await replay(join(reposDir, repository), assetsDir);
    all.push(...judged);
    rows.push(toRow(repository, judged));
  }
  return {
    title: `Files a commit changed, tests left out, among the first ${FIRST} (${all.length} tasks)`,
    columns: ['repository', 'tasks', 'context', 'words alone'],
    rows: [...rows, toRow('all', all)],
    note: 'of as many as there can be; the work tree and the history end before the commit',
  };
}

function toRow(name: string, judged: readonly Judged[]): readonly (string | number)[] {
  return [
    name,
    judged.length,
    withInterval(judged.map(({ context }) => context)),
    withInterval(judged.map(({ words }) => words)),
  ];
}

async function replay(repository: string, assetsDir: string): Promise<readonly Judged[]> {
  const place = mkdtempSync(join(tmpdir(), 'context-'));
  const folder = join(place, 'work');
  execFileSync('git', ['clone', '-q', '--shared', '--no-checkout', repository, folder]);
  const engine = await openEngine({
    library: join(place, 'library'),
    folder,
    assetsDir,
    env: process.env,
    now: () => Date.now(),
    clockMs: () => performance.now(),
  });
  try {
    const judged: Judged[] = [];
    for (const task of tasksOf(folder)) {
      git(folder, 'checkout', '-q', '--force', '--detach', `${task.commit}^`);
      judged.push(await judge(engine, folder, task));
    }
    return judged;
  } finally {
    await engine.close();
    rmSync(place, { recursive: true, force: true });
  }
}

async function judge(engine: Engine, folder: string, { subject, paths }: Task): Promise<Judged> {
  const { files } = await engine.prompts.context({ task: subject, folder, holdout: 0 });
  const instance = { text: subject, folder };
  const { places } = await engine.resolution.localize(instance, { localizer: 'words' });
  const share = (found: readonly { readonly path: string }[]): number =>
    found.slice(0, FIRST).filter(({ path }) => paths.includes(path)).length /
    Math.min(FIRST, paths.length);
  return { context: share(files), words: share(places.filter(({ kind }) => kind === 'file')) };
}

function tasksOf(folder: string): readonly Task[] {
  const options = ['--no-merges', '--name-status', '--format=%x00%H%x09%s', '-n', `${LOOKED_AT}`];
  const commits = git(folder, 'log', ...options)
    .split('\0')
    .slice(1)
    .map(toTask);
  const part = Math.ceil(commits.length / PARTS);
  const drawn = Array.from({ length: PARTS }, (_, at) =>
    commits.slice(at * part, (at + 1) * part).find(isTask),
  );
  return drawn.filter((task) => task !== undefined).slice(0, TASKS);
}

function toTask(logged: string): Task {
  const [head = '', ...changes] = logged.split('\n');
  const [commit = '', subject = ''] = head.split('\t');
  const paths = changes
    .filter((change) => change.startsWith('M\t'))
    .map((change) => change.slice(2))
    .filter((path) => !isTestPath(path) && !LIST.test(path));
  return { commit, subject, paths };
}

function isTask({ subject, paths }: Task): boolean {
  const isSmall = paths.length > 0 && paths.length <= MOST_PATHS;
  return isSmall && !CHORE.test(subject) && subject.split(' ').length >= FEWEST_WORDS;
}

function git(folder: string, ...args: readonly string[]): string {
  const options = { encoding: 'utf8', maxBuffer: 256 * 1024 ** 2 } as const;
  return execFileSync('git', ['-C', folder, ...args], options);
}
