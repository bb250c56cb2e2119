import type { Language } from '../../core/model/code.ts';
import type { Pattern } from '../../core/model/pattern.ts';
import { endOfToken, skipBlank } from './codeReading.ts';
import type { Hole } from './hole.ts';

interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Fixed tokens after a hole by which its end is known. */
const MOST_COMPARED = 8;

/**
 * Finds what an idiom leaves open in its example. A hole may hold any number of tokens: it ends where
 * what follows it in the template follows in the code, with its brackets closed.
 *
 * @param text the example, however it is indented
 */
export function findIdiomHoles({ language, template }: Pattern, text: string): readonly Hole[] {
  const parts = tokensOf(template, language, true);
  const tokens = tokensOf(text, language, false);
  const stops = new Map<string, number>();
  const holes: Hole[] = [];
  let at = 0;
  for (const [index, { text: part }] of parts.entries()) {
    const end = isHole(part)
      ? endOfHole(tokens, at, fixedStart(parts.slice(index + 1, index + 1 + MOST_COMPARED)))
      : endOfFixed(tokens, at, part);
    if (end === undefined) return [];
    if (isHole(part)) {
      const stop = stops.get(part) ?? stops.size + 1;
      stops.set(part, stop);
      holes.push({ ...spanOf(tokens, at, end), stop });
    }
    at = end;
  }
  return at === tokens.length ? holes : [];
}

function endOfFixed(tokens: readonly Token[], at: number, part: string): number | undefined {
  return tokens[at]?.text === part ? at + 1 : undefined;
}

/** A hole that holds nothing stands behind the token before it. */
function spanOf(tokens: readonly Token[], from: number, to: number): Omit<Hole, 'stop'> {
  const before = tokens[from - 1]?.end ?? 0;
  if (from === to) return { start: before, end: before };
  return { start: tokens[from]?.start ?? before, end: tokens[to - 1]?.end ?? before };
}

function tokensOf(text: string, language: Language | null, isTemplate: boolean): readonly Token[] {
  const tokens: Token[] = [];
  let at = skipBlank(text, 0, language);
  while (at < text.length) {
    const hole = isTemplate ? /^\$\d+/.exec(text.slice(at, at + 12))?.[0] : undefined;
    const end = hole === undefined ? (endOfToken(text, at, language) ?? at + 1) : at + hole.length;
    tokens.push({ text: text.slice(at, end), start: at, end });
    at = skipBlank(text, end, language);
  }
  return tokens;
}

function isHole(part: string): boolean {
  return /^\$\d+$/.test(part);
}

/** The fixed tokens before the next hole. */
function fixedStart(parts: readonly Token[]): readonly string[] {
  const next = parts.findIndex(({ text }) => isHole(text));
  return (next === -1 ? parts : parts.slice(0, next)).map(({ text }) => text);
}

/** How much deeper in brackets one is behind a token. */
const DEPTH: Readonly<Record<string, number>> = {
  '(': 1,
  '[': 1,
  '{': 1,
  ')': -1,
  ']': -1,
  '}': -1,
};

function endOfHole(
  tokens: readonly Token[],
  start: number,
  after: readonly string[],
): number | undefined {
  const follows = (at: number): boolean =>
    after.length === 0
      ? at === tokens.length
      : after.every((text, offset) => tokens[at + offset]?.text === text);
  let depth = 0;
  for (let at = start; at <= tokens.length; at += 1) {
    if (depth === 0 && follows(at)) return at;
    depth += DEPTH[tokens[at]?.text ?? ''] ?? 0;
  }
  return undefined;
}
