import type { Hole } from './hole.ts';

/**
 * The text as a snippet whose tab stops are the holes; equal holes are one stop. Accepted as it is,
 * it leaves exactly the text.
 *
 * @param holes in order, not overlapping
 */
export function toSnippet(text: string, holes: readonly Hole[]): string {
  let snippet = '';
  let at = 0;
  for (const { start, end, stop } of holes) {
    snippet += escape(text.slice(at, start));
    snippet += `\${${stop}:${escape(text.slice(start, end))}}`;
    at = end;
  }
  return `${snippet}${escape(text.slice(at))}$0`;
}

/** `}` means something inside of a placeholder only, and may be escaped everywhere. */
function escape(text: string): string {
  return text.replace(/[\\$}]/g, '\\$&');
}
