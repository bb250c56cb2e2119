import * as z from 'zod/mini';
import { FIND_ORDERS } from '../src/core/model/api/find.ts';
import type { PatternId } from '../src/core/model/pattern.ts';
import { FILTER } from '../src/protocol/filterSchema.ts';
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

const count = z.catch(z.number().check(z.nonnegative()), 0);
const texts = z.readonly(z.array(z.string()));

const LOOK: z.ZodMiniType<Look> = z.catch(
  z.object({
    text: z.catch(z.string(), FIRST_LOOK.text),
    chosenOrder: orNone(z.enum(FIND_ORDERS)),
    state: z.catch(z.enum(['live', 'quarantined']), FIRST_LOOK.state),
    filters: z.catch(FILTER, FIRST_LOOK.filters),
    scope: z.catch(z.enum(['workspace', 'all']), FIRST_LOOK.scope),
  }),
  FIRST_LOOK,
);

const FORGOTTEN: z.ZodMiniType<Forgotten> = z.object({
  ids: z.readonly(z.array(z.string()).check(z.minLength(1))),
  count: z.int().check(z.positive()),
  name: orNone(z.string()),
  atMs: z.number(),
});

const SAVED: z.ZodMiniType<SavedState> = z.catch(
  z.object({
    look: LOOK,
    scrollTop: count,
    active: count,
    filtersOpen: z.catch(z.boolean(), false),
    trail: z.catch(texts, []),
    forgotten: orNone(FORGOTTEN),
  }),
  FIRST_STATE,
);

/** What is missing or odd is not there. */
function orNone<Value>(schema: z.ZodMiniType<Value>): z.ZodMiniType<Value | undefined> {
  return z.catch(z.union([schema, z.undefined()]), undefined);
}

/** Reads what an earlier document saved, perhaps of another version: what is odd is left out. */
export function parseSavedState(saved: unknown, nowMs: number): SavedState {
  const { forgotten, ...state } = z.parse(SAVED, saved);
  const isRecent = forgotten !== undefined && Math.abs(nowMs - forgotten.atMs) < UNDO_LIFE_MS;
  return { ...state, forgotten: isRecent ? { ...forgotten, name: forgotten.name } : undefined };
}
