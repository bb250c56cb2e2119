import type { Blank } from './blank.ts';

/** What one expression finds and which part of it the grammar is not shown. */
export interface Rule {
  /** With the flag `d`: its group `off`, or all of it where it has none, is blanked. */
  readonly pattern: RegExp;
  readonly instead?: string;
  /** Written as any other name of the length, for a keyword that is a name here. */
  readonly isName?: true;
  readonly role?: NonNullable<Blank['role']>;
  readonly unless?: (found: RegExpExecArray) => boolean;
}

/** Stretches that rules find in a text. */
export function blanksOf(text: string, rules: readonly Rule[]): readonly Blank[] {
  const blanks: Blank[] = [];
  for (const { pattern, unless, isName, ...how } of rules) {
    for (const found of text.matchAll(pattern)) {
      if (unless?.(found) === true) continue;
      const [startIndex, endIndex] = found.indices?.groups?.['off'] ?? found.indices?.[0] ?? [0, 0];
      const name = isName === true ? { instead: 'n'.repeat(endIndex - startIndex) } : {};
      blanks.push({ startIndex, endIndex, ...how, ...name });
    }
  }
  return blanks;
}

/** Index behind the bracket that closes the one at `index`; -1 where that is too far away. */
export function endOfBrackets(text: string, index: number): number {
  let depth = 0;
  const stop = Math.min(text.length, index + MAX_BRACKETS);
  for (let at = index; at < stop; at += 1) {
    const character = text.charAt(at);
    if (character === '(' || character === '[' || character === '{') depth += 1;
    else if (character === ')' || character === ']' || character === '}') {
      depth -= 1;
      if (depth <= 0) return depth === 0 ? at + 1 : -1;
    }
  }
  return -1;
}

/** Arguments of a macro or an attribute are short. */
const MAX_BRACKETS = 1_000;

/** By the index of each brace that opens, that of the one that closes it. */
export function closingBraces(bare: string): ReadonlyMap<number, number> {
  const closing = new Map<number, number>();
  const open: number[] = [];
  for (const { 0: brace, index } of bare.matchAll(/[{}]/g)) {
    if (brace === '{') open.push(index);
    else {
      const opening = open.pop();
      if (opening !== undefined) closing.set(opening, index);
    }
  }
  return closing;
}
