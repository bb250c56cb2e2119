import type { Context } from './command.ts';
import type { Input } from './input.ts';

export const EMBED_OPTION = {
  flags: '--no-embed',
  summary: 'skip the semantic index for now; search uses words only',
};

/** What a command that kept or accepted something says of its meaning. */
export interface MeaningDocument {
  /** Patterns that got a vector. */
  readonly embedded: number;
  readonly notes: readonly string[];
}

/** Waits until what was just kept or accepted is found by its meaning, unless told not to. */
export async function embed(input: Input, ctx: Context): Promise<MeaningDocument> {
  if (input.options['embed'] === false) return { embedded: 0, notes: [] };
  const engine = await ctx.engine();
  const { embedded, notes } = await ctx.watched((watch) => engine.jobs.embed({}, watch));
  return { embedded, notes: notes.map(({ text }) => text) };
}
