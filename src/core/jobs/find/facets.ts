import { valuesOf } from '../../library/read/filter.ts';
import { type Facet, type PatternFilter } from '../../model/filter.ts';
import { type Facets, type FacetValue } from '../../model/api/find.ts';
import type { ListedRow } from '../../model/ports/listing.ts';

/** Of a facet with more values, such as tags, the most frequent ones are told. */
const MOST_VALUES = 200;

type Counted = Facet | 'pack';

export const NO_FACETS = toFacets(() => []);

/**
 * What would remain if one more value of a facet were asked for.
 *
 * @param rows what is found under the filter
 * @param under what is found under another one
 */
export function facetsOf(
  filter: PatternFilter,
  rows: readonly ListedRow[],
  under: (filter: PatternFilter) => readonly ListedRow[],
): Facets {
  return toFacets((facet) => {
    const { [facet]: choice, ...others } = filter;
    const values = countValues(choice === undefined ? rows : under(others), facet);
    const apart = (APART[facet] ?? []).flatMap((asked) =>
      countValues(under({ ...others, [facet]: { any: asked } }), facet),
    );
    const still = values.filter(({ value }) => !APART[facet]?.flat().includes(value));
    const all = apart.length === 0 ? values : [...still, ...apart].sort(byCount);
    return mostFrequent(all, [...(choice?.any ?? []), ...(choice?.not ?? [])]);
  });
}

/**
 * Values of which more is found by whoever asks for them: changes are otherwise folded into what
 * they changed, tests are left out of what one would use again, and what was rated down is out of
 * sight. They are counted together where they are asked for together.
 */
const APART: Partial<Record<Facet, readonly (readonly string[])[]>> = {
  kind: [['fix', 'feature'], ['test']],
  rated: [['down']],
};

function toFacets(valuesOfFacet: (facet: Facet) => readonly FacetValue[]): Facets {
  return {
    kind: valuesOfFacet('kind'),
    language: valuesOfFacet('language'),
    framework: valuesOfFacet('framework'),
    tag: valuesOfFacet('tag'),
    project: valuesOfFacet('project'),
    source: valuesOfFacet('source'),
    rated: valuesOfFacet('rated'),
  };
}

/** Lists of the library stay the same until it changes, and most of what is browsed are those. */
const counted = new WeakMap<readonly ListedRow[], Map<Counted, readonly FacetValue[]>>();

/** How many rows have each value, the most frequent first. */
export function countValues(rows: readonly ListedRow[], facet: Counted): readonly FacetValue[] {
  const known = counted.get(rows) ?? new Map<Counted, readonly FacetValue[]>();
  counted.set(rows, known);
  const values = known.get(facet) ?? count(rows, facet);
  known.set(facet, values);
  return values;
}

function count(rows: readonly ListedRow[], facet: Counted): readonly FacetValue[] {
  const counts = new Map<string, { count: number }>();
  const add = (value: string): void => {
    const known = counts.get(value);
    if (known === undefined) counts.set(value, { count: 1 });
    else known.count++;
  };
  for (const row of rows) {
    if (facet !== 'pack') valuesOf(row, facet).forEach(add);
    else if (row.pack !== null) add(row.pack);
  }
  return [...counts].map(([value, { count: times }]) => ({ value, count: times })).sort(byCount);
}

function byCount(a: FacetValue, b: FacetValue): number {
  return b.count - a.count || (a.value < b.value ? -1 : 1);
}

/** Those asked for are among them, however rare. */
function mostFrequent(
  values: readonly FacetValue[],
  asked: readonly string[],
): readonly FacetValue[] {
  const first = values.slice(0, MOST_VALUES);
  const missing = asked.filter((name) => !first.some(({ value }) => value === name));
  return [
    ...first,
    ...missing.map(
      (name) => values.find(({ value }) => value === name) ?? { value: name, count: 0 },
    ),
  ];
}
