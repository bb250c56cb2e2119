import { structuredPatch } from 'diff';

/** One line of a unified diff; `gap` stands for unchanged lines that are left out. */
export interface DiffLine {
  readonly mark: ' ' | '+' | '-' | 'gap';
  /** Without its line feed; of a gap, empty. */
  readonly text: string;
}

/**
 * The way from one text to another, line by line.
 *
 * @param contextLines unchanged lines to show around each change
 */
export function diffLines(
  before: string,
  after: string,
  contextLines: number,
): readonly DiffLine[] {
  const patch = structuredPatch('', '', ended(before), ended(after), '', '', {
    context: contextLines,
  });
  return patch.hunks.flatMap((hunk, at): readonly DiffLine[] => {
    const lines = hunk.lines
      .filter((line) => !line.startsWith('\\'))
      .map((line): DiffLine => ({ mark: toMark(line), text: line.slice(1) }));
    return at === 0 ? lines : [{ mark: 'gap', text: '' }, ...lines];
  });
}

function toMark(line: string): DiffLine['mark'] {
  if (line.startsWith('+')) return '+';
  return line.startsWith('-') ? '-' : ' ';
}

/** A last line without a line feed would count as changed. */
function ended(text: string): string {
  return text === '' || text.endsWith('\n') ? text : `${text}\n`;
}
