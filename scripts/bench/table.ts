/** One printed table of a bench; numbers are shown with three significant digits. */
export interface BenchTable {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly note?: string;
}

export interface BenchOptions {
  /** A git checkout to measure on; this project itself when absent. */
  readonly repo: string | undefined;
  /** Where `npm run build` put grammars, queries, weights and WebAssembly. */
  readonly assetsDir: string;
}

/** As Markdown on standard output. */
export function printTable({ title, columns, rows, note }: BenchTable): void {
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
