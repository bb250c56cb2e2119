import type { PatternDetail } from '../../model/api/patterns.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { Listing, ListedRow } from '../../model/ports/listing.ts';
import type { Words } from '../../retrieval/words/words.ts';
import { withPlaceNow } from './placeNow.ts';

export interface DetailParts {
  readonly library: Pick<Library, 'patterns' | 'corpus'>;
  readonly words: () => Words;
}

/** See `PatternsApi.detail`. */
export function patternDetail(parts: DetailParts, id: string): PatternDetail | undefined {
  const { patterns } = parts.library;
  const pattern = patterns.byId(id);
  if (pattern === undefined) return undefined;
  const [row] = patterns.rows([pattern.id]);
  if (row === undefined) return undefined;
  return {
    pattern,
    row: withPlaceNow(row, parts.library),
    ratings: patterns.ratings(pattern.id),
    variants: patterns.rows(pattern.variants),
    changes: patterns.rows(
      patterns.listing
        .symbols()
        .changesOf(pattern.id)
        .map((change) => change.id),
    ),
    siblings: patterns.rows(siblingsOf(pattern.id, patterns.listing)),
    // Where a name is anybody's, no test tells that it means this one.
    tests: row.history.tests === 0 ? [] : patterns.rows(testsOf(pattern.id, parts)),
    deviations: patterns.deviations(pattern.id),
    ...patterns.usage(pattern.id),
  };
}

function siblingsOf(id: PatternId, listing: Listing): readonly PatternId[] {
  const fixes = listing.rows('live', 'value').filter(({ kind }) => kind === 'fix');
  const hash = fixes.find((row) => row.id === id)?.commit?.hash;
  if (hash === undefined || hash === null) return [];
  return fixes.filter((row) => row.id !== id && row.commit?.hash === hash).map((row) => row.id);
}

/** More tests of one function than that nobody reads through. */
const MOST_TESTS = 50;

/** Tests of its projects that name a function or class, those that are most about it first. */
function testsOf(id: PatternId, { library, words }: DetailParts): readonly PatternId[] {
  const listed = library.patterns.listing.rows('live', 'value');
  const own = listed.find((row) => row.id === id);
  if (own === undefined || own.inTests || !TESTED.has(own.kind)) return [];
  const name = own.qualifiedName.slice(own.qualifiedName.lastIndexOf('.') + 1);
  const tests = new Map(
    listed
      .filter((row) => row.kind === 'test' && shareProject(row, own))
      .map((row) => [row.rowId, row]),
  );
  if (tests.size === 0) return [];
  const index = words();
  index.refresh();
  const { best } = index.match(name, MOST_TESTS, new Set(tests.keys()));
  return library.corpus
    .documents(best.map(({ rowId }) => rowId))
    .filter(({ code }) => names(code, name))
    .map((document) => document.id);
}

const TESTED: ReadonlySet<string> = new Set(['function', 'class']);

function shareProject(one: ListedRow, other: ListedRow): boolean {
  return one.projects.some((project) => other.projects.includes(project));
}

/** Whether a name stands in code by itself, and not as a part of another one. */
function names(code: string, name: string): boolean {
  return code.split(/[^\p{L}\p{N}_$]+/u).includes(name);
}
