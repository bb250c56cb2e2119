import type { ListedCounts } from '../../model/api/library.ts';
import type { Library } from '../../model/ports/library.ts';
import { countValues } from './facets.ts';
import { foldRows } from './oneRowAFunction.ts';

/** Counts the rows that a list of the whole library has. */
export function countListed({ patterns: { listing } }: Pick<Library, 'patterns'>): ListedCounts {
  const rows = foldRows(listing.rows('live', 'value'), listing.symbols());
  const countBy = (facet: 'kind' | 'language' | 'project'): Readonly<Record<string, number>> =>
    Object.fromEntries(countValues(rows, facet).map(({ value, count }) => [value, count]));
  return {
    total: rows.length,
    kinds: countBy('kind'),
    languages: countBy('language'),
    projects: countBy('project'),
  };
}
