/** Longer texts are compared by their beginning. */
const MOST_TOKENS = 250;
const MOST_CHARACTERS = 160;

const TOKEN = /[\p{L}_$@][\p{L}\p{N}_$]*|\d[\w.]*|\S/gu;

/** Turns tokens into numbers, equal ones into the same, so that comparing them is cheap. */
export interface TokenNumbers {
  read(code: string): Uint32Array;
}

export function createTokenNumbers(): TokenNumbers {
  const numbers = new Map<string, number>();
  return {
    read(code) {
      const found: number[] = [];
      for (const [token] of code.matchAll(TOKEN)) {
        let number = numbers.get(token);
        if (number === undefined) {
          number = numbers.size;
          numbers.set(token, number);
        }
        found.push(number);
        if (found.length === MOST_TOKENS) break;
      }
      return Uint32Array.from(found);
    },
  };
}

/** The characters of a text, for comparing short ones letter by letter. */
export function charactersOf(text: string): Uint32Array {
  const length = Math.min(text.length, MOST_CHARACTERS);
  const characters = new Uint32Array(length);
  for (let at = 0; at < length; at += 1) characters[at] = text.charCodeAt(at);
  return characters;
}

/** 1 for equal sequences, 0 for those without anything in common: one minus Levenshtein's share. */
export function likeness(one: Uint32Array, other: Uint32Array): number {
  const longer = Math.max(one.length, other.length);
  return longer === 0 ? 1 : 1 - distance(one, other) / longer;
}

/** Levenshtein's distance: Wagner and Fischer, with one row. */
function distance(one: Uint32Array, other: Uint32Array): number {
  const width = other.length;
  const row = new Uint16Array(width + 1);
  for (let at = 0; at <= width; at += 1) row[at] = at;
  for (let down = 0; down < one.length; down += 1) {
    const wanted = one[down];
    let diagonal = row[0] ?? 0;
    let left = down + 1;
    row[0] = left;
    for (let at = 0; at < width; at += 1) {
      const up = row[at + 1] ?? 0;
      const changed = wanted === other[at] ? diagonal : diagonal + 1;
      const moved = (up < left ? up : left) + 1;
      left = changed < moved ? changed : moved;
      row[at + 1] = left;
      diagonal = up;
    }
  }
  return row[width] ?? 0;
}
