import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import type { TypingPlace } from '../../model/suggestions/suggestion.ts';
import { headAbove } from './headAbove.ts';

/** The function somebody begins to write. */
export interface BegunFunction {
  readonly name: string;
  readonly head: string;
  readonly comment: string;
  /** What of it is there: its whole head, the start of one, or a comment alone. */
  readonly begun: 'head' | 'name' | 'comment';
  /** Of its first line, from 0. */
  readonly line: number;
  /** Indentation of its first line. */
  readonly indent: string;
}

const COMMENT_LINE = /^\s*(?:\/\/|\/?\*|#(?!\[|!|include|define|if|end)|--|""")/;
const MOST_COMMENT_LINES = 30;
/** A declaration whose brackets are not closed yet. */
const BEGUN_NAME =
  /^(?:(?:export|default|pub(?:\([a-z]+\))?|public|private|protected|internal|static|async|final|override|suspend|abstract) )*(?:function\*?|def|func|fn|fun) (?:\([^)]*\) ?)?([\w$.?!]{2,})[^{}:]*$/;

/** What function the cursor is about to fill; `undefined` where it stands elsewhere. */
export function begunFunction(place: TypingPlace): BegunFunction | undefined {
  const { before, typed } = place;
  const isBlank = typed.trim() === '';
  const lines = [...before, typed];
  const first = place.line - before.length;
  const open = headAbove(lines, languageOf(place.path));
  if (open !== undefined) {
    // Below a head that was left with a blank line something else is meant.
    if (isBlank && blankLinesAtEnd(lines) > 1) return undefined;
    return {
      name: open.name,
      head: open.head,
      comment: open.docstring === '' ? commentAbove(lines, open.line) : open.docstring,
      begun: 'head',
      line: first + open.line,
      indent: indentOf(lines[open.line] ?? ''),
    };
  }
  const name = BEGUN_NAME.exec(typed.trim().replace(/\s+/g, ' ').slice(0, 300))?.[1];
  const common = { line: place.line, indent: indentOf(typed) };
  if (name !== undefined) {
    const comment = commentAbove(lines, lines.length - 1);
    return { ...common, name, head: typed.trim(), comment, begun: 'name' };
  }
  const comment = isBlank ? commentAbove(lines, lines.length - 1) : '';
  return comment === '' ? undefined : { ...common, name: '', head: '', comment, begun: 'comment' };
}

/** The comment lines right above a line, decorators between them passed over. */
function commentAbove(lines: readonly string[], line: number): string {
  let start = line;
  while (start > 0 && /^\s*(?:@|#\[|\[)/.test(lines[start - 1] ?? '')) start -= 1;
  const end = start;
  while (
    start > 0 &&
    end - start < MOST_COMMENT_LINES &&
    COMMENT_LINE.test(lines[start - 1] ?? '')
  ) {
    start -= 1;
  }
  return lines.slice(start, end).join('\n');
}

function blankLinesAtEnd(lines: readonly string[]): number {
  let count = 0;
  while (count < lines.length && (lines[lines.length - 1 - count] ?? '').trim() === '') count += 1;
  return count;
}

export function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? '';
}
