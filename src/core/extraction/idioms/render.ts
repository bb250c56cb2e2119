import type { CodeTree } from './codeTree.ts';
import type { Template, TemplatePart } from './antiUnify.ts';

/** Longer values say nothing more of what stands in a hole. */
const LONGEST_VALUE = 120;
const MOST_VALUES = 8;

export interface Rendered {
  /** The text of the example, indented as if it stood alone. */
  readonly code: string;
  /** The same with `$1`, `$2`… for its holes, and without comments. */
  readonly template: string;
}

/** Writes a template in the layout of its example. */
export function renderTemplate(
  { parts }: Template,
  { text }: CodeTree,
  span: { readonly start: number; readonly end: number },
): Rendered {
  let template = '';
  let at = span.start;
  for (const part of parts) {
    template += layout(text.slice(at, part.start)) + writePart(part);
    at = Math.max(at, part.end);
  }
  const indent = indentBefore(text, span.start);
  return {
    code: dedent(text.slice(span.start, span.end), indent),
    template: dedent(template, indent),
  };
}

function writePart(part: TemplatePart): string {
  return part.hole === undefined ? part.text : `$${String(part.hole + 1)}`;
}

/** White space as it is; what else stands between tokens is a comment. */
function layout(gap: string): string {
  if (gap.trim() === '') return gap;
  const lastLine = gap.lastIndexOf('\n');
  return lastLine === -1 ? ' ' : gap.slice(lastLine).replace(/\S.*$/, '');
}

function indentBefore(text: string, index: number): string {
  const lineStart = text.lastIndexOf('\n', index - 1) + 1;
  return /^[ \t]*/.exec(text.slice(lineStart, index))?.[0] ?? '';
}

function dedent(text: string, indent: string): string {
  return text
    .split('\n')
    .map((line, at) => (at > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}

export interface HoleValue {
  readonly text: string;
  /** Places that have it, of those that were looked at. */
  readonly count: number;
}

/** The most frequent first. */
export function countValues(values: readonly string[]): readonly HoleValue[] {
  const counts = new Map<string, number>();
  for (const value of values) {
    const text = value.length > LONGEST_VALUE ? `${value.slice(0, LONGEST_VALUE)}…` : value;
    counts.set(text, (counts.get(text) ?? 0) + 1);
  }
  return [...counts]
    .map(([text, count]) => ({ text, count }))
    .sort((a, b) => b.count - a.count || (a.text < b.text ? -1 : 1))
    .slice(0, MOST_VALUES);
}
