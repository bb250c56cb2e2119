import type { FindOrder, Found, Tab } from '../../src/core/model/api/find.ts';
import type { PatternFilter } from '../../src/core/model/filter.ts';
import type { PatternRow } from '../../src/core/model/patternRow.ts';
import type { PatternId } from '../../src/core/model/pattern.ts';
import type { FailureText, ListPage, ListQuery } from '../../src/protocol/browser.ts';
import { layOut } from './layout.ts';
import type { Layout } from './layout.ts';
import type { RowSpan } from './rowWindow.ts';

/** Orders of what is listed without a text. */
export const BROWSING_ORDERS = ['value', 'support', 'success', 'newest'] as const;
export type BrowsingOrder = (typeof BROWSING_ORDERS)[number];

/** What a person asked the list for. */
export interface Look {
  readonly text: string;
  /** Of what is listed without a text; answers to one come by relevance. */
  readonly order: BrowsingOrder;
  readonly tab: Tab;
  readonly state: ListQuery['state'];
  readonly filters: PatternFilter;
  readonly scope: ListQuery['scope'];
  /** Whether what hardly matches the text is listed as well. */
  readonly weaker: boolean;
}

export interface ListState {
  readonly look: Look;
  /** Nobody typed for a while: there is time to look in the sources for a name. */
  readonly settled: boolean;
  /** Whether `page` and `rows` still answer an older look. */
  readonly stale: boolean;
  /** The latest answer; its rows are in `rows`. `undefined` until the first one. */
  readonly page: Omit<ListPage, 'rows'> | undefined;
  /** By their place in the whole list. */
  readonly rows: ReadonlyMap<number, Found>;
  /** Whether rows of different projects came. */
  readonly mixed: boolean;
  /** Row that holds the focus when the list has it. */
  readonly active: number;
  readonly failure: FailureText | undefined;
}

export const FIRST_LOOK: Look = {
  text: '',
  order: 'value',
  tab: 'reuse',
  state: 'live',
  filters: {},
  scope: 'workspace',
  weaker: false,
};

export function createListState(look: Look, active: number): ListState {
  return {
    ...{ look, active, settled: false, stale: true, page: undefined },
    ...{ rows: new Map(), mixed: false, failure: undefined },
  };
}

export function orderOf({ text, order }: Look): FindOrder {
  return text.trim() === '' ? order : 'relevance';
}

/** Where the rows stand, in their groups if they have any. */
export function layoutOf({ page }: ListState): Layout {
  return layOut(page?.total ?? 0, page?.groups ?? []);
}

export function toListQuery(
  { look, settled }: Pick<ListState, 'look' | 'settled'>,
  { start, end }: RowSpan,
  facets: boolean,
): ListQuery {
  return {
    text: look.text.trim(),
    order: orderOf(look),
    tab: look.tab,
    state: look.state,
    filters: look.filters,
    scope: look.scope,
    weaker: look.weaker,
    facets,
    offset: start,
    limit: end - start,
    ...(settled && { seeksName: true }),
  };
}

export function withLook(state: ListState, change: Partial<Look>): ListState {
  // A new text may well have good matches.
  const weaker = change.text === undefined && state.look.weaker;
  const look = { ...state.look, weaker, ...change };
  // What waits and what is live are two lists: that one is empty says nothing of the other.
  const isOther = look.state !== state.look.state && state.page?.total === 0;
  return {
    ...state,
    ...(isOther && { page: undefined }),
    look,
    settled: false,
    stale: true,
    active: 0,
  };
}

/** Begins again, with a filter or without one; where one looks, and the order, stay chosen. */
export function freshLook({ scope, tab, order }: Look, filters: PatternFilter = {}): Look {
  return { ...FIRST_LOOK, scope, tab, order, filters };
}

/** Whether a name may be meant that stands in the sources of the workspace. */
export function mayName({ text, scope, state }: Look): boolean {
  return /^\S{3,}$/.test(text.trim()) && scope === 'workspace' && state === 'live';
}

/** Whether rows come from different projects, which are named then. */
export function namesProjects({ page, look, mixed }: ListState): boolean {
  if (page === undefined || look.filters.project?.any?.length === 1) return false;
  const isOfOne = page.scope?.widened === false && page.scope.projects.length < 2;
  return mixed && !isOfOne;
}

/**
 * Takes in an answer; the first one to a new look replaces all rows.
 *
 * @param hasFacets whether they were asked for; otherwise those at hand stay
 */
export function withPage(
  state: ListState,
  offset: number,
  answer: ListPage,
  hasFacets = true,
): ListState {
  const { rows, ...rest } = answer;
  const page = { ...rest, facets: hasFacets ? rest.facets : (state.page?.facets ?? rest.facets) };
  const known = state.stale ? new Map<number, Found>() : new Map(state.rows);
  for (const [index, row] of rows.entries()) known.set(offset + index, row);
  const active = state.stale ? followRow(state, known) : state.active;
  return {
    ...state,
    stale: false,
    page,
    rows: known,
    mixed: areMixed(state, known),
    active: Math.max(0, Math.min(active, page.total - 1)),
    failure: undefined,
  };
}

function areMixed({ stale, mixed }: ListState, rows: ReadonlyMap<number, Found>): boolean {
  if (mixed && !stale) return true;
  return new Set([...rows.values()].map(({ projects }) => projects.join('\n'))).size > 1;
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
  const known = at === undefined ? undefined : state.rows.get(at);
  if (at === undefined || known === undefined) return state;
  return { ...state, rows: new Map(state.rows).set(at, { ...known, ...row }) };
}

/** Takes patterns out of the list; those behind move up. */
export function withoutRows(state: ListState, ids: readonly PatternId[]): ListState {
  const gone = new Set(ids);
  const rows = new Map<number, Found>();
  const removed = new Map<string | undefined, number>();
  let count = 0;
  for (const [at, row] of [...state.rows].sort(([one], [other]) => one - other)) {
    if (gone.has(row.id)) {
      count += 1;
      removed.set(row.group, (removed.get(row.group) ?? 0) + 1);
    } else {
      rows.set(at - count, row);
    }
  }
  if (count === 0 || state.page === undefined) return state;
  const total = Math.max(0, state.page.total - count);
  const groups = state.page.groups
    .map((group) => ({ ...group, count: group.count - (removed.get(group.value) ?? 0) }))
    .filter((group) => group.count > 0);
  return {
    ...state,
    rows,
    page: { ...state.page, total, groups },
    active: Math.max(0, Math.min(state.active, total - 1)),
  };
}

export function placeOf(state: ListState, id: PatternId): number | undefined {
  for (const [at, row] of state.rows) if (row.id === id) return at;
  return undefined;
}

/** Where the active pattern went, if it is among the rows that came. */
function followRow(state: ListState, known: ReadonlyMap<number, Found>): number {
  const id = state.rows.get(state.active)?.id;
  if (id === undefined) return state.active;
  for (const [at, row] of known) if (row.id === id) return at;
  return state.active;
}
