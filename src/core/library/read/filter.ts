import {
  FACETS,
  type Choice,
  type Facet,
  type PatternFilter,
  type Thumbed,
} from '../../model/filter.ts';
import { isThumb } from '../../model/patternRow.ts';
import type { ListedRow } from '../../model/ports/listing.ts';
import { foldName } from './foldName.ts';

/** Whether a row passes a filter; `undefined` where every row does. */
export function passes(filter: PatternFilter): ((row: ListedRow) => boolean) | undefined {
  const tests = FACETS.flatMap((facet) => {
    // Projects go by their keys here, which differ by the case of a letter.
    const test = testOf(filter[facet], facet === 'project' ? asItIs : foldName);
    return test === undefined ? [] : [(row: ListedRow) => test(valuesOf(row, facet))];
  });
  if (tests.length === 0) return undefined;
  return (row) => tests.every((test) => test(row));
}

/** What a row says in a facet. */
export function valuesOf(row: ListedRow, facet: Facet): readonly string[] {
  if (facet === 'tag') return row.tags;
  if (facet === 'project') return row.projects;
  if (facet === 'rated') return thumbOf(row);
  const value = row[facet];
  return value === null ? [] : [value];
}

/** The person's own thumb; see `Thumb`. */
function thumbOf({ own }: ListedRow): readonly Thumbed[] {
  if (isThumb(own, 5)) return ['up'];
  return isThumb(own, 1) ? ['down'] : [];
}

function asItIs(value: string): string {
  return value;
}

function testOf(
  choice: Choice | undefined,
  fold: (value: string) => string,
): ((values: readonly string[]) => boolean) | undefined {
  const any = new Set(choice?.any?.map(fold));
  const not = new Set(choice?.not?.map(fold));
  if (any.size === 0 && not.size === 0) return undefined;
  return (values) => {
    let found = any.size === 0;
    for (const value of values) {
      const folded = fold(value);
      if (not.has(folded)) return false;
      found ||= any.has(folded);
    }
    return found;
  };
}
