/** 32-bit FNV-1a of a text: the same on every machine, as ids follow from it. */
export function hashText(text: string): number {
  return hashStretch(text, 0, text.length);
}

/** The same of a part of a text, without making a text of it. */
export function hashStretch(text: string, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let index = start; index < end; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  }
  return hash | 0;
}

/** A hash of what was put together so far and of one thing more; order counts. */
export function mix(hash: number, value: number): number {
  let mixed = Math.imul(hash ^ value, 0x9e3779b1);
  mixed ^= mixed >>> 15;
  return Math.imul(mixed, 0x85ebca77) | 0;
}

/** Two hashes as one number of 53 bits, which two of a million things hardly share. */
export function joinHashes(high: number, low: number): number {
  return (high & 0x1fffff) * 0x100000000 + (low >>> 0);
}
