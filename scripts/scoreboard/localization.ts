import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { openRecordCache } from '../../src/core/jobs/resolve/recordCache.ts';
import { readCandidates } from '../../src/core/jobs/resolve/readCandidates.ts';
import { openSourceTree } from '../../src/core/jobs/resolve/sourceTree.ts';
import { createTokenizer } from '../../src/core/platform/text/words.ts';
import { fileSignals } from '../../src/core/resolution/localization/fileSignals.ts';
import { readIssue } from '../../src/core/resolution/localization/issue.ts';
import { rankDeclarations } from '../../src/core/resolution/localization/rankDeclarations.ts';
import {
  HYBRID,
  rankFiles,
  type Weights,
  WORDS,
} from '../../src/core/resolution/localization/rankFiles.ts';
import { createSecretGate } from '../../src/core/secrets/gate.ts';
import type { BenchTable } from '../bench/table.ts';

import { goldSymbols, readGoldPatch } from './goldPatch.ts';
import { mean, withInterval } from './measures.ts';

/** A row of `tuning.jsonl`: an issue of SWE-bench with the patch that resolved it. */
interface IssueRow {
  readonly instance_id: string;
  readonly repo: string;
  readonly base_commit: string;
  readonly problem_statement: string;
  readonly patch: string;
}

/** Where the right answers of one instance stand, from 1; `Infinity` where they are not found. */
interface Located {
  /** Rank of the last gold file. */
  readonly file: number;
  /** Rank of the last gold function; `undefined` where the patch changes none that was there. */
  readonly symbol: number | undefined;
}

const LOCALIZERS: Readonly<Record<string, Weights>> = { words: WORDS, hybrid: HYBRID };
const WAYS: Readonly<Record<string, Weights>> = {
  ...LOCALIZERS,
  ...Object.fromEntries(
    Object.keys(HYBRID).map((signal) => [`hybrid without ${signal}`, { ...HYBRID, [signal]: 0 }]),
  ),
};
const FILES_LOOKED_INTO = 10;
const RANKS = [1, 3, 5, 10] as const;

/**
 * Tables of how well issues are located, over the instances of `tuning.jsonl` whose repositories lie
 * in `reposDir`, each in a folder `<owner>+<name>` or `<name>`.
 */
export async function localizationScoreboard(
  dataDir: string,
  reposDir: string,
  { assetsDir, cacheDir }: { readonly assetsDir: string; readonly cacheDir: string },
): Promise<readonly BenchTable[]> {
  const rows = readFileSync(join(dataDir, 'tuning.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as IssueRow)
    .sort((a, b) => (a.repo < b.repo ? -1 : 1));
  mkdirSync(cacheDir, { recursive: true });
  const results = new Map<string, Located[]>();
  const times: number[] = [];
  const missing: string[] = [];
  for (const row of rows) {
    const folder = folderOf(row.repo, reposDir);
    if (folder === undefined) {
      missing.push(row.instance_id);
      continue;
    }
    const located = await locateBy(row, folder, { assetsDir, cacheDir });
    times.push(located.cpuMs);
    for (const [way, one] of located.ways) results.set(way, [...(results.get(way) ?? []), one]);
  }
  const note =
    missing.length === 0 ? '' : `; ${missing.length} instances without a clone are left out`;
  return [
    toTable('files', results, ({ file }) => file, note),
    toTable('functions', results, ({ symbol }) => symbol, note),
    {
      title: 'Localization, processor time of an instance whose files are known, both localizers',
      columns: ['mean ms', 'most ms'],
      rows: [[mean(times), Math.max(...times)]],
    },
  ];
}

function folderOf(repo: string, reposDir: string): string | undefined {
  const [owner = '', name = ''] = repo.split('/');
  return [`${owner}+${name}/repo`, `${owner}+${name}`, name]
    .map((folder) => join(reposDir, folder))
    .find((folder) => existsSync(folder));
}

async function locateBy(
  row: IssueRow,
  folder: string,
  { assetsDir, cacheDir }: { readonly assetsDir: string; readonly cacheDir: string },
): Promise<{ readonly ways: ReadonlyMap<string, Located>; readonly cpuMs: number }> {
  const instance = { folder, revision: row.base_commit, text: row.problem_statement };
  const cacheFile = join(cacheDir, `${row.repo.replace('/', '+')}.jsonl`);
  const gate = createSecretGate();
  const read = async () => {
    const tokenizer = createTokenizer();
    const tree = await openSourceTree(instance, { exclude: [], now: Date.now }, undefined);
    const cache = openRecordCache(cacheFile);
    const candidates = await readCandidates({ assetsDir, gate, tokenizer, cache }, tree, {});
    return { tokenizer, tree, candidates };
  };
  await (await read()).tree.close();
  const startedMs = cpuUsedMs();
  const { tokenizer, tree, candidates } = await read();
  const issue = readIssue(instance.text);
  const table = fileSignals(issue, candidates, tokenizer);
  const gold = readGoldPatch(row.patch);
  const symbols = new Set(
    gold.flatMap((file) => {
      const record = candidates.find(({ path }) => path === file.path)?.record;
      const names = goldSymbols(file, record?.declarations ?? []);
      return [...names].map((name) => `${file.path} ${name}`);
    }),
  );
  const ways = new Map<string, Located>();
  let cpuMs = 0;
  for (const [way, weights] of Object.entries(WAYS)) {
    const ranked = rankFiles(candidates, table, weights);
    const paths = ranked.map(({ path }) => path);
    const file = lastRank(
      paths,
      gold.map(({ path }) => path),
    );
    if (!(way in LOCALIZERS)) {
      ways.set(way, { file, symbol: undefined });
      continue;
    }
    const files = await Promise.all(
      ranked.slice(0, FILES_LOOKED_INTO).map(async (one) => {
        return { file: one, text: (await tree.read(one.path))?.text };
      }),
    );
    const found = rankDeclarations(issue, files, tokenizer).map(
      ({ path, declaration }) => `${path} ${declaration?.qualifiedName ?? ''}`,
    );
    if (way === 'hybrid') cpuMs = cpuUsedMs() - startedMs;
    ways.set(way, { file, symbol: symbols.size === 0 ? undefined : lastRank(found, [...symbols]) });
  }
  await tree.close();
  return { ways, cpuMs };
}

function cpuUsedMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

function lastRank(found: readonly string[], gold: readonly string[]): number {
  const ranks = gold.map((one) => found.indexOf(one) + 1);
  return ranks.includes(0) ? Infinity : Math.max(...ranks);
}

function toTable(
  what: string,
  results: ReadonlyMap<string, readonly Located[]>,
  rankOf: (located: Located) => number | undefined,
  note: string,
): BenchTable {
  const ranksOf = (all: readonly Located[]): number[] => all.flatMap((one) => rankOf(one) ?? []);
  const [first = []] = results.values();
  return {
    title: `Localization, ${what}: ${ranksOf(first).length} instances`,
    columns: ['way', ...RANKS.map((rank) => `@${rank}`), 'MRR'],
    rows: [...results].flatMap(([way, all]) => {
      const ranks = ranksOf(all);
      if (ranks.length === 0) return [];
      return [
        [
          way,
          ...RANKS.map((limit) => withInterval(ranks.map((rank) => (rank <= limit ? 1 : 0)))),
          withInterval(ranks.map((rank) => 1 / rank)),
        ],
      ];
    }),
    note: `share of instances with all gold ${what} among the first; 95 % intervals by bootstrap${note}`,
  };
}
