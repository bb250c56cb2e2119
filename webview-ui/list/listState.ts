import type { FindOrder, FindPage } from '../../src/core/model/api/find.ts';
import type { PatternFilter } from '../../src/core/model/filter.ts';
import type { PatternRow } from '../../src/core/model/patternRow.ts';
import type { PatternId } from '../../src/core/model/pattern.ts';
import type { ListQuery, FailureText } from '../../src/protocol/browser.ts';
import type { RowSpan } from './rowWindow.ts';

/** What a person asked the list for. */
export interface Look {
  readonly text: string;
  /** Relevance for a text and value without one, as long as nothing was chosen. */
  readonly chosenOrder: FindOrder | undefined;
  readonly state: ListQuery['state'];
  readonly filters: PatternFilter;
  readonly scope: ListQuery['scope'];
}

export interface ListState {
  readonly look: Look;
  /** Whether `page` and `rows` still answer an older look. */
  readonly stale: boolean;
  /** The latest answer; its rows are in `rows`. `undefined` until the first one. */
  readonly page: Omit<FindPage, 'rows'> | undefined;
  /** By their place in the whole list. */
  readonly rows: ReadonlyMap<number, PatternRow>;
  /** Row that holds the focus when the list has it. */
  readonly active: number;
  readonly failure: FailureText | undefined;
}

export const FIRST_LOOK: Look = {
  text: '',
  chosenOrder: undefined,
  state: 'live',
  filters: {},
  scope: 'workspace',
};

export function createListState(look: Look, active: number): ListState {
  return { look, stale: true, page: undefined, rows: new Map(), active, failure: undefined };
}

export function orderOf({ text, chosenOrder }: Look): FindOrder {
  const byText = text.trim() !== '';
  if (chosenOrder === 'relevance' && !byText) return 'value';
  return chosenOrder ?? (byText ? 'relevance' : 'value');
}

export function toListQuery(look: Look, { start, end }: RowSpan): ListQuery {
  return {
    text: look.text.trim(),
    order: orderOf(look),
    state: look.state,
    filters: look.filters,
    scope: look.scope,
    offset: start,
    limit: end - start,
  };
}

export function withLook(state: ListState, change: Partial<Look>): ListState {
  const look = { ...state.look, ...change };
  // What waits and what is live are two lists: that one is empty says nothing of the other.
  const isOther = look.state !== state.look.state && state.page?.total === 0;
  return { ...state, ...(isOther && { page: undefined }), look, stale: true, active: 0 };
}

/** Begins again, with a filter or without one; where one looks stays chosen. */
export function freshLook({ scope }: Look, filters: PatternFilter = {}): Look {
  return { ...FIRST_LOOK, scope, filters };
}

/** Whether the rows may come from different projects, which are named then. */
export function namesProjects({ page, look }: ListState): boolean {
  if (page === undefined || look.filters.project?.any?.length === 1) return false;
  if (page.scope !== undefined && !page.scope.widened) return page.scope.projects.length > 1;
  return page.facets.project.length > 1;
}

/** Takes in an answer; the first one to a new look replaces all rows. */
export function withPage(state: ListState, offset: number, answer: FindPage): ListState {
  const { rows, ...page } = answer;
  const known = state.stale ? new Map<number, PatternRow>() : new Map(state.rows);
  for (const [index, row] of rows.entries()) known.set(offset + index, row);
  const active = state.stale ? followRow(state, known) : state.active;
  return {
    ...state,
    stale: false,
    page,
    rows: known,
    active: Math.max(0, Math.min(active, page.total - 1)),
    failure: undefined,
  };
}

/** The rows at hand may have changed; they stay until the answer comes. */
export function withDoubt(state: ListState): ListState {
  return { ...state, stale: true };
}

export function withFailure(state: ListState, failure: FailureText): ListState {
  return { ...state, failure };
}

/** Puts what is known of one pattern in its place. */
export function withRow(state: ListState, row: PatternRow): ListState {
  const at = placeOf(state, row.id);
  return at === undefined ? state : { ...state, rows: new Map(state.rows).set(at, row) };
}

/** Takes patterns out of the list; those behind move up. */
export function withoutRows(state: ListState, ids: readonly PatternId[]): ListState {
  const gone = new Set(ids);
  const rows = new Map<number, PatternRow>();
  let removed = 0;
  for (const [at, row] of [...state.rows].sort(([one], [other]) => one - other)) {
    if (gone.has(row.id)) removed += 1;
    else rows.set(at - removed, row);
  }
  if (removed === 0 || state.page === undefined) return state;
  const total = Math.max(0, state.page.total - removed);
  return {
    ...state,
    rows,
    page: { ...state.page, total },
    active: Math.max(0, Math.min(state.active, total - 1)),
  };
}

export function placeOf(state: ListState, id: PatternId): number | undefined {
  for (const [at, row] of state.rows) if (row.id === id) return at;
  return undefined;
}

/** Where the active pattern went, if it is among the rows that came. */
function followRow(state: ListState, known: ReadonlyMap<number, PatternRow>): number {
  const id = state.rows.get(state.active)?.id;
  if (id === undefined) return state.active;
  for (const [at, row] of known) if (row.id === id) return at;
  return state.active;
}
