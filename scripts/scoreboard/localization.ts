import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import {
  type CodeMeaning,
  openCodeMeaning,
} from '../../src/core/jobs/resolve/localizers/codeMeaning.ts';
import {
  compareFiles,
  rankCompared,
  type Way,
  WAYS,
} from '../../src/core/jobs/resolve/localizers/ranked.ts';
import { type Code, readCode } from '../../src/core/jobs/resolve/localizers/readCode.ts';
import type { Signal, Signals } from '../../src/core/model/resolution/codePointer.ts';
import { DECLARATIONS } from '../../src/core/resolution/localization/rankDeclarations.ts';
import type { Weights } from '../../src/core/resolution/localization/rankFiles.ts';
import type { Embedder } from '../../src/core/model/ports/embedder.ts';
import { createSecretGate } from '../../src/core/secrets/gate.ts';
import { goldFunctions, readGoldFiles } from '../../src/core/resolution/rewards/goldPlaces.ts';
import { loadConfig } from '../../src/core/sources/config/config.ts';
import type { BenchTable } from '../bench/table.ts';

import { mean } from '../../src/core/platform/bootstrap.ts';
import { withInterval } from './measures.ts';
import { type Choices, lastRankBy, ranksByFolds } from './resolution/fittedWeights.ts';

/** A row of `tuning.jsonl`: an issue of SWE-bench with the patch that resolved it. */
interface IssueRow {
  readonly instance_id: string;
  readonly repo: string;
  readonly base_commit: string;
  readonly problem_statement: string;
  readonly patch: string;
  /** Tests that failed before the patch, as pytest names them. */
  readonly FAIL_TO_PASS: readonly string[];
  readonly test_patch: string;
}

/** Where the right answers of one instance stand, from 1; `Infinity` where they are not found. */
interface Located {
  /** Rank of the last gold file. */
  readonly file: number;
  /** Rank of the last gold function; `undefined` where the patch changes none that was there. */
  readonly symbol: number | undefined;
}

const { hybrid } = WAYS;
export const SIGNALS_OF_FILES = Object.keys(hybrid.weights) as Signal[];
const ABLATIONS: Readonly<Record<string, Way>> = {
  ...WAYS,
  ...Object.fromEntries(
    SIGNALS_OF_FILES.map((signal) => [
      `hybrid without ${signal}`,
      { ...hybrid, weights: { ...hybrid.weights, [signal]: 0 } },
    ]),
  ),
};
export const RANKS = [1, 3, 5, 10] as const;

export interface LocalizationParts {
  readonly assetsDir: string;
  /** Words of code and vectors are kept here from run to run. */
  readonly cacheDir: string;
  readonly embedder: Embedder;
}

/** What one kind of text led to, by the way it was looked for. */
type Results = Map<string, Located[]>;

/** What `hybrid` chose from, so that other weights can be tried on it. */
interface Chosen {
  readonly files: Choices[];
  readonly functions: Choices[];
}

const SIGNALS_OF_FUNCTIONS = Object.keys(DECLARATIONS) as Signal[];
const TEN_FOLDS = 10;

/**
 * Tables of how well issues are located, over the instances of `tuning.jsonl` whose repositories lie
 * in `reposDir`, each in a folder `<owner>+<name>` or `<name>`.
 */
export async function localizationScoreboard(
  dataDir: string,
  reposDir: string,
  parts: LocalizationParts,
): Promise<readonly BenchTable[]> {
  const rows = readFileSync(join(dataDir, 'tuning.jsonl'), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as IssueRow)
    .sort((a, b) => (a.repo < b.repo ? -1 : 1));
  mkdirSync(parts.cacheDir, { recursive: true });
  const { assetsDir, cacheDir: folder, embedder } = parts;
  const meaning = openCodeMeaning({
    ...{ assetsDir, embedder, queryEmbedder: embedder },
    folder: join(folder, 'code-vectors'),
  });
  const [alone, withTests]: readonly [Results, Results] = [new Map(), new Map()];
  const chosen: Chosen = { files: [], functions: [] };
  const times: number[] = [];
  const missing: string[] = [];
  try {
    for (const row of rows) {
      const repository = folderOf(row.repo, reposDir);
      if (repository === undefined) {
        missing.push(row.instance_id);
        continue;
      }
      const whole = { ...parts, meaning, repository, row };
      times.push(await locateBy({ ...whole, chosen }, row.problem_statement, ABLATIONS, alone));
      const text = `${row.problem_statement}\n\n${failuresOf(row)}`;
      await locateBy(whole, text, { hybrid }, withTests);
    }
  } finally {
    await meaning.close();
  }
  const note =
    missing.length === 0 ? '' : `; ${missing.length} instances without a clone are left out`;
  return [
    toTable('files', alone, ({ file }) => file, note),
    toTable('functions', alone, ({ symbol }) => symbol, note),
    toFittedTable('files', chosen.files, SIGNALS_OF_FILES, hybrid.weights),
    toFittedTable('functions', chosen.functions, SIGNALS_OF_FUNCTIONS, DECLARATIONS),
    toTable('files, with the names of failing tests', withTests, ({ file }) => file, note),
    toTable('functions, with the names of failing tests', withTests, ({ symbol }) => symbol, note),
    {
      title: 'Localization by hybrid, an instance whose files and vectors are known',
      columns: ['mean ms', 'most ms', 'MB held at the end'],
      rows: [[mean(times), Math.max(...times), process.memoryUsage().rss / 1e6]],
    },
  ];
}

