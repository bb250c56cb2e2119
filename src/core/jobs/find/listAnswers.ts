import { foldName } from '../../library/read/foldName.ts';
import { isChange } from '../../library/read/symbols.ts';
import type { FindOrder, FindQuery } from '../../model/api/find.ts';
import type { PatternFilter } from '../../model/filter.ts';
import type { PatternId } from '../../model/pattern.ts';
import { isThumb } from '../../model/patternRow.ts';
import type { Library } from '../../model/ports/library.ts';
import type { ListedRow, Symbols } from '../../model/ports/listing.ts';
import type { QueryVectors } from '../../retrieval/embedder/queryVectors.ts';
import { answersTo, type Answer } from '../../retrieval/ranking/answers.ts';
import { intentOf } from '../../retrieval/ranking/intent.ts';
import type { Weights } from '../../retrieval/ranking/rank.ts';
import {
  createPromises,
  type SuccessWeights,
  type Tried,
} from '../../retrieval/ranking/success.ts';
import type { Words } from '../../retrieval/words/words.ts';
import { foldRows, leaderAmong } from './oneRowAFunction.ts';
import { forInsertion } from './insertion.ts';
import { isWrittenSo, nameAsked } from './names/askedName.ts';
import { rowsOfFile } from './names/fileAsked.ts';
import type { QueryText } from './readQuery.ts';
import { isStayingFix, oneACommit } from './tabs/lessons.ts';
import { rowsOfTab, ungrouped, type TabRows } from './tabs/tabs.ts';

export interface AnsweringParts {
  readonly library: Library;
  readonly words: () => Words;
  readonly queryVectors: QueryVectors;
  readonly weights: Weights;
}

/** A query that was read, with nothing left open. */
export interface Question {
  readonly query: Pick<FindQuery, 'versions' | 'atOnce' | 'tab' | 'named' | 'at'> &
    Required<Pick<FindQuery, 'text' | 'order' | 'state' | 'minRelevance'>>;
  /** What is searched for: the text, and the code around the place that was named. */
  readonly read: QueryText;
}

export interface Answers {
  /** In the order asked for. */
  readonly rows: readonly ListedRow[];
  /** Why each row is there; empty without a text. */
  readonly reasons: ReadonlyMap<PatternId, Answer>;
  /** The text names the file they stand in. */
  readonly isOfFile?: boolean;
  /** Where rows stand in groups, or for others. */
  readonly tab?: TabRows;
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
  const every = listing.rows(state, order);
  const pleasing = withoutThumbedDown(every);
  const promiseOf = promisesAmong(every, weights.success);
  const name = nameAsked(text)?.last;
  const holding = isIndexed ? undefined : library.patterns.quarantinedHolding(text.split(/\s+/));

  function search(passing: readonly ListedRow[], filter: PatternFilter): Answers {
    const isAll = passing.length === every.length;
    const byRow = byRowId(passing);
    const byId = byPatternId(passing);
    const isFolded = !wantsChanges(query, filter);
    const reasons = new Map<PatternId, Answer>();
    const rows: ListedRow[] = [];
    const isTold = changesTold(symbols, query);
    const found = answersTo(
      index,
      {
        text,
        vector,
        rows: isAll ? undefined : new Set(byRow.keys()),
        worthOf: (rowId) => {
          const row = byRow.get(rowId);
          if (row === undefined) return undefined;
          const isLone = isFolded && isChange(row) && leaderAmong(row, byId, symbols) === row;
          return {
            ...row,
            isLoneChange: isLone,
            isWrittenSo: name !== undefined && isWrittenSo(row.qualifiedName, name),
            promise: promiseOf(row),
          };
        },
        kinds: filter.kind?.any ?? [],
        intent: intentOf(query.text),
        minRelevance: query.minRelevance,
      },
      weights,
    );
    for (const one of found) {
      const row = byRow.get(one.rowId);
      if (row === undefined) continue;
      const shown = isFolded ? leaderAmong(row, byId, symbols) : row;
      if (reasons.has(shown.id) || isOwn(row, read) || isOwn(shown, read)) continue;
      if (isTold(shown)) continue;
      reasons.set(shown.id, one);
      rows.push(shown);
    }
    return {
      rows: order === 'relevance' ? rows : passing.filter(({ id }) => reasons.has(id)),
      reasons,
    };
  }

  function found(passing: readonly ListedRow[], filter: PatternFilter): Answers {
    const ofFile = query.at === undefined ? rowsOfFile(text, passing) : undefined;
    if (ofFile !== undefined) return allOf(ofFile);
    if (isIndexed) return search(passing, filter);
    // At a place without code there is nothing to compare; what is of most use can be inserted there.
    if (query.at !== undefined && query.at.inserting !== true && text === '') {
      return { rows: [], reasons: NO_REASONS };
    }
    const rows = text === '' ? passing : passing.filter(({ id }) => holding?.has(id) === true);
    return { rows, reasons: NO_REASONS };
  }

