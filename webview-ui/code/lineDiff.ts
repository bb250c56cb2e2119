import { diffLines } from 'diff';

export interface DiffLine {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
  /** Line of the text before and of the text after, counting from 1. */
  readonly before: number | undefined;
  readonly after: number | undefined;
}

/** Lines that did not change, left out between two changes. */
export interface Fold {
  readonly kind: 'fold';
  readonly count: number;
}

const CONTEXT_LINES = 3;

/** Both texts as one column, with what was removed above what was added. */
export function diffTexts(before: string, after: string): readonly DiffLine[] {
  const lines: DiffLine[] = [];
  let [beforeLine, afterLine] = [0, 0];
  for (const part of diffLines(endLine(before), endLine(after))) {
    const kind = part.added ? 'added' : part.removed ? 'removed' : 'kept';
    for (const text of part.value.replace(/\n$/, '').split('\n')) {
      if (kind !== 'added') beforeLine += 1;
      if (kind !== 'removed') afterLine += 1;
      lines.push({
        kind,
        text,
        before: kind === 'added' ? undefined : beforeLine,
        after: kind === 'removed' ? undefined : afterLine,
      });
    }
  }
  return lines;
}

/** Leaves out what is far from any change; a single line is never worth leaving out. */
export function foldContext(lines: readonly DiffLine[]): readonly (DiffLine | Fold)[] {
  const near = new Set<number>();
  for (const [index, { kind }] of lines.entries()) {
    if (kind === 'kept') continue;
    for (let at = index - CONTEXT_LINES; at <= index + CONTEXT_LINES; at += 1) near.add(at);
  }
  const folded: (DiffLine | Fold)[] = [];
  for (let start = 0; start < lines.length; start += 1) {
    let end = start;
    while (end < lines.length && !near.has(end)) end += 1;
    if (end - start > 1) {
      folded.push({ kind: 'fold', count: end - start });
      start = end - 1;
    } else {
      folded.push(...lines.slice(start, start + 1));
    }
  }
  return folded;
}

function endLine(text: string): string {
  const unix = text.replaceAll('\r\n', '\n');
  return unix === '' || unix.endsWith('\n') ? unix : `${unix}\n`;
}