/** As a test runner names what failed; of some repositories the files are only told by the patch. */
function failuresOf({ FAIL_TO_PASS: names, test_patch: patch }: IssueRow): string {
  const files = [...patch.matchAll(/^\+\+\+ b\/(.*)$/gm)].map(([, file = '']) => file);
  return names
    .flatMap((name) => (name.includes('::') ? [name] : files.map((file) => `${file}::${name}`)))
    .map((name) => `FAILED ${name}`)
    .join('\n');
}

function folderOf(repo: string, reposDir: string): string | undefined {
  const [owner = '', name = ''] = repo.split('/');
  return [`${owner}+${name}/repo`, `${owner}+${name}`, name]
    .map((folder) => join(reposDir, folder))
    .find((folder) => existsSync(folder));
}

interface LocatedParts extends LocalizationParts {
  readonly meaning: CodeMeaning;
  readonly repository: string;
  readonly row: IssueRow;
  readonly chosen?: Chosen;
}

/** @returns milliseconds that `hybrid` took by the clock, with all it reads met before */
async function locateBy(
  parts: LocatedParts,
  text: string,
  ways: Readonly<Record<string, Way>>,
  results: Results,
): Promise<number> {
  const { repository, row, assetsDir, cacheDir: libraryFolder } = parts;
  const instance = { folder: repository, revision: row.base_commit, text };
  const reading = {
    ...{ assetsDir, libraryFolder, gate: createSecretGate(), now: Date.now },
    settings: (folder: string) => loadConfig(folder, {}).config,
  };
  const readOnce = (): Promise<Code> => readCode(reading, instance, {});
  const gold = readGoldFiles(row.patch);
  const cold = await readOnce();
  await rankCompared(cold, { way: hybrid, table: compareFiles(cold) }, parts, {});
  await cold.tree.close();
  const startedMs = performance.now();
  const code = await readOnce();
  const table = compareFiles(code);
  await rankCompared(code, { way: hybrid, table }, parts, {});
  const tookMs = performance.now() - startedMs;
  const symbols = gold.flatMap((file) => {
    const record = code.candidates.find(({ path }) => path === file.path)?.record;
    const functions = goldFunctions(file, record?.declarations ?? []);
    return functions.map(({ path, symbol }) => `${path} ${symbol}`);
  });
  for (const [name, way] of Object.entries(ways)) {
    const { files, stretches } = await rankCompared(code, { way, table }, parts, {});
    const paths = files.map(({ path }) => path);
    const found = stretches.map(
      ({ path, declaration }) => `${path} ${declaration?.qualifiedName ?? ''}`,
    );
    if (name === 'hybrid') {
      const from = { group: row.repo };
      parts.chosen?.files.push({
        ...from,
        candidates: files.map((one) => shares(one.signals, SIGNALS_OF_FILES, hybrid.weights)),
        right: gold.map(({ path }) => paths.indexOf(path)),
      });
      if (symbols.length > 0) {
        parts.chosen?.functions.push({
          ...from,
          candidates: stretches.map((one) =>
            shares(one.signals, SIGNALS_OF_FUNCTIONS, DECLARATIONS),
          ),
          right: symbols.map((symbol) => found.indexOf(symbol)),
        });
      }
    }
    const located = {
      file: lastRank(
        paths,
        gold.map(({ path }) => path),
      ),
      symbol: symbols.length === 0 ? undefined : lastRank(found, symbols),
    };
    results.set(name, [...(results.get(name) ?? []), located]);
  }
  await code.tree.close();
  return tookMs;
}

/** Signals before they were weighted. */
export function shares(
  weighted: Signals,
  signals: readonly Signal[],
  weights: Weights,
): readonly number[] {
  return signals.map((signal) => (weighted[signal] ?? 0) / (weights[signal] ?? 1));
}

/** The same candidates in the order of weights that these instances did not choose. */
function toFittedTable(
  what: string,
  instances: readonly Choices[],
  signals: readonly Signal[],
  weights: Weights,
): BenchTable {
  const all = signals.map((signal) => weights[signal] ?? 0);
  const without = (left: Signal): readonly number[] =>
    signals.map((signal) => (signal === left ? 0 : (weights[signal] ?? 0)));
  const ranksBy = (given: readonly number[]): readonly number[] =>
    instances.map((one) => lastRankBy(one, given));
  const rows: readonly (readonly [string, readonly number[]])[] = [
    ['the product', ranksBy(all)],
    ['each weight 1', ranksBy(signals.map(() => 1))],
    ['fitted, ten folds', ranksByFolds(instances, signals.length, (_, at) => at % TEN_FOLDS)],
    ['fitted on other repositories', ranksByFolds(instances, signals.length, ({ group }) => group)],
    ...(what === 'functions'
      ? signals.map((signal) => [`without ${signal}`, ranksBy(without(signal))] as const)
      : []),
  ];
  return {
    title: `Localization by hybrid, ${what}, by weights that these instances did not choose`,
    columns: ['weights', ...RANKS.map((rank) => `@${rank}`), 'MRR'],
    rows: rows.map(([name, ranks]) => [name, ...measured(ranks)]),
    note: 'functions are those of the ten files that the product finds, whatever the weights',
  };
}

export function measured(ranks: readonly number[]): readonly string[] {
  return [
    ...RANKS.map((limit) => withInterval(ranks.map((rank) => (rank <= limit ? 1 : 0)))),
    withInterval(ranks.map((rank) => 1 / rank)),
  ];
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
      return [[way, ...measured(ranks)]];
    }),
    note: `share of instances with all gold ${what} among the first; 95 % intervals by bootstrap${note}`,
  };
}
