import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { openExtractor } from '../../src/core/extraction/extractor.ts';
import type { IdiomSource } from '../../src/core/extraction/idioms/corpus.ts';
import { STATEMENT_NUMBERS } from '../../src/core/extraction/idioms/statements.ts';
import { openSourceParser } from '../../src/core/extraction/sourceParser.ts';
import { mineIdioms } from '../../src/core/extraction/idioms/mine.ts';
import { isProductionSource } from '../../src/core/extraction/sourcePaths.ts';
import { isTestPath } from '../../src/core/model/sourceFile/testPath.ts';
import type { Idiom } from '../../src/core/model/code.ts';
import { languageOf } from '../../src/core/model/sourceFile/fileLanguage.ts';
import type { BenchOptions, BenchTable } from './table.ts';

/** From so many places on an idiom is shown. */
const LEAST_PLACES = 5;

/**
 * Mining a repository: its cost beside parsing and extraction, its memory, and how many idioms of 70 %
 * of its files have a place in the others, statement by statement.
 */
export async function benchIdioms({
  repo,
  assetsDir,
}: BenchOptions): Promise<readonly BenchTable[]> {
  const folder = repo ?? process.cwd();
  const extractor = await openExtractor({ assetsDir });
  const texts = new Map<string, string>();
  const sources: IdiomSource[] = [];
  const listed = execFileSync('git', ['ls-files', '-z'], { cwd: folder, encoding: 'utf8' });
  const parser = await openSourceParser({ assetsDir });
  let parseMs = 0;
  let readMs = 0;
  let bytes = 0;
  for (const path of listed.split('\0')) {
    if (!isTestPath(path) && !isProductionSource(path, languageOf)) continue;
    if (languageOf(path) === undefined) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    const parsingMs = cpuMs();
    (await parser.parse(path, text))?.delete();
    parseMs += cpuMs() - parsingMs;
    const startMs = cpuMs();
    const found = await extractor.extract({ path, text });
    readMs += cpuMs() - startMs;
    bytes += text.length;
    if (found === undefined) continue;
    texts.set(path, text);
    sources.push({ path, isTest: isTestPath(path), statements: found.statements });
  }
  const mine = (some: readonly IdiomSource[]): Promise<readonly Idiom[]> =>
    mineIdioms(some, {
      pause: () => Promise.resolve(),
      readTree: (path) => extractor.codeTree({ path, text: texts.get(path) ?? '' }),
    });
  const restBytes = process.memoryUsage.rss();
  const startMs = cpuMs();
  const all = (await mine(sources)).filter(isShown);
  const mineMs = cpuMs() - startMs;
  const memory = (process.memoryUsage.rss() - restBytes) / bytes;
  const part = (await mine(sources.filter(isLearnt))).filter(isShown);
  const others = sources.filter((source, at) => !isLearnt(source, at));
  const recurring = part.filter((idiom) => others.some((source) => holds(source, idiom)));
  extractor.close();
  parser.close();
  return [
    {
      title: 'Idioms',
      columns: [
        'files',
        'MB',
        'parsing, CPU ms',
        'extraction, CPU ms',
        'mining, CPU ms',
        'memory for mining, MB a MB',
        'idioms',
        'of 70 %',
        'recur in the rest',
      ],
      rows: [
        [
          sources.length,
          (bytes / 1e6).toFixed(2),
          ...[parseMs, readMs, mineMs],
          memory.toFixed(0),
          ...[all.length, part.length, recurring.length],
        ],
      ],
    },
  ];
}

/** Where the coarse and the skeleton symbol of a statement stand among its numbers. */
const SYMBOL_AT: Readonly<Record<string, number>> = { coarse: 2, skeleton: 4 };

/** Whether the statements an idiom is known by stand in a file, one after another. */
function holds({ isTest, statements }: IdiomSource, { key, isTest: ofTests }: Idiom): boolean {
  if (isTest !== ofTests) return false;
  const [level = '', ...symbols] = key.replace(/^test /, '').split(' ');
  const wanted = symbols.map(Number);
  let at = 0;
  for (const length of statements.lengths) {
    const count = Math.abs(length);
    const last = length > 0 || wanted.length === 1 ? count - wanted.length : -1;
    for (let start = 0; start <= last; start += 1) {
      const isSame = wanted.every((symbol, offset) => {
        const row = (at + start + offset) * STATEMENT_NUMBERS;
        return statements.statements[row + (SYMBOL_AT[level] ?? 0)] === symbol;
      });
      if (isSame) return true;
    }
    at += count;
  }
  return false;
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
