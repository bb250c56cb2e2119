import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import type { Embedder } from '../../src/core/model/ports/embedder.ts';
import { openEmbedder } from '../../src/core/retrieval/embedder/embedder.ts';

import { printTable, type BenchTable } from '../bench/table.ts';
import { attributionScoreboard } from './learning/attribution.ts';
import { counterfactualScoreboard } from './learning/counterfactual.ts';
import { memoryScoreboard } from './learning/memory.ts';
import { outcomeScoreboard } from './learning/outcome.ts';
import { errorsScoreboard } from './learning/errors.ts';
import { classifierScoreboard } from './classifier.ts';
import { plainQuestionsScoreboard } from './plainQuestions.ts';
import { insertScoreboard } from './insertReplay.ts';
import { type LocalizationParts, localizationScoreboard } from './localization.ts';
import { parseLossScoreboard } from './parseLoss/parseLoss.ts';
import { fitLocalization } from './resolution/fitLocalization.ts';
import { mendedScoreboard } from './resolution/mended.ts';
import { contextScoreboard } from './resolution/contextFiles.ts';
import { fixesScoreboard } from './resolution/recurringFixes.ts';
import { selectionScoreboard } from './resolution/selection.ts';
import { retrievalScoreboard } from './retrieval.ts';
import { sessionsScoreboard } from './sessions.ts';
import { editsScoreboard, suggestScoreboard } from './suggest/tables.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const ASSETS = resolve(PROJECT, 'dist/assets');
const CACHE = resolve(PROJECT, '.cache/scoreboard');

const HELP = `npm run scoreboard -- --repos DIR [--data DIR] [--only classifier|retrieval|questions|localization|context|insert|counterfactual|fixes|mended|parse-loss]
npm run scoreboard -- --only fit --repos DIR [--out FILE]
npm run scoreboard -- --only selection
npm run scoreboard -- --only sessions|attribution|errors|outcome|memory --data DIR

DIR holds clones with their history, one a folder, such as
  git clone <address of pallets/flask> DIR/flask
Sessions need logs of agents and the totals another reader tells of them, claude-reference.csv and
codex-reference.csv, in the folder that --data names. Attribution takes who-and-when/<kind>/*.json there,
errors all logs in folders of runs/, outcome and memory those that runs/index.csv names.
The classifier needs those named in scripts/scoreboard/labels/*.tsv; retrieval takes whatever is
there, best in several languages; plain questions need those named in scripts/scoreboard/questions.
Localization takes the issues of tuning.jsonl in the --data folder and the repositories they are about, from the
same folder without --repos.
Fit chooses weights by which files are located from fixes of the projects in DIR, writes them to FILE, and tells
how well each project is located by those that the others chose.
Counterfactual runs the tests of Python repositories by pytest, many times over.
Fixes takes recurring fixes back, in whatever repositories are there, and resolves them without a model;
it runs the tests of Python repositories by pytest, in a copy of each, without the secrets of the environment.
Mended asks which commit mended an issue: those of scripts/scoreboard/resolution/mended and, in the --data
folder, of tuning.jsonl, after their fix and before it.
Parse-loss counts the functions of C, C++, C#, Java and Kotlin that extraction does not find.
Context asks which files real commits of six repositories changed, see resolution/contextFiles.ts.
Suggestions and edits replay the repositories named in scripts/scoreboard/suggest/tables.ts; that takes
many minutes and is only done when asked for.
Vectors and words of code are kept in .cache/scoreboard from run to run.`;

/** What needs logs of agents and no repositories. */
const LOGS: Readonly<
  Record<string, (dataDir: string, assetsDir: string) => Promise<readonly BenchTable[]>>
> = {
  sessions: async (dataDir, assetsDir) => [await sessionsScoreboard(dataDir, assetsDir)],
  attribution: attributionScoreboard,
  errors: errorsScoreboard,
  outcome: outcomeScoreboard,
  memory: memoryScoreboard,
};

