import type { PatternId } from '../src/core/model/pattern.ts';

/** What was forgotten and can be had back at one key. */
export interface Forgotten {
  /** With those of variants, which are forgotten along. */
  readonly ids: readonly PatternId[];
  /** Patterns as a person counts them. */
  readonly count: number;
  /** Of the pattern or pack; `undefined` where it was more than one of them. */
  readonly name: string | undefined;
  /** When it was forgotten last, since 1970 in UTC. */
  readonly atMs: number;
}

/** What is forgotten while something can still be undone is undone along with it. */
export function joinForgotten(known: Forgotten | undefined, more: Forgotten): Forgotten {
  if (known === undefined) return more;
  return {
    ids: [...known.ids, ...more.ids],
    count: known.count + more.count,
    name: undefined,
    atMs: Math.max(known.atMs, more.atMs),
  };
}
