import type { PatternId, Rating } from '../../src/core/model/pattern.ts';

/** What went out of sight and can be had back at one key. */
export interface Undoable {
  /** Of what was forgotten, with those of variants, which are forgotten along. */
  readonly forgotten: readonly PatternId[];
  /** What was rated down, and how it was rated before, the latest last. */
  readonly ratedDown: readonly RatedDown[];
  /** Patterns as a person counts them. */
  readonly count: number;
  /** Of the pattern or pack; `undefined` where it was more than one of them. */
  readonly name: string | undefined;
  /** When the last of it went, since 1970 in UTC. */
  readonly atMs: number;
}

export interface RatedDown {
  readonly id: PatternId;
  readonly before: Rating | null;
}

/** What goes while something can still be undone is undone along with it. */
export function joinUndoable(known: Undoable | undefined, more: Undoable): Undoable {
  if (known === undefined) return more;
  return {
    forgotten: [...known.forgotten, ...more.forgotten],
    ratedDown: [...known.ratedDown, ...more.ratedDown],
    count: known.count + more.count,
    name: undefined,
    atMs: Math.max(known.atMs, more.atMs),
  };
}

/** What is rated anew is not what it would be undone to any more. */
export function withoutRating(known: Undoable | undefined, id: PatternId): Undoable | undefined {
  const ratedDown = known?.ratedDown.filter((one) => one.id !== id);
  if (known === undefined || ratedDown?.length === known.ratedDown.length) return known;
  const count = known.count - 1;
  return count === 0 ? undefined : { ...known, ratedDown: ratedDown ?? [], count };
}
