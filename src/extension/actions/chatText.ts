import type { Pattern, Provenance } from '../../core/model/pattern.ts';

/** Words of the text around a pattern, in the reader's language. */
export interface ChatWords {
  /** Says that what is fenced is data. */
  readonly introduction: string;
  readonly before: string;
  readonly after: string;
}

/**
 * A pattern as part of a message to a language model: a line that says where it is from and that
 * it is no instruction, and its code in a fence that nothing in the code can close.
 */
export function toChatText(pattern: Pattern, words: ChatWords): string {
  const blocks =
    'code' in pattern
      ? [fence(pattern.code, pattern.language)]
      : [
          ...(pattern.before === '' ? [] : [words.before, fence(pattern.before, pattern.language)]),
          words.after,
          fence(pattern.after, pattern.language),
        ];
  return [words.introduction, originOf(pattern), ...blocks, ''].join('\n');
}

function originOf({ name, provenance, pack }: Pattern): string {
  const parts = [name, ...placeOf(provenance), ...(pack === null ? [] : [pack])];
  return `(${parts.map(quote).join(' · ')})`;
}

function placeOf({ projectName, path, range, commit }: Provenance): readonly string[] {
  const line = range === null ? '' : `:${range.start.line + 1}`;
  return [
    ...(projectName === null ? [] : [projectName]),
    ...(path === null ? [] : [`${path}${line}`]),
    ...(commit === null ? [] : [commit.slice(0, 12)]),
  ];
}

/** On one line and within a code span, so that it is read as a name and nothing else. */
function quote(text: string): string {
  return `\`${text.replace(/[`\s]+/g, ' ').trim()}\``;
}

function fence(code: string, language: string | null): string {
  const runs = code.match(/`+/g) ?? [];
  const marks = '`'.repeat(Math.max(3, ...runs.map((run) => run.length + 1)));
  return `${marks}${language ?? ''}\n${code}\n${marks}`;
}
