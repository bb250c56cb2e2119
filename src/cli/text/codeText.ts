import type { Pattern } from '../../core/model/pattern.ts';
import type { Terminal } from '../command.ts';
import { countOf } from './format.ts';
import type { DiffLine } from './lineDiff.ts';
import { padStart } from './width.ts';

export interface CodeView {
  /** Lines of code shown at most. */
  readonly maxLines: number;
  /** Unchanged lines shown around each change. */
  readonly contextLines: number;
}

/** Columns of one tab. */
const TAB = '    ';

/** A pattern's code with line numbers, or its change as a diff; what is left out is counted. */
export async function formatCode(
  pattern: Pattern,
  view: CodeView,
  terminal: Terminal,
): Promise<readonly string[]> {
  const lines =
    'code' in pattern
      ? await numberLines(
          pattern.code,
          {
            language: pattern.language,
            first: (pattern.provenance.range?.start.line ?? 0) + 1,
          },
          terminal,
        )
      : await formatChange(pattern.before, pattern.after, { pattern, view, terminal });
  const hidden = lines.length - view.maxLines;
  // One line more takes no more room than saying that there is one.
  if (hidden <= 1) return lines;
  const more = `… ${countOf(hidden, 'more line')}: show ${pattern.id}`;
  return [...lines.slice(0, view.maxLines), terminal.style.faint(`    ${more}`)];
}

/** Lines of code behind their numbers, of which `first` is that of the first. */
export async function numberLines(
  code: string,
  { language, first }: { readonly language: string | null; readonly first: number },
  { style }: Terminal,
): Promise<readonly string[]> {
  const { highlightLines } = await import('./highlight.ts');
  const lines = highlightLines(toSpaces(code), language, style);
  const width = Math.max(3, String(first + lines.length - 1).length);
  return lines.map((line, at) =>
    `${style.faint(`${padStart(String(first + at), width)} │`)} ${line}`.trimEnd(),
  );
}

async function formatChange(
  before: string,
  after: string,
  how: { readonly pattern: Pattern; readonly view: CodeView; readonly terminal: Terminal },
): Promise<readonly string[]> {
  const { style } = how.terminal;
  if (before === '') {
    const { highlightLines } = await import('./highlight.ts');
    const lines = highlightLines(toSpaces(after), how.pattern.language, style);
    return lines.map((line) => `  ${style.good('+')} ${line}`.trimEnd());
  }
  const { diffLines } = await import('./lineDiff.ts');
  return diffLines(before, after, how.view.contextLines).map((line) =>
    paintDiffLine(line, how.terminal),
  );
}

function paintDiffLine({ mark, text }: DiffLine, { style }: Terminal): string {
  if (mark === 'gap') return style.faint('  ⋯');
  const line = `  ${mark} ${toSpaces(text)}`.trimEnd();
  if (mark === '+') return style.good(line);
  return mark === '-' ? style.bad(line) : line;
}

function toSpaces(code: string): string {
  return code.replaceAll('\t', TAB);
}
