const LOWER = 'abcdefghijklmnopqrstuvwxyz';

export const ALPHABETS = {
  lower: LOWER,
  upper: LOWER.toUpperCase(),
  digits: '0123456789',
  hex: '0123456789abcdef',
  base32: `${LOWER.toUpperCase()}234567`,
  alphanumeric: LOWER + LOWER.toUpperCase() + '0123456789',
  base36: `${LOWER}0123456789`,
  base64: `${LOWER}${LOWER.toUpperCase()}0123456789+/`,
  urlSafe: `${LOWER}${LOWER.toUpperCase()}0123456789-_`,
} as const;

/** Draws a string of that length. */
export type Draw = (length: number, alphabet?: string) => string;

/** A number from 0 up to, but not including, 1. Mulberry32, so that a failing draw comes again. */
export function createChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function createDraw(seed: number): Draw {
  const next = createChance(seed);
  return (length, alphabet = ALPHABETS.alphanumeric) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
}
