/**
 * Prints what the product costs, table by table; nothing here is a test.
 *
 * `npm run bench -- [--repo DIR] [--only extraction,history,…]`
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchEmbedding } from './embedding.ts';
import { benchExtraction } from './extraction.ts';
import { benchHistory } from './history.ts';
import { benchJournal } from './journal.ts';
import { benchLibrary } from './library.ts';
import { benchMainJob } from './mainJob.ts';
import { benchSearch } from './search.ts';
import { benchSecrets } from './secrets.ts';
import type { BenchOptions, BenchTable } from './table.ts';

const BENCHES: Readonly<Record<string, (options: BenchOptions) => Promise<readonly BenchTable[]>>> =
  {
    extraction: benchExtraction,
    history: benchHistory,
    mainJob: benchMainJob,
    secrets: benchSecrets,
    journal: benchJournal,
    library: benchLibrary,
    search: benchSearch,
    embedding: benchEmbedding,
  };

const { values } = parseArgs({ options: { repo: { type: 'string' }, only: { type: 'string' } } });
const wanted = values.only?.split(',') ?? Object.keys(BENCHES);
const options: BenchOptions = {
  repo: values.repo === undefined ? undefined : resolve(values.repo),
  assetsDir: resolve(import.meta.dirname, '../../dist/assets'),
};

for (const name of wanted) {
  const bench = BENCHES[name];
  if (bench === undefined) {
    console.error(`there is no bench ${name}: ${Object.keys(BENCHES).join(', ')}`);
    process.exitCode = 2;
    continue;
  }
  for (const table of await bench(options)) print(table);
}

function print({ title, columns, rows, note }: BenchTable): void {
  const cells = [columns, ...rows.map((row) => row.map(toCell))];
  const widths = columns.map((_, column) =>
    Math.max(...cells.map((row) => (row[column] ?? '').length)),
  );
  console.log(`\n## ${title}\n`);
  for (const [index, row] of cells.entries()) {
    console.log(`| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`);
    if (index === 0) console.log(`|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`);
  }
  if (note !== undefined) console.log(`\n${note}`);
}

/** Whole numbers stay whole; others keep three significant digits. */
function toCell(value: string | number): string {
  if (typeof value === 'string' || Number.isInteger(value)) return String(value);
  return Math.abs(value) >= 1000 ? value.toFixed(0) : value.toPrecision(3);
}
