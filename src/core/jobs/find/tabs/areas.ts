import { groupBy } from '../../../platform/groupBy.ts';
import { splitName } from '../../../extraction/describe/description.ts';
import type { ListedRow } from '../../../model/ports/listing.ts';
import { namesOf } from './names.ts';

/** Rows by the key of their group, the groups in order. */
export type Grouped = ReadonlyMap<string, readonly ListedRow[]>;

/** An area of more rows is divided into what lies in it, if that is more than this share of all. */
const LARGEST = 8;
const LARGEST_SHARE = 0.06;
/** What is smaller stays with the folder, the file or the class around it. */
const SMALLEST = 3;

interface Area {
  /** Ends with `/` where it is a folder; the whole project is `/`. */
  readonly name: string;
  readonly rows: ListedRow[];
  readonly inner: Map<string, Area>;
}

/**
 * By folder, file or part of a file, as finely as leaves a few rows in each; groups and what is in them in the order
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
  if (inner.size === 0) divideFile(name, rows, most, take);
  for (const area of inner.values()) if (area.rows.length >= SMALLEST) divide(area, most, take);
}

/** A word in names of functions has fewer letters only by chance. */
const LEAST_LETTERS = 3;

/**
 * A file that holds most of a program is divided by its classes and by the words that names of several
 * of its functions share, the commonest first; what shares none stays with the file.
 */
function divideFile(
  file: string,
  rows: readonly ListedRow[],
  most: number,
  take: (name: string, rows: readonly ListedRow[]) => void,
): void {
  const byOwner = groupBy(rows, (row) => namesOf(row).owner);
  for (const [owner, own] of byOwner) {
    if (own.length < SMALLEST) continue;
    const name = owner === '' || byOwner.size === 1 ? file : `${file} · ${owner}`;
    take(name, own);
    if (own.length > most) takeFamilies(file, own, take);
  }
}

function takeFamilies(
  file: string,
  rows: readonly ListedRow[],
  take: (name: string, rows: readonly ListedRow[]) => void,
): void {
  const holders = new Map<string, ListedRow[]>();
  for (const row of rows) {
    for (const word of familyWords(row)) holders.set(word, [...(holders.get(word) ?? []), row]);
  }
  const taken = new Set<ListedRow>();
  const commonestFirst = [...holders].toSorted(([, a], [, b]) => b.length - a.length);
  for (const [word, holding] of commonestFirst) {
    const left = holding.filter((row) => !taken.has(row));
    // What nearly all share tells none from the others.
    if (left.length < SMALLEST || holding.length > rows.length / 2) continue;
    take(`${file} · ${word}`, left);
    for (const row of left) taken.add(row);
  }
}

function familyWords(row: ListedRow): ReadonlySet<string> {
  const words = splitName(namesOf(row).name).toLowerCase().split(' ');
  return new Set(words.filter(({ length }) => length >= LEAST_LETTERS));
}
