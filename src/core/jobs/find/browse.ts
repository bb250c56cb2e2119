import {
  FACETS,
  type BrowsePage,
  type BrowseQuery,
  type Facet,
  type Facets,
  type FacetValue,
} from '../../model/api/find.ts';
import type { PatternDetail } from '../../model/api/patterns.ts';
import { DEFAULT_CONFIG } from '../../model/config.ts';
import type { Library } from '../../model/ports/library.ts';
import type { ListedRow } from '../../model/ports/listing.ts';
import { answersTo } from '../../retrieval/ranking/answers.ts';
import type { QueryVectors } from '../../retrieval/embedder/queryVectors.ts';
import type { Words } from '../../retrieval/words/words.ts';

export interface BrowseParts {
  readonly library: Library;
  readonly words: () => Words;
  readonly queryVectors: QueryVectors;
  /** Whose own ratings are told. */
  readonly person: string;
}

type Filters = Readonly<Partial<Record<Facet, string | undefined>>>;

/** Of a facet with more values, such as tags, the most frequent ones are told. */
const MOST_VALUES = 200;

/**
 * See `FindApi.browse`. Words answer at once; meaning joins where the vector of the text is there in
 * no time, and the library counts as changed when it has come later. At most 1,000 rows answer a
 * text. What is quarantined is not indexed: there each word of the text must stand in a pattern's
 * name, description or tags.
 */
export async function browsePatterns(
  parts: BrowseParts,
  query: BrowseQuery,
  signal?: AbortSignal,
): Promise<BrowsePage> {
  const { library, person } = parts;
  const { listing } = library.patterns;
  const { project } = query;
  const filters: Filters = {
    ...query,
    ...(project !== undefined && { project: listing.projectName(project) }),
  };
  const answer = await createAnswer(parts, query, signal);
  const found = answer(filters);
  const ids = found.slice(query.offset, query.offset + query.limit).map(({ id }) => id);
  const waiting = listing.rows('quarantined', 'value');
  const valuesOf = (facet: Facet): readonly FacetValue[] => {
    const asked = filters[facet];
    if (asked === undefined) return mostFrequent(countsOf(found, facet), undefined);
    return mostFrequent(countsOf(answer({ ...filters, [facet]: undefined }), facet), asked);
  };
  return {
    total: found.length,
    rows: library.patterns.rows(ids, person),
    facets: Object.fromEntries(
      FACETS.map((facet) => [facet, valuesOf(facet)]),
    ) as unknown as Facets,
    library: {
      live: listing.rows('live', 'value').length,
      quarantined: waiting.length,
      packs: countsOf(waiting, 'pack').toSorted((a, b) => (a.value < b.value ? -1 : 1)),
    },
  };
}

/** What is found under some filters, in the order asked for. */
type AnswerUnder = (filters: Filters) => readonly ListedRow[];

async function createAnswer(
  { library, words, queryVectors }: BrowseParts,
  query: BrowseQuery,
  signal: AbortSignal | undefined,
): Promise<AnswerUnder> {
  const { state, order, minRelevance = DEFAULT_CONFIG.search.minRelevance } = query;
  const text = query.text.trim();
  const pass: AnswerUnder = (filters) =>
    rowsThatPass(library.patterns.listing.rows(state, order), filters);
  if (text === '') return pass;
  if (state === 'quarantined') {
    const holding = library.patterns.quarantinedHolding(text.split(/\s+/));
    return (filters) => pass(filters).filter(({ id }) => holding.has(id));
  }
  const vector = await queryVectors.of(text, signal);
  signal?.throwIfAborted();
  const index = { words: words(), vectors: library.vectors };
  index.words.refresh();
  return (filters) => {
    const passing = pass(filters);
    const isAll = passing.length === library.patterns.listing.rows(state, order).length;
    const rows = isAll ? undefined : new Set(passing.map(({ rowId }) => rowId));
    const answers = new Map(
      answersTo(index, { text, vector, rows }, minRelevance).map((one) => [one.rowId, one]),
    );
    const found = passing.filter(({ rowId }) => answers.has(rowId));
    if (order !== 'relevance') return found;
    const scores = new Map(found.map((row) => [row, answers.get(row.rowId)?.scoreOf(row) ?? 0]));
    return found.sort((a, b) => (scores.get(b) ?? 0) - (scores.get(a) ?? 0));
  };
}

function rowsThatPass(rows: readonly ListedRow[], filters: Filters): readonly ListedRow[] {
  const asked = FACETS.flatMap((facet) => {
    const value = filters[facet];
    return value === undefined ? [] : [[facet, value] as const];
  });
  if (asked.length === 0) return rows;
  return rows.filter((row) => asked.every(([facet, value]) => has(row, facet, value)));
}

type Counted = Facet | 'pack';

/** Lists of the library stay the same until it changes, and most of what is browsed are those. */
const counted = new WeakMap<readonly ListedRow[], Map<Counted, readonly FacetValue[]>>();

function countsOf(rows: readonly ListedRow[], facet: Counted): readonly FacetValue[] {
  const known = counted.get(rows) ?? new Map<Counted, readonly FacetValue[]>();
  counted.set(rows, known);
  const values = known.get(facet) ?? countValues(rows, facet);
  known.set(facet, values);
  return values;
}

/** The most frequent first. */
function countValues(rows: readonly ListedRow[], facet: Counted): readonly FacetValue[] {
  const counts = new Map<string, { count: number }>();
  const add = (value: string): void => {
    const known = counts.get(value);
    if (known === undefined) counts.set(value, { count: 1 });
    else known.count++;
  };
  for (const row of rows) {
    if (facet === 'tag') row.tags.forEach(add);
    else if (facet === 'project') row.projects.forEach(add);
    else if (row[facet] !== null) add(row[facet]);
  }
  return [...counts]
    .map(([value, { count }]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** What was asked for is among them, however rare. */
function mostFrequent(
  values: readonly FacetValue[],
  asked: string | undefined,
): readonly FacetValue[] {
  const first = values.slice(0, MOST_VALUES);
  if (asked === undefined || first.some(({ value }) => value === asked)) return first;
  return [...first, values.find(({ value }) => value === asked) ?? { value: asked, count: 0 }];
}

function has(row: ListedRow, facet: Facet, value: string): boolean {
  if (facet === 'tag') return row.tags.includes(value);
  return facet === 'project' ? row.projects.includes(value) : row[facet] === value;
}

/** See `PatternsApi.detail`. */
export function patternDetail(
  library: Library,
  id: string,
  person: string,
): PatternDetail | undefined {
  const pattern = library.patterns.byId(id);
  if (pattern === undefined) return undefined;
  const [row] = library.patterns.rows([pattern.id], person);
  return {
    pattern,
    thumbs: row?.thumbs ?? { up: 0, down: 0, own: null },
    ratings: library.patterns.ratings(pattern.id),
    variants: library.patterns.rows(pattern.variants, person),
    impressions: library.patterns.impressions(pattern.id),
  };
}