  function answer(filter: PatternFilter): Answers {
    const all = filter.rated === undefined ? pleasing : every;
    const passing = listing.matching(namedSo(all, query.named), filter);
    const tab = state === 'live' ? query.tab : undefined;
    if (tab !== undefined && text === '') {
      const flat = !BY_WORTH.has(order);
      const listed = once(tabsOf(all), JSON.stringify([tab, flat, filter, query.named]), () =>
        rowsOfTab(tab, passing, { filter, symbols, corpus: library.corpus, flat }),
      );
      return { rows: listed.rows, reasons: NO_REASONS, tab: listed };
    }
    if (tab === 'lessons') return oneRowACommit(found(passing.filter(isStayingFix), ONLY_FIXES));
    const answers = found(passing, filter);
    if (read.insertion !== undefined) {
      const rows = forInsertion(foldRows(answers.rows, symbols), read.insertion, {
        ...{ corpus: library.corpus, symbols, ownId: read.ownId },
      });
      return { ...answers, rows };
    }
    const rows = wantsChanges(query, filter) ? answers.rows : foldRows(answers.rows, symbols);
    const isOneACommit = text !== '' && query.versions !== 'all';
    return isOneACommit ? oneRowACommit({ ...answers, rows }) : { ...answers, rows };
  }

  return (filter) => {
    const answers = answer(filter);
    return order === 'relevance' ? { ...answers, reasons: fallingReasons(answers) } : answers;
  };
}

/** What the text names by its file is what was asked for, whatever it says. */
function allOf(rows: readonly ListedRow[]): Answers {
  const signals = { file: 1 };
  return {
    rows,
    isOfFile: true,
    reasons: new Map(rows.map(({ id, rowId }) => [id, { rowId, score: 1, signals, relevance: 1 }])),
  };
}

/** What stands further back matches no better: rows are put behind others for more than their words. */
function fallingReasons({ rows, reasons }: Answers): Answers['reasons'] {
  let least = 1;
  return new Map(
    rows.flatMap(({ id }) => {
      const reason = reasons.get(id);
      if (reason === undefined) return [];
      least = Math.min(least, reason.relevance);
      return [[id, { ...reason, relevance: least }] as const];
    }),
  );
}

/** Whether it is what the place of the query is in, as it is now or was before, and stands nowhere else. */
function isOwn(row: ListedRow, { ownId, around }: QueryText): boolean {
  const { id, support, path, qualifiedName } = row;
  if (support > 1 || path === null || around === undefined || isChange(row)) return false;
  return around.path.endsWith(`/${path}`) && (id === ownId || around.name === qualifiedName);
}

/**
 * Whether a row is a change of a function of which another one was met: the nearest stands for all,
 * unless all versions are asked for or lessons, of which one a commit is told.
 */
function changesTold(
  symbols: Symbols,
  { versions, tab }: Question['query'],
): (row: ListedRow) => boolean {
  const met = new Set<PatternId>();
  return (row) => {
    if (versions === 'all' || tab === 'lessons' || !isChange(row)) return false;
    const id = symbols.leaderOf(row.id)?.id ?? row.id;
    const isMet = met.has(id);
    met.add(id);
    return isMet;
  };
}

/** Orders in which a tab lists its groups one after another. */
const BY_WORTH: ReadonlySet<FindOrder> = new Set(['value', 'relevance']);

const ONLY_FIXES: PatternFilter = { kind: { any: ['fix'] } };

function oneRowACommit({ rows, reasons }: Answers): Answers {
  const { leaders, siblingsOf } = oneACommit(rows);
  return { rows: leaders, reasons, tab: ungrouped(leaders, siblingsOf) };
}

/** With a dot before each part, so that a name is found by how any of its parts begins. */
const foldedNames = perList((rows) =>
  rows.map(({ qualifiedName }) => `.${foldName(qualifiedName)}`),
);

/** By the name itself or that of something around it. */
function namedSo(rows: readonly ListedRow[], start: string | undefined): readonly ListedRow[] {
  if (start === undefined) return rows;
  const wanted = `.${foldName(start)}`;
  const names = foldedNames(rows);
  return rows.filter((_, at) => names[at]?.includes(wanted) === true);
}

/** Patterns of one pack, or of one source and project, are alike. */
function originOf({ source, pack, projects }: ListedRow): string {
  return [source, pack ?? projects[0] ?? ''].join('\n');
}

const triedRows = perList((rows) =>
  rows.map((row) => ({ ...row.tried, origin: originOf(row) })).filter(wasTried),
);

function wasTried({ success, failure }: Tried): boolean {
  return success + failure > 0;
}

function promisesAmong(
  every: readonly ListedRow[],
  weights: SuccessWeights,
): (row: ListedRow) => number {
  const promiseOf = createPromises<Tried>(triedRows(every), weights);
  return (row) => promiseOf({ ...row.tried, origin: originOf(row) });
}

/** What somebody rated down is out of their sight unless they ask for it. */
const withoutThumbedDown = perList((rows) => {
  const pleasing = rows.filter(({ own }) => !isThumb(own, 1));
  return pleasing.length === rows.length ? rows : pleasing;
});

/** Whether each change is to be a row of its own. */
function wantsChanges(
  { versions, text }: Pick<FindQuery, 'versions' | 'text'>,
  { kind }: PatternFilter,
): boolean {
  const kinds = kind?.any ?? [];
  const onlyChanges = kinds.length > 0 && kinds.every((one) => isChange({ kind: one }));
  return versions === 'all' || onlyChanges || intentOf(text).changes;
}

/** What tabs list, by what they are asked for: windows of one list are asked for one after another. */
const tabsOf = perList(() => new Map<string, TabRows>());

/** More of them are seldom asked for before the library changes. */
const MOST_KEPT = 16;

function once<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const value = known.get(key) ?? make();
  if (known.size >= MOST_KEPT) known.clear();
  known.set(key, value);
  return value;
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
