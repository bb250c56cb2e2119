import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { openExtractor } from '../../src/core/extraction/extractor.ts';
import type { IdiomSource } from '../../src/core/extraction/idioms/corpus.ts';
import { mineIdioms } from '../../src/core/extraction/idioms/mine.ts';
import { isProductionSource } from '../../src/core/extraction/sourcePaths.ts';
import { isTestPath } from '../../src/core/model/sourceFile/testPath.ts';
import type { Idiom } from '../../src/core/model/code.ts';
import { languageOf } from '../../src/core/model/sourceFile/fileLanguage.ts';
import type { BenchOptions, BenchTable } from './table.ts';

/** From so many places on an idiom is shown. */
const LEAST_PLACES = 5;

/** Mining a repository: its cost beside extraction, and how many idioms of 70 % of its files recur. */
export async function benchIdioms({
  repo,
  assetsDir,
}: BenchOptions): Promise<readonly BenchTable[]> {
  const folder = repo ?? process.cwd();
  const extractor = await openExtractor({ assetsDir });
  const texts = new Map<string, string>();
  const sources: IdiomSource[] = [];
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: folder, encoding: 'utf8' });
  let readMs = 0;
  for (const path of listed.split('\0')) {
    if (!isTestPath(path) && !isProductionSource(path, languageOf)) continue;
    if (languageOf(path) === undefined) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    const startMs = cpuMs();
    const found = await extractor.extract({ path, text });
    readMs += cpuMs() - startMs;
    if (found === undefined) continue;
    texts.set(path, text);
    sources.push({ path, isTest: isTestPath(path), statements: found.statements });
  }
  const mine = (some: readonly IdiomSource[]): Promise<readonly Idiom[]> =>
    mineIdioms(some, {
      pause: () => Promise.resolve(),
      readTree: (path) => extractor.codeTree({ path, text: texts.get(path) ?? '' }),
    });
  const startMs = cpuMs();
  const all = (await mine(sources)).filter(isShown);
  const mineMs = cpuMs() - startMs;
  const part = (await mine(sources.filter(isLearnt))).filter(isShown);
  const places = new Map(all.map(({ key, places: where }) => [key, where.length]));
  const recurring = part.filter((idiom) => (places.get(idiom.key) ?? 0) > idiom.places.length);
  extractor.close();
  return [
    {
      title: 'Idioms',
      columns: ['files', 'extraction, CPU ms', 'mining, CPU ms', 'idioms', 'of 70 %', 'recur'],
      rows: [
        [sources.length, readMs, mineMs, all.length, part.length, recurring.length].map(String),
      ],
    },
  ];
}

function isShown({ places }: Idiom): boolean {
  return places.length >= LEAST_PLACES;
}

/** Seven of ten files, the same ones each time. */
function isLearnt(_: IdiomSource, at: number): boolean {
  return (at * 7) % 10 < 7;
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return Math.round((user + system) / 1000);
}