async function main(): Promise<void> {
  mkdirSync(CACHE, { recursive: true });
  const { values } = parseArgs({
    options: {
      repos: { type: 'string' },
      only: { type: 'string' },
      data: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const ofLogs = LOGS[values.only ?? ''];
  if (values.data !== undefined && ofLogs !== undefined) {
    for (const table of await ofLogs(values.data, ASSETS)) printTable(table);
    return;
  }
  if (values.only === 'selection') {
    for (const table of selectionScoreboard()) printTable(table);
    return;
  }
  const repos = values.repos ?? (values.only === 'localization' ? values.data : undefined);
  if (repos === undefined) {
    console.log(HELP);
    return;
  }
  await printOfRepositories(repos, values);
}

/** What is only printed when it is asked for. */
const REPLAYS: Readonly<
  Record<string, (repos: string, assets: string) => Promise<readonly BenchTable[]>>
> = {
  'parse-loss': parseLossScoreboard,
  suggest: suggestScoreboard,
  edits: editsScoreboard,
  counterfactual: counterfactualScoreboard,
  fixes: (repos, assets) => fixesScoreboard(repos, assets, CACHE),
  context: async (repos, assets) => [await contextScoreboard(repos, assets)],
  insert: async (repos, assets) => [await insertScoreboard(repos, assets)],
};

/** The same, of what compares meanings. */
const BY_MEANING: Readonly<
  Record<
    string,
    (
      repos: string,
      folders: { readonly data: string | undefined; readonly out: string | undefined },
      parts: LocalizationParts,
    ) => Promise<BenchTable>
  >
> = {
  fit: (repos, { out }, parts) => fitLocalization(repos, out, parts),
  mended: (repos, { data }, parts) => mendedScoreboard(repos, data, parts),
};

async function printOfRepositories(
  repos: string,
  { only, data, out }: { readonly only?: string; readonly data?: string; readonly out?: string },
): Promise<void> {
  const isWanted = (part: string): boolean => only === undefined || only === part;
  if (isWanted('classifier')) {
    for (const table of await classifierScoreboard(repos)) printTable(table);
  }
  if (isWanted('localization')) await printLocalization(repos, data);
  const byMeaning = BY_MEANING[only ?? ''];
  if (byMeaning !== undefined) {
    await withEmbedder(async (embedder) => {
      const parts = { assetsDir: ASSETS, cacheDir: CACHE, embedder };
      printTable(await byMeaning(repos, { data, out }, parts));
    });
    return;
  }
  const replays = REPLAYS[only ?? ''];
  if (replays !== undefined) {
    for (const table of await replays(repos, ASSETS)) printTable(table);
    return;
  }
  const scoreboards = [
    ...(isWanted('retrieval') ? [retrievalScoreboard] : []),
    ...(isWanted('questions') ? [plainQuestionsScoreboard] : []),
  ];
  if (scoreboards.length > 0) await printAll(scoreboards, repos);
}

async function printLocalization(repos: string, data: string | undefined): Promise<void> {
  if (data === undefined) return;
  await withEmbedder(async (embedder) => {
    const parts = { assetsDir: ASSETS, cacheDir: CACHE, embedder };
    for (const table of await localizationScoreboard(data, repos, parts)) printTable(table);
  });
}

async function printAll(
  scoreboards: readonly (typeof retrievalScoreboard)[],
  reposDir: string,
): Promise<void> {
  await withEmbedder(async (embedder) => {
    const parts = { embedder, assetsDir: ASSETS, cacheDir: CACHE };
    for (const scoreboard of scoreboards) {
      for (const table of await scoreboard(reposDir, parts)) printTable(table);
    }
  });
}

async function withEmbedder(work: (embedder: Embedder) => Promise<void>): Promise<void> {
  const embedder = openEmbedder({ assetsDir: ASSETS, entry: resolve(PROJECT, 'dist/embedder.js') });
  try {
    await work(embedder);
  } finally {
    await embedder.close();
  }
}

void main();
