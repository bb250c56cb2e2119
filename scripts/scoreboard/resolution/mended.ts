import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { openCodeMeaning } from '../../../src/core/jobs/resolve/localizers/codeMeaning.ts';
import { createHybrid } from '../../../src/core/jobs/resolve/localizers/ranked.ts';
import { findMended } from '../../../src/core/jobs/resolve/mended/findMended.ts';
import { type NamelessInstance, named } from '../../../src/core/model/resolution/instance.ts';
import type { MendedBy } from '../../../src/core/model/resolution/mended.ts';
import { collect } from '../../../src/core/resolution/feed.ts';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import { loadConfig } from '../../../src/core/sources/config/config.ts';
import type { BenchTable } from '../../bench/table.ts';
import type { LocalizationParts } from '../localization.ts';
import { withInterval } from '../measures.ts';

/** An issue with the commit that mended it; an empty one where none did. */
interface Mended {
  readonly from: string;
  readonly folder: string;
  readonly text: string;
  readonly commit: string;
  /** Code with the fix, as much later as issues are asked about. */
  readonly after: string;
  readonly before: string;
}

interface BenchmarkIssue {
  readonly repo: string;
  readonly base_commit: string;
  readonly problem_statement: string;
  readonly patch: string;
  readonly gold_files: readonly string[];
}

const YEAR_SECONDS = 365 * 86_400;
/** Commits to the file of a fix that are looked at for it. */
const MOST_COMMITS = 60;

/** Which commit mended an issue, asked where it is mended and where it is not yet. */
export async function mendedScoreboard(
  reposDir: string,
  dataDir: string | undefined,
  { assetsDir, cacheDir: folder, embedder }: LocalizationParts,
): Promise<BenchTable> {
  const issues = [
    ...paraphrased(reposDir),
    ...(dataDir === undefined ? [] : benchmark(reposDir, dataDir)),
  ];
  const meaning = openCodeMeaning({ folder, assetsDir, embedder, queryEmbedder: embedder });
  const parts = {
    ...{ assetsDir, now: Date.now, libraryFolder: folder, gate: createSecretGate(), meaning },
    settings: (of: string) => loadConfig(of, {}).config,
  };
  // Without meaning, places are found in a few seconds, and hardly others.
  const localizer = createHybrid({ ...parts, meaning: undefined });
  const ask = async (issue: NamelessInstance): Promise<MendedBy | undefined> =>
    findMended(parts, issue, await collect(localizer.locate(named(issue), {})), {});
  const answers: { from: string; right: number; wrong: number; falseAlarm: number }[] = [];
  for (const { from, folder, text, commit, after, before } of issues) {
    const told = commit === '' ? undefined : await ask({ folder, text, revision: after });
    const early = await ask({ folder, text, revision: before });
    answers.push({
      from,
      right: Number(told?.commit === commit),
      wrong: Number(told !== undefined && told.commit !== commit),
      falseAlarm: Number(early !== undefined),
    });
    console.error(
      basename(folder),
      commit.slice(0, 8),
      JSON.stringify(answers.at(-1)),
      told?.subject,
      early?.subject,
    );
  }
  await meaning.close();
  return {
    title: `Issues that are mended already: ${issues.length}`,
    columns: ['issues', 'count', 'right commit', 'another commit', 'told before it was mended'],
    rows: [...new Set(answers.map(({ from }) => from))].map((from) => {
      const own = answers.filter((one) => one.from === from);
      const share = (of: 'right' | 'wrong' | 'falseAlarm'): string =>
        withInterval(own.map((one) => one[of]));
      return [from, own.length, share('right'), share('wrong'), share('falseAlarm')];
    }),
    note: 'a benchmark: up to a year after the fix, and at its base; paraphrased: at the fix, and before it; nothing mended those of no commit',
  };
}

/** Those that weights were fitted to, and others: a commit and an issue a line, with its line ends as `\\n`. */
function paraphrased(reposDir: string): readonly Mended[] {
  const lists = join(import.meta.dirname, 'mended');
  return ['fitted', 'others'].flatMap((group) =>
    readdirSync(join(lists, group)).flatMap((name) => {
      const folder = join(reposDir, basename(name, '.tsv'));
      if (!existsSync(folder)) return [];
      return readFileSync(join(lists, group, name), 'utf8')
        .trimEnd()
        .split('\n')
        .map((line) => {
          const [commit = '', written = ''] = line.split('\t');
          const text = written.replace(/\\(.)/g, (_, one: string) => (one === 'n' ? '\n' : one));
          return commit === ''
            ? { from: `nothing mended, ${group}`, folder, text, commit, after: '', before: 'HEAD' }
            : { from: group, folder, text, commit, after: commit, before: `${commit}^` };
        });
    }),
  );
}

function benchmark(reposDir: string, dataDir: string): readonly Mended[] {
  const lines = readFileSync(join(dataDir, 'tuning.jsonl'), 'utf8').trim().split('\n');
  return lines.flatMap((line) => {
    const issue = JSON.parse(line) as BenchmarkIssue;
    const folder = join(reposDir, basename(issue.repo));
    const commit = existsSync(folder) ? fixOf(folder, issue) : undefined;
    if (commit === undefined) return [];
    const seconds = Number(git(folder, 'log', '-1', '--format=%ct', commit));
    const until = [`--since=${seconds}`, `--before=${seconds + YEAR_SECONDS}`];
    const after = git(folder, 'rev-list', '-1', ...until, 'HEAD') || commit;
    const { problem_statement: text, base_commit: before } = issue;
    return [{ from: 'a benchmark', folder, text, commit, after, before }];
  });
}

/** The commit that put in most of what the fix of a benchmark puts in. */
function fixOf(folder: string, issue: BenchmarkIssue): string | undefined {
  const file = issue.gold_files[0] ?? '';
  const since = ['--no-merges', '--reverse', '--format=%H', `${issue.base_commit}..HEAD`];
  const wanted = added(issue.patch);
  let best: { readonly commit: string; readonly share: number } | undefined;
  for (const commit of git(folder, 'log', ...since, '--', file)
    .split('\n')
    .slice(0, MOST_COMMITS)) {
    if (commit === '') continue;
    const there = added(git(folder, 'show', '--format=', commit, '--', file));
    const share = [...wanted].filter((text) => there.has(text)).length / wanted.size;
    if (share > (best?.share ?? 0)) best = { commit, share };
  }
  return best?.commit;
}

function added(diff: string): ReadonlySet<string> {
  const lines = diff.split('\n').filter((line) => /^\+(?!\+\+)/.test(line));
  return new Set(lines.map((line) => line.slice(1).trim()).filter((line) => line !== ''));
}

function git(folder: string, ...args: readonly string[]): string {
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 64 * 1024 ** 2 } as const;
  return spawnSync('git', [...args], options).stdout.trim();
}
