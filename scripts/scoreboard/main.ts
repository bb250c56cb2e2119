import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { openEmbedder } from '../../src/core/retrieval/embedder/embedder.ts';

import { printTable } from '../bench/table.ts';
import { classifierScoreboard } from './classifier.ts';
import { plainQuestionsScoreboard } from './plainQuestions.ts';
import { localizationScoreboard } from './localization.ts';
import { retrievalScoreboard } from './retrieval.ts';
import { sessionsScoreboard } from './sessions.ts';

const PROJECT = resolve(import.meta.dirname, '../..');
const ASSETS = resolve(PROJECT, 'dist/assets');
const CACHE = resolve(PROJECT, '.cache/scoreboard');

const HELP = `npm run scoreboard -- --repos DIR [--data DIR] [--only classifier|retrieval|questions|localization]
npm run scoreboard -- --only sessions --data DIR

DIR holds clones with their history, one a folder, such as
  git clone <address of pallets/flask> DIR/flask
Sessions need logs of agents and the totals another reader tells of them, claude-reference.csv and
codex-reference.csv, in the folder that --data names.
The classifier needs those named in scripts/scoreboard/labels/*.tsv; retrieval takes whatever is
there, best in several languages; plain questions need those named in scripts/scoreboard/questions.
Localization takes the issues of tuning.jsonl in the --data folder and the repositories they are about.
Vectors and words of code are kept in .cache/scoreboard from run to run.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { repos: { type: 'string' }, only: { type: 'string' }, data: { type: 'string' } },
  });
  if (values.data !== undefined && values.only === 'sessions') {
    printTable(await sessionsScoreboard(values.data, ASSETS));
    return;
  }
  if (values.repos === undefined) {
    console.log(HELP);
    return;
  }
  const isWanted = (part: string): boolean => values.only === undefined || values.only === part;
  if (isWanted('classifier')) {
    for (const table of await classifierScoreboard(values.repos)) printTable(table);
  }
  if (isWanted('localization') && values.data !== undefined) {
    const parts = { assetsDir: ASSETS, cacheDir: CACHE };
    const tables = await localizationScoreboard(values.data, values.repos, parts);
    for (const table of tables) printTable(table);
  }
  const scoreboards = [
    ...(isWanted('retrieval') ? [retrievalScoreboard] : []),
    ...(isWanted('questions') ? [plainQuestionsScoreboard] : []),
  ];
  if (scoreboards.length > 0) await printAll(scoreboards, values.repos);
}

async function printAll(
  scoreboards: readonly (typeof retrievalScoreboard)[],
  reposDir: string,
): Promise<void> {
  const embedder = openEmbedder({ assetsDir: ASSETS, entry: resolve(PROJECT, 'dist/embedder.js') });
  const parts = { embedder, assetsDir: ASSETS, cacheDir: CACHE };
  try {
    for (const scoreboard of scoreboards) {
      for (const table of await scoreboard(reposDir, parts)) printTable(table);
    }
  } finally {
    await embedder.close();
  }
}

void main();
