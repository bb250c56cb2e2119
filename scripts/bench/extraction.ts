import { buildSync } from 'esbuild';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';

import type { ExtractionFigures } from './extractionProcess.ts';
import type { BenchOptions, BenchTable } from './table.ts';

/**
 * Parse only against parse, fragments, complexity, description and fingerprint, per language: in a
 * bundle like the product's, and in CPU time, which other programs disturb less.
 */
export function benchExtraction(options: BenchOptions): Promise<readonly BenchTable[]> {
  const root = resolve(import.meta.dirname, '../..');
  const folder = options.repo ?? root;
  const scratch = mkdtempSync(join(tmpdir(), 'bench-extraction-'));
  try {
    const script = join(scratch, 'extraction.mjs');
    buildSync({
      entryPoints: [join(import.meta.dirname, 'extractionProcess.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20',
    });
    const printed = execFileSync(process.execPath, [script, folder, options.assetsDir]);
    const figures = JSON.parse(printed.toString()) as readonly ExtractionFigures[];
    return Promise.resolve([toTable(basename(folder), figures)]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

function toTable(name: string, figures: readonly ExtractionFigures[]): BenchTable {
  return {
    title: `extraction of ${name}`,
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
    rows: [...figures.map((one) => toRow(one.language, [one])), toRow('all', figures)],
    note: 'CPU time, medians of rounds that parse and extract in turns; fragments of at least 5 lines',
  };
}

function toRow(name: string, figures: readonly ExtractionFigures[]): (string | number)[] {
  const sum = (of: (one: ExtractionFigures) => number): number =>
    figures.reduce((total, one) => total + of(one), 0);
  const [files, bytes] = [sum((one) => one.files), sum((one) => one.bytes)];
  const [parseMs, extractMs] = [sum((one) => one.parseMs), sum((one) => one.extractMs)];
  return [
    name,
    files,
    bytes / 1e6,
    bytes / 1e3 / parseMs,
    bytes / 1e3 / extractMs,
    (files * 1e3) / parseMs,
    (files * 1e3) / extractMs,
    parseMs / extractMs,
  ];
}
