import { groupBy } from '../../../platform/groupBy.ts';
import type { ListedRow } from '../../../model/ports/listing.ts';

/** Rows by the key of their group, the groups in order. */
export type Grouped = ReadonlyMap<string, readonly ListedRow[]>;

/** An area of more rows is divided into what lies in it, if that is more than this share of all. */
const LARGEST = 8;
const LARGEST_SHARE = 0.06;
/** What is smaller stays with the folder around it. */
const SMALLEST = 3;

interface Area {
  /** Ends with `/` where it is a folder; the whole project is `/`. */
  readonly name: string;
  readonly rows: ListedRow[];
  readonly inner: Map<string, Area>;
}

/**
 * By folder or file, as finely as leaves a few rows in each; groups and what is in them in the order
 * in which the rows come. The keys begin with the project, a line apart.
 *
 * @param pathOf the file a row is of
 */
export function areasOf(
  rows: readonly ListedRow[],
  pathOf: (row: ListedRow) => string | null,
): Grouped {
  const most = Math.max(LARGEST, rows.length * LARGEST_SHARE);
  const areaOf = new Map<ListedRow, string>();
  for (const [project, all] of groupBy(rows, ({ projects }) => projects[0] ?? '')) {
    divide(toTree(all, pathOf), most, (name, within) => {
      for (const row of within) areaOf.set(row, `${project}\n${name}`);
    });
  }
  return groupBy(rows, (row) => areaOf.get(row) ?? '');
}

function toTree(rows: readonly ListedRow[], pathOf: (row: ListedRow) => string | null): Area {
  const root = emptyArea('/');
  for (const row of rows) {
    const segments = (pathOf(row) ?? '').split('/');
    let area = root;
    area.rows.push(row);
    segments.forEach((segment, at) => {
      const name = `${segments.slice(0, at + 1).join('/')}${at + 1 < segments.length ? '/' : ''}`;
      const next = area.inner.get(segment) ?? emptyArea(name);
      area.inner.set(segment, next);
      next.rows.push(row);
      area = next;
    });
  }
  return root;
}

function emptyArea(name: string): Area {
  return { name, rows: [], inner: new Map() };
}

function divide(
  { name, rows, inner }: Area,
  most: number,
  take: (name: string, rows: readonly ListedRow[]) => void,
): void {
  take(name, rows);
  if (rows.length <= most) return;
  for (const area of inner.values()) if (area.rows.length >= SMALLEST) divide(area, most, take);
}
