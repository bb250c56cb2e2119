import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { fixInstances } from '../../../src/core/jobs/experiments/instances/fixes.ts';
import { openCodeMeaning } from '../../../src/core/jobs/resolve/localizers/codeMeaning.ts';
import {
  compareFiles,
  rankCompared,
  WAYS,
} from '../../../src/core/jobs/resolve/localizers/ranked.ts';
import { readCode } from '../../../src/core/jobs/resolve/localizers/readCode.ts';
import type { GradedInstance } from '../../../src/core/model/resolution/instanceSet.ts';
import { readGoldFiles } from '../../../src/core/resolution/rewards/goldPlaces.ts';
import { createSecretGate } from '../../../src/core/secrets/gate.ts';
import { loadConfig } from '../../../src/core/sources/config/config.ts';
import type { BenchTable } from '../../bench/table.ts';
import {
  type LocalizationParts,
  measured,
  RANKS,
  shares,
  SIGNALS_OF_FILES,
} from '../localization.ts';
import { type Choices, fitWeights, lastRankBy, ranksByFolds } from './fittedWeights.ts';

/** Of each project, so that a large one does not choose alone. */
const MOST_OF_A_PROJECT = 8;
/** Characters of a message; shorter ones are titles. */
const SHORTEST_MESSAGE = 60;
/** Fixes of a project that are looked through for such. */
const MOST_SEEN = 400;

const { hybrid } = WAYS;

/**
 * Weights of `hybrid` for files, fitted to fixes of whatever projects lie in a folder: where one file
 * of production code and a test changed, and the message says more than a title and does not name the
 * file. They are written to a file, with how well each project is located by those of the others.
 */
export async function fitLocalization(
  reposDir: string,
  out: string | undefined,
  { assetsDir, cacheDir, embedder }: LocalizationParts,
): Promise<BenchTable> {
  const folder = join(cacheDir, 'code-vectors');
  const meaning = openCodeMeaning({ folder, assetsDir, embedder, queryEmbedder: embedder });
  const settings = (of: string): ReturnType<typeof loadConfig>['config'] =>
    loadConfig(of, {}).config;
  const reading = {
    ...{ assetsDir, libraryFolder: cacheDir, gate: createSecretGate(), now: Date.now, settings },
  };
  const choices: Choices[] = [];
  try {
    for (const name of readdirSync(reposDir)) {
      const repository = join(reposDir, name);
      if (!existsSync(join(repository, '.git'))) continue;
      for (const { instance, gold } of await tellingFixes(repository, settings)) {
        const code = await readCode(reading, instance, {});
        const way = { way: hybrid, table: compareFiles(code) };
        const { files } = await rankCompared(code, way, { meaning }, {});
        const paths = files.map(({ path }) => path);
        choices.push({
          group: name,
          candidates: files.map(({ signals }) => shares(signals, SIGNALS_OF_FILES, hybrid.weights)),
          right: readGoldFiles(gold?.patch ?? '').map(({ path }) => paths.indexOf(path)),
        });
        await code.tree.close();
        console.error(name, instance.id, Math.min(...(choices.at(-1)?.right ?? [])) + 1);
      }
    }
  } finally {
    await meaning.close();
  }
  return written(choices, out);
}

function written(choices: readonly Choices[], out: string | undefined): BenchTable {
  const fitted = fitWeights(choices, SIGNALS_OF_FILES.length);
  const product = SIGNALS_OF_FILES.map((signal) => hybrid.weights[signal] ?? 0);
  const rankings = {
    'the product': choices.map((one) => lastRankBy(one, product)),
    'fitted on the other projects': ranksByFolds(
      choices,
      SIGNALS_OF_FILES.length,
      ({ group }) => group,
    ),
  };
  const weights = Object.fromEntries(
    SIGNALS_OF_FILES.map((signal, at) => [signal, Number((fitted[at] ?? 0).toFixed(2))]),
  );
  const columns = ['weights', ...RANKS.map((rank) => `@${rank}`), 'MRR'];
  const rows = Object.entries(rankings).map(([name, ranks]) => [name, ...measured(ranks)]);
  if (out !== undefined) {
    const projects = new Set(choices.map(({ group }) => group)).size;
    const figures = rows.map((row) =>
      Object.fromEntries(columns.map((column, at) => [column, row[at] ?? ''])),
    );
    const document = { weights, fixes: choices.length, projects, figures };
    writeFileSync(out, `${JSON.stringify(document, undefined, 2)}\n`);
  }
  return {
    title: `Files located by hybrid: ${choices.length} fixes`,
    ...{ columns, rows },
    note: `fitted on all: ${JSON.stringify(weights)}`,
  };
}

async function tellingFixes(
  repository: string,
  settings: Parameters<typeof fixInstances>[1]['settings'],
): Promise<readonly GradedInstance[]> {
  const fixes: GradedInstance[] = [];
  let seen = 0;
  for await (const fix of fixInstances(repository, { settings }, {})) {
    seen += 1;
    const files = readGoldFiles(fix.gold?.patch ?? '').map(({ path }) => path);
    const [path = ''] = files;
    const { text } = fix.instance;
    const isTelling = text.length >= SHORTEST_MESSAGE && !text.includes(basename(path));
    const isOne = files.length === 1 && fix.gold?.tests !== undefined;
    if (isOne && isTelling) fixes.push(fix);
    if (fixes.length === MOST_OF_A_PROJECT || seen === MOST_SEEN) break;
  }
  return fixes;
}
