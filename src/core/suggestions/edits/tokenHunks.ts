import type { TokenFile } from '../../model/suggestions/edit.ts';
import { changesBetween } from './replacements.ts';

/** Tokens of one version of a text that others took the place of. */
export interface TokenHunk {
  /** Positions of tokens before; `to` is exclusive, and equal to `from` where something is added. */
  readonly from: number;
  readonly to: number;
  readonly newFrom: number;
  readonly newTo: number;
}

/** A function that changed more was written anew. */
const MOST_CHANGED_TOKENS = 200;
/** What is nearer together is one change. */
const FEWEST_BETWEEN = 2;

/**
 * What changed between two versions, comments and layout aside; nothing where that is too much. In
 * Python the indentation of a line is code.
 */
export function hunksBetween(before: TokenFile, after: TokenFile): readonly TokenHunk[] {
  const textsOf = (file: TokenFile): readonly string[] =>
    /\.pyi?$/.test(file.path)
      ? file.tokens.map(({ text }, at) => (lineStartOf(file, at) ?? '') + text)
      : file.tokens.map(({ text }) => text);
  const changes = changesBetween(textsOf(before), textsOf(after), MOST_CHANGED_TOKENS);
  const hunks: TokenHunk[] = [];
  let at = 0;
  let newAt = 0;
  for (const { added, removed, count } of changes) {
    if (added || removed) {
      const hunk = {
        ...{ from: at, to: removed ? at + count : at },
        ...{ newFrom: newAt, newTo: added ? newAt + count : newAt },
      };
      const last = hunks.at(-1);
      const isNear = last !== undefined && hunk.from - last.to < FEWEST_BETWEEN;
      if (isNear) hunks[hunks.length - 1] = { ...hunk, from: last.from, newFrom: last.newFrom };
      else hunks.push(hunk);
    }
    if (!added) at += count;
    if (!removed) newAt += count;
  }
  return hunks;
}

/** The indentation of a token that is the first of its line; `undefined` for others. */
export function lineStartOf({ text, tokens }: TokenFile, at: number): string | undefined {
  const start = tokens[at]?.start ?? text.length;
  const before = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^[ \t]*$/.test(before) ? before : undefined;
}
