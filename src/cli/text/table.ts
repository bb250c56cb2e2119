import { padEnd, padStart, widthOf } from './width.ts';

export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  /** A longer cell is shown whole, but pads no other; without it the longest pads all. */
  readonly maxPad?: number;
}

/**
 * Lines of cells in columns two spaces apart, without spaces at their ends; the title line comes
 * first unless all titles are empty. Cells may hold colours, but no line feeds.
 */
export function formatTable(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paintTitle: (text: string) => string = (text) => text,
): readonly string[] {
  const widths = columns.map((column, at) =>
    Math.max(
      widthOf(column.title),
      ...rows.map((row) => Math.min(widthOf(row[at] ?? ''), column.maxPad ?? Infinity)),
    ),
  );
  const toLine = (cells: readonly string[]): string =>
    columns
      .map((column, at) => {
        const pad = column.align === 'left' ? padEnd : padStart;
        return pad(cells[at] ?? '', widths[at] ?? 0);
      })
      .join('  ')
      .trimEnd();
  const lines = rows.map(toLine);
  if (columns.every((column) => column.title === '')) return lines;
  return [paintTitle(toLine(columns.map((column) => column.title))), ...lines];
}
