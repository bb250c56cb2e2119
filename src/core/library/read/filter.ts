import { FACETS, type Choice, type Facet, type PatternFilter } from '../../model/filter.ts';
import type { ListedRow } from '../../model/ports/listing.ts';

/** Whether a row passes a filter; `undefined` where every row does. */
export function passes(filter: PatternFilter): ((row: ListedRow) => boolean) | undefined {
  const tests = FACETS.flatMap((facet) => {
    const test = testOf(filter[facet]);
    return test === undefined ? [] : [(row: ListedRow) => test(valuesOf(row, facet))];
  });
  if (tests.length === 0) return undefined;
  return (row) => tests.every((test) => test(row));
}

/** What a row says in a facet. */
export function valuesOf(row: ListedRow, facet: Facet): readonly string[] {
  if (facet === 'tag') return row.tags;
  if (facet === 'project') return row.projects;
  const value = row[facet];
  return value === null ? [] : [value];
}

function testOf(choice: Choice | undefined): ((values: readonly string[]) => boolean) | undefined {
  const any = foldAll(choice?.any);
  const not = foldAll(choice?.not);
  if (any.size === 0 && not.size === 0) return undefined;
  return (values) => {
    let found = any.size === 0;
    for (const value of values) {
      const folded = foldCase(value);
      if (not.has(folded)) return false;
      found ||= any.has(folded);
    }
    return found;
  };
}

function foldAll(values: readonly string[] = []): ReadonlySet<string> {
  return new Set(values.map(foldCase));
}

/** Values met before: a library has few, and asks for them row after row. */
const folded = new Map<string, string>();
const MAX_REMEMBERED = 50_000;

/** Names that differ in case or in the way their accents are written are one. */
function foldCase(value: string): string {
  const known = folded.get(value);
  if (known !== undefined) return known;
  const result = value.normalize('NFC').toLowerCase();
  if (folded.size >= MAX_REMEMBERED) folded.clear();
  folded.set(value, result);
  return result;
}
