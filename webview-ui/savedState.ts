import { FIND_ORDERS } from '../src/core/model/api/find.ts';
import { FACETS } from '../src/core/model/filter.ts';
import type { Facet } from '../src/core/model/filter.ts';
import type { PatternId } from '../src/core/model/pattern.ts';
import type { Filters } from '../src/protocol/browser.ts';
import type { Forgotten } from './forgotten.ts';
import { FIRST_LOOK } from './list/listState.ts';
import type { Look } from './list/listState.ts';

/** Somebody who comes back to the page later than this does not mean to undo. */
const UNDO_LIFE_MS = 10 * 60_000;

/** What outlives the document of the view. */
export interface SavedState {
  readonly look: Look;
  readonly scrollTop: number;
  readonly active: number;
  readonly filtersOpen: boolean;
  /** Opened patterns, the one on top last; empty while the list is shown. */
  readonly trail: readonly PatternId[];
  /** What could be undone when the page was hidden. */
  readonly forgotten: Forgotten | undefined;
}

export const FIRST_STATE: SavedState = {
  look: FIRST_LOOK,
  scrollTop: 0,
  active: 0,
  filtersOpen: false,
  trail: [],
  forgotten: undefined,
};

/** Reads what an earlier document saved, perhaps of another version: what is odd is left out. */
export function parseSavedState(saved: unknown, nowMs: number): SavedState {
  if (!isRecord(saved)) return FIRST_STATE;
  return {
    look: parseLook(saved['look']),
    scrollTop: parseCount(saved['scrollTop']),
    active: parseCount(saved['active']),
    filtersOpen: saved['filtersOpen'] === true,
    trail: parseTexts(saved['trail']),
    forgotten: parseForgotten(saved['forgotten'], nowMs),
  };
}

function parseLook(look: unknown): Look {
  if (!isRecord(look)) return FIRST_LOOK;
  return {
    text: isText(look['text']) ? look['text'] : '',
    chosenOrder: FIND_ORDERS.find((order) => order === look['chosenOrder']),
    state: look['state'] === 'quarantined' ? 'quarantined' : 'live',
    filters: parseFilters(look['filters']),
  };
}

function parseFilters(filters: unknown): Filters {
  if (!isRecord(filters)) return {};
  const texts: Partial<Record<Facet, string>> = {};
  for (const facet of FACETS) {
    const value = filters[facet];
    if (isText(value)) texts[facet] = value;
  }
  return texts;
}

function parseForgotten(forgotten: unknown, nowMs: number): Forgotten | undefined {
  if (!isRecord(forgotten)) return undefined;
  const { atMs } = forgotten;
  const ids = parseTexts(forgotten['ids']);
  const count = parseCount(forgotten['count']);
  const name = isText(forgotten['name']) ? forgotten['name'] : undefined;
  if (ids.length === 0 || count === 0 || typeof atMs !== 'number') return undefined;
  return Math.abs(nowMs - atMs) < UNDO_LIFE_MS ? { ids, count, name, atMs } : undefined;
}

function parseTexts(texts: unknown): readonly string[] {
  return Array.isArray(texts) ? texts.filter(isText) : [];
}

function parseCount(count: unknown): number {
  return typeof count === 'number' && Number.isFinite(count) ? Math.max(0, count) : 0;
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
