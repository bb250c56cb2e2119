import type { ExtractionSummary } from '../../model/api/jobs.ts';
import type { FacetValue } from '../../model/api/find.ts';
import type { PatternFilter } from '../../model/filter.ts';
import type { Pattern } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { ListedRow } from '../../model/ports/listing.ts';
import { countValues } from '../find/facets.ts';
import { foldRows, isCandidate } from '../find/oneRowAFunction.ts';
import { rowsOfTab } from '../find/tabs/tabs.ts';

/** What the summary shows of what can be reused and of lessons: few enough to read. */
export const MOST_SHOWN = 5;

type ProjectSummary = Pick<
  ExtractionSummary,
  'patterns' | 'listed' | 'languages' | 'reusable' | 'lessons'
>;

export const NO_SUMMARY: ProjectSummary = {
  patterns: {},
  listed: {},
  languages: {},
  reusable: [],
  lessons: [],
};

/** What the library holds of one project, as the summary of a run tells it. */
export function summariseProject(library: Library, project: string): ProjectSummary {
  const { listing } = library.patterns;
  const ofProject: PatternFilter = { project: { any: [project] } };
  const live = listing.matching(listing.rows('live', 'value'), ofProject);
  const rows = live.filter((row) => !isCandidate(row));
  const symbols = listing.symbols();
  const context = { filter: ofProject, symbols, corpus: library.corpus };
  // As the list has them, in its order.
  const reusable = rowsOfTab('reuse', rows, { ...context, flat: false }).rows.filter(isCode);
  const lessons = rowsOfTab('lessons', rows, { ...context, flat: true })
    .rows.filter(({ id }) => !symbols.isGone(id))
    .toSorted((one, other) => other.confidence - one.confidence);
  const first = (all: readonly ListedRow[]): readonly Pattern[] =>
    all.slice(0, MOST_SHOWN).flatMap(({ id }) => library.patterns.byId(id) ?? []);
  return {
    patterns: toCounts(countValues(live, 'kind')),
    listed: toCounts(countValues(foldRows(live, symbols), 'kind')),
    languages: toCounts(countValues(live, 'language')),
    reusable: first(reusable),
    lessons: first(lessons),
  };
}

function toCounts(values: readonly FacetValue[]): Readonly<Record<string, number>> {
  return Object.fromEntries(values.map(({ value, count }) => [value, count]));
}

/** Idioms are listed by themselves. */
function isCode({ kind }: ListedRow): boolean {
  return kind !== 'idiom' && kind !== 'test';
}
