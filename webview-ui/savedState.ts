import * as z from 'zod/mini';
import { TABS } from '../src/core/model/api/find.ts';
import type { PatternId, Rating } from '../src/core/model/pattern.ts';
import { FILTER } from '../src/protocol/filterSchema.ts';
import { BROWSING_ORDERS, FIRST_LOOK } from './list/listState.ts';
import type { Look } from './list/listState.ts';
import type { RatedDown, Undoable } from './undo/undoable.ts';

/** Somebody who comes back to the page later than this does not mean to undo. */
const UNDO_LIFE_MS = 10 * 60_000;

/** What outlives the document of the view. */
export interface SavedState {
  readonly look: Look;
  readonly scrollTop: number;
  readonly active: number;
  readonly filtersOpen: boolean;
  /** The chosen pattern and what was opened from its details, the one on top last. */
  readonly trail: readonly PatternId[];
  readonly detailsOpen: boolean;
  /** What could be undone when the page was hidden. */
  readonly undoable: Undoable | undefined;
}

export const FIRST_STATE: SavedState = {
  look: FIRST_LOOK,
  scrollTop: 0,
  active: 0,
  filtersOpen: false,
  trail: [],
  detailsOpen: false,
  undoable: undefined,
};

const count = z.catch(z.number().check(z.nonnegative()), 0);
const texts = z.readonly(z.array(z.string()));

const LOOK: z.ZodMiniType<Look> = z.catch(
  z.object({
    text: z.catch(z.string(), FIRST_LOOK.text),
    order: z.catch(z.enum(BROWSING_ORDERS), FIRST_LOOK.order),
    tab: z.catch(z.enum(TABS), FIRST_LOOK.tab),
    state: z.catch(z.enum(['live', 'quarantined']), FIRST_LOOK.state),
    filters: z.catch(FILTER, FIRST_LOOK.filters),
    scope: z.catch(z.enum(['workspace', 'all']), FIRST_LOOK.scope),
    weaker: z.catch(z.boolean(), FIRST_LOOK.weaker),
  }),
  FIRST_LOOK,
);

const id = z.string().check(z.minLength(1));
const rating: z.ZodMiniType<Rating> = z.literal([1, 2, 3, 4, 5]);
const RATED_DOWN: z.ZodMiniType<RatedDown> = z.object({ id, before: z.nullable(rating) });

const UNDOABLE: z.ZodMiniType<Undoable> = z.object({
  forgotten: z.readonly(z.array(id)),
  ratedDown: z.readonly(z.array(RATED_DOWN)),
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
    detailsOpen: z.catch(z.boolean(), false),
    undoable: orNone(UNDOABLE),
  }),
  FIRST_STATE,
);

/** What is missing or odd is not there. */
function orNone<Value>(schema: z.ZodMiniType<Value>): z.ZodMiniType<Value | undefined> {
  return z.catch(z.union([schema, z.undefined()]), undefined);
}

/** Reads what an earlier document saved, perhaps of another version: what is odd is left out. */
export function parseSavedState(saved: unknown, nowMs: number): SavedState {
  const { undoable, ...state } = z.parse(SAVED, saved);
  const isRecent = undoable !== undefined && Math.abs(nowMs - undoable.atMs) < UNDO_LIFE_MS;
  return { ...state, undoable: isRecent ? { ...undoable, name: undoable.name } : undefined };
}
