import { isChange } from '../../library/read/symbols.ts';
import type { FindQuery } from '../../model/api/find.ts';
import type { PatternFilter } from '../../model/filter.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { ListedRow } from '../../model/ports/listing.ts';
import type { QueryVectors } from '../../retrieval/embedder/queryVectors.ts';
import { answersTo, type Answer } from '../../retrieval/ranking/answers.ts';
import { intentOf } from '../../retrieval/ranking/intent.ts';
import type { Weights } from '../../retrieval/ranking/rank.ts';
import type { Words } from '../../retrieval/words/words.ts';
import { foldRows, leaderAmong } from './fold.ts';
import type { QueryText } from './readQuery.ts';

export interface AnsweringParts {
  readonly library: Library;
  readonly words: () => Words;
  readonly queryVectors: QueryVectors;
  readonly weights: Weights;
}

/** A query that was read, with nothing left open. */
export interface Question {
  readonly query: Pick<FindQuery, 'versions' | 'atOnce'> &
    Required<Pick<FindQuery, 'text' | 'order' | 'state' | 'minRelevance'>>;
  /** What is searched for: the text, and the code around the place that was named. */
  readonly read: QueryText;
}

export interface Answers {
  /** In the order asked for. */
  readonly rows: readonly ListedRow[];
  /** Why each row is there; empty without a text. */
  readonly reasons: ReadonlyMap<PatternId, Answer>;
}

const NO_REASONS: ReadonlyMap<PatternId, Answer> = new Map();

/** Embeds what is asked once; then says what is found under one filter after another. */
export async function createAnswering(
  { library, words, queryVectors, weights }: AnsweringParts,
  { query, read }: Question,
  signal: AbortSignal | undefined,
): Promise<(filter: PatternFilter) => Answers> {
  const { listing } = library.patterns;
  const { state, order } = query;
  const text = read.text.trim();
  const isIndexed = text !== '' && state === 'live';
  const vector = isIndexed ? await queryVectors.of(text, { ...query, signal }) : undefined;
  signal?.throwIfAborted();
  const index = { words: words(), vectors: library.vectors };
  if (isIndexed) index.words.refresh();
  const symbols = listing.symbols();
  const all = listing.rows(state, order);
  const holding = isIndexed ? undefined : library.patterns.quarantinedHolding(text.split(/\s+/));

  function search(passing: readonly ListedRow[], filter: PatternFilter): Answers {
    const isAll = passing.length === all.length;
    const byRow = byRowId(passing);
    const byId = byPatternId(passing);
    const isFolded = !wantsChanges(query, filter);
    const reasons = new Map<PatternId, Answer>();
    const rows: ListedRow[] = [];
    const found = answersTo(
      index,
      {
        text,
        vector,
        rows: isAll ? undefined : new Set(byRow.keys()),
        worthOf: (rowId) => byRow.get(rowId),
        kinds: filter.kind?.any ?? [],
        intent: intentOf(query.text),
        minRelevance: query.minRelevance,
      },
      weights,
    );
    for (const one of found) {
      const row = byRow.get(one.rowId);
      if (row === undefined || (row.id === read.ownId && row.support === 1)) continue;
      const shown = isFolded ? leaderAmong(row, byId, symbols) : row;
      if (reasons.has(shown.id)) continue;
      reasons.set(shown.id, one);
      rows.push(shown);
    }
    return {
      rows: order === 'relevance' ? rows : passing.filter(({ id }) => reasons.has(id)),
      reasons,
    };
  }

  return (filter) => {
    const passing = listing.matching(all, filter);
    const found = isIndexed
      ? search(passing, filter)
      : {
          rows: text === '' ? passing : passing.filter(({ id }) => holding?.has(id) === true),
          reasons: NO_REASONS,
        };
    return wantsChanges(query, filter) ? found : { ...found, rows: foldRows(found.rows, symbols) };
  };
}

/** Whether each change is to be a row of its own. */
function wantsChanges(
  { versions, text }: Pick<FindQuery, 'versions' | 'text'>,
  { kind }: PatternFilter,
): boolean {
  const kinds = kind?.any ?? [];
  const onlyChanges = kinds.length > 0 && kinds.every((one) => isChange({ kind: one }));
  return versions === 'all' || onlyChanges || intentOf(text).changes;
}

const byRowId = perList((rows) => new Map(rows.map((row) => [row.rowId, row])));
const byPatternId = perList((rows) => new Map(rows.map((row) => [row.id, row])));

/** Lists of the library stay the same until it changes. */
function perList<Value extends object>(
  make: (rows: readonly ListedRow[]) => Value,
): (rows: readonly ListedRow[]) => Value {
  const made = new WeakMap<readonly ListedRow[], Value>();
  return (rows) => {
    const known = made.get(rows) ?? make(rows);
    made.set(rows, known);
    return known;
  };
}
