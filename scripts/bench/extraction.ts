import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { openExtractor } from '../../src/core/extraction/extractor.ts';
import { readingOf } from '../../src/core/extraction/languages.ts';
import { openGrammars, type Grammars } from '../../src/core/extraction/treeSitter.ts';
import type { Language, SourceFile } from '../../src/core/model/code.ts';
import type { BenchOptions, BenchTable } from './table.ts';

/** Rounds per measure; the fastest counts, since everything else only slows one down. */
const ROUNDS = 5;

/** Larger files are skipped by the main job as well. */
const MAX_BYTES = 1_000_000;

/** Parse only against parse, fragments, complexity, description and fingerprint, per language. */
export async function benchExtraction(options: BenchOptions): Promise<readonly BenchTable[]> {
  const folder = options.repo ?? resolve(import.meta.dirname, '../..');
  const grammars = await openGrammars(options.assetsDir);
  const rows: (string | number)[][] = [];
  for (const [language, files] of filesByLanguage(folder)) {
    const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    const [parseMs, fullMs] = await measure(grammars, files, options.assetsDir);
    rows.push([
      language,
      files.length,
      bytes / 1e6,
      bytes / 1e3 / parseMs,
      bytes / 1e3 / fullMs,
      (files.length * 1e3) / parseMs,
      (files.length * 1e3) / fullMs,
      parseMs / fullMs,
    ]);
  }
  grammars.close();
  return [
    {
      title: `extraction of ${folder.split('/').at(-1) ?? folder}`,
      columns: [
        'language',
        'files',
        'MB',
        'parse MB/s',
        'extract MB/s',
        'parse files/s',
        'extract files/s',
        'ratio',
      ],
      rows,
      note: `best of ${ROUNDS} rounds each, taken in turns; fragments of at least 5 lines`,
    },
  ];
}

async function measure(
  grammars: Grammars,
  files: readonly SourceFile[],
  assetsDir: string,
): Promise<readonly [number, number]> {
  const extractor = await openExtractor({ assetsDir, minLines: 5 });
  let parseMs = Infinity;
  let fullMs = Infinity;
  for (let round = 0; round < ROUNDS; round += 1) {
    const start = performance.now();
    for (const file of files) await parseOnly(grammars, file);
    const parsed = performance.now();
    for (const file of files) await extractor.extract(file);
    parseMs = Math.min(parseMs, parsed - start);
    fullMs = Math.min(fullMs, performance.now() - parsed);
  }
  extractor.close();
  return [parseMs, fullMs];
}

async function parseOnly(grammars: Grammars, { path, text }: SourceFile): Promise<void> {
  const reading = readingOf(path, text);
  if (reading === undefined) return;
  const grammar = await grammars.load(reading.language);
  grammar.parse(text, reading.regions)?.delete();
}

function filesByLanguage(folder: string): ReadonlyMap<Language, readonly SourceFile[]> {
  const listed = execFileSync('git', ['-C', folder, 'ls-files', '-z'], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const found = new Map<Language, SourceFile[]>();
  for (const path of listed.split('\0').filter((name) => name !== '')) {
    const text = readText(join(folder, path));
    const reading = text === undefined ? undefined : readingOf(path, text);
    if (text === undefined || reading === undefined) continue;
    const files = found.get(reading.language) ?? [];
    files.push({ path, text });
    found.set(reading.language, files);
  }
  return found;
}

/** `undefined` for what is no file, such as a submodule. */
function readText(file: string): string | undefined {
  try {
    const text = readFileSync(file, 'utf8');
    return text.length > MAX_BYTES ? undefined : text;
  } catch {
    return undefined;
  }
}
