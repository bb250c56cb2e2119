/** Parses and extracts the files of the folder given, language by language, and prints figures as JSON. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { openExtractor } from '../../src/core/extraction/extractor.ts';
import { readingOf } from '../../src/core/extraction/parsing/languages.ts';
import { openGrammars, type Grammars } from '../../src/core/extraction/parsing/treeSitter.ts';
import type { Language, SourceFile } from '../../src/core/model/code.ts';

/** Milliseconds are of CPU time, for one pass over the files. */
export interface ExtractionFigures {
  readonly language: Language;
  readonly files: number;
  readonly bytes: number;
  readonly parseMs: number;
  readonly extractMs: number;
}

/** CPU time spent on one language at least, in rounds that parse and extract in turns. */
const LEAST_MS = 4_000;
const LEAST_ROUNDS = 5;

/** Parsed and then extracted in one go: little, so that a busy machine slows down both alike. */
const BATCH_BYTES = 100_000;

/** Larger files are skipped by the main job as well. */
const MAX_BYTES = 1_000_000;

const [folder = '', assetsDir = ''] = process.argv.slice(2);

async function run(): Promise<void> {
  const grammars = await openGrammars(assetsDir);
  const figures: ExtractionFigures[] = [];
  for (const [language, files] of filesByLanguage()) {
    const bytes = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    figures.push({ language, files: files.length, bytes, ...(await measure(grammars, files)) });
  }
  grammars.close();
  console.log(JSON.stringify(figures));
}

async function measure(
  grammars: Grammars,
  files: readonly SourceFile[],
): Promise<Pick<ExtractionFigures, 'parseMs' | 'extractMs'>> {
  const extractor = await openExtractor({ assetsDir, minLines: 5 });
  const parse = (file: SourceFile): Promise<void> => parseOnly(grammars, file);
  const extract = (file: SourceFile): Promise<unknown> => extractor.extract(file);
  const batches = toBatches(files);
  const parseMs: number[] = [];
  const extractMs: number[] = [];
  let spentMs = 0;
  // The first round warms up.
  for (let round = 0; round <= LEAST_ROUNDS || spentMs < LEAST_MS; round += 1) {
    let parsing = 0;
    let extracting = 0;
    for (const batch of batches) {
      parsing += await timeEach(batch, parse);
      extracting += await timeEach(batch, extract);
    }
    spentMs += parsing + extracting;
    if (round === 0) continue;
    parseMs.push(parsing);
    extractMs.push(extracting);
  }
  extractor.close();
  return { parseMs: medianOf(parseMs), extractMs: medianOf(extractMs) };
}

function toBatches(files: readonly SourceFile[]): readonly (readonly SourceFile[])[] {
  const batches: SourceFile[][] = [];
  let room = 0;
  for (const file of files) {
    if (room <= 0) {
      batches.push([]);
      room = BATCH_BYTES;
    }
    batches.at(-1)?.push(file);
    room -= file.text.length;
  }
  return batches;
}

function medianOf(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;
}

async function parseOnly(grammars: Grammars, { path, text }: SourceFile): Promise<void> {
  const reading = readingOf(path, text);
  if (reading === undefined) return;
  const grammar = await grammars.load(reading.language);
  grammar.parse(text, grammar.startMeter(text.length), { regions: reading.regions })?.delete();
}

async function timeEach(
  files: readonly SourceFile[],
  work: (file: SourceFile) => Promise<unknown>,
): Promise<number> {
  const before = process.cpuUsage();
  for (const file of files) await work(file);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e3;
}

function filesByLanguage(): ReadonlyMap<Language, readonly SourceFile[]> {
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

await run();
