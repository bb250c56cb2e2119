import { diffFile } from '../platform/text/patch.ts';
import { quoteName } from './fence.ts';

/** Of each side; a change of more is read in its commit. */
const MOST_LINES = 2;
/** Of a line, in characters. */
const LONGEST = 110;

/** A change of a line or two in a sentence; empty for a larger one and for what adds all its code. */
export function shortChange(before: string, after: string): string {
  if (before === '') return '';
  const lines = diffFile('', before, after)?.hunks.flatMap((hunk) => hunk.lines) ?? [];
  const removed = telling(lines, '-');
  const added = telling(lines, '+');
  const all = [...removed, ...added];
  const isShort = removed.length <= MOST_LINES && added.length <= MOST_LINES;
  if (all.length === 0 || !isShort || all.some(({ length }) => length > LONGEST)) return '';
  if (removed.length === 0) return `It added ${quoted(added)}.`;
  if (added.length === 0) return `It took out ${quoted(removed)}.`;
  return `It was ${quoted(removed)} and is ${quoted(added)}.`;
}

const COMMENT = /^(?:\/\/|\/\*|\*|--|#(?:\s|$))/;

/** Lines that were put in or taken out, but for comments and what only closes a block. */
function telling(lines: readonly string[], sign: '-' | '+'): readonly string[] {
  return lines
    .filter((line) => line.startsWith(sign))
    .map((line) => line.slice(1).trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line) && line !== 'end' && !COMMENT.test(line));
}

function quoted(lines: readonly string[]): string {
  return [...new Set(lines)].map(quoteName).join(', ');
}
