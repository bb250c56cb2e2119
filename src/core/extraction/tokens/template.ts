import type { Tokens } from './tokens.ts';

/** Numbers names and literals in order of appearance; equal texts get equal numbers. */
export interface Numbering {
  metavariableOf(text: string): string;
}

export function createNumbering(): Numbering {
  const numbered = new Map<string, string>();
  return {
    metavariableOf(text) {
      let metavariable = numbered.get(text);
      if (metavariable === undefined) {
        metavariable = `$${numbered.size + 1}`;
        numbered.set(text, metavariable);
      }
      return metavariable;
    },
  };
}

/** Leaves every name and literal as it is written. */
export const AS_WRITTEN: Numbering = { metavariableOf: (text) => text };

const CLOSERS: ReadonlySet<string> = new Set(['}', ')', ']', ';', 'end']);

/** Whether the tokens from position `from` to before `to` hold a single line, or nothing. */
export function isOneLine(tokens: Tokens, from: number, to: number): boolean {
  let lines = 0;
  for (let at = from; at < to && lines < 2; at += 1) {
    if (tokens.gaps[at] === 'line' && !CLOSERS.has(tokens.texts[at] ?? '')) lines += 1;
  }
  return lines < 2;
}

/** Writes the tokens from position `from` to before `to`, names and literals replaced. */
export function renderTemplate(
  tokens: Tokens,
  from: number,
  to: number,
  numbering: Numbering,
): string {
  const base = tokens.levels[from] ?? 0;
  let template = '';
  for (let at = from; at < to; at += 1) {
    if (at > from) {
      const gap = tokens.gaps[at];
      if (gap === 'space') template += ' ';
      else if (gap === 'line') template += newLine((tokens.levels[at] ?? 0) - base);
    }
    const text = tokens.texts[at] ?? '';
    template += tokens.kinds[at] === 'fixed' ? text : numbering.metavariableOf(text);
  }
  return template;
}

/** Deeper lines are indented no further, so that no template outgrows its code by much. */
const NEW_LINES = Array.from({ length: 12 }, (_, level) => `\n${'  '.repeat(level)}`);

function newLine(level: number): string {
  return NEW_LINES[Math.min(Math.max(level, 0), NEW_LINES.length - 1)] ?? '\n';
}
