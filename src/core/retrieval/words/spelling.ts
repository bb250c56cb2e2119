import type { Segment } from './segment.ts';
import { NAME_MARK } from './documentTerms.ts';

/** Terms of a vocabulary that somebody may have meant; in no particular order. */
export interface Spelling {
  /** Those that differ by insertion, deletion, substitution or swap of neighbours. */
  near(term: string): readonly string[];
  /** Those that begin with a text and are longer than it; no full names. */
  beginningWith(text: string): readonly string[];
}

const MARK = NAME_MARK.charCodeAt(0);

/**
 * Reads the vocabulary of a segment at the first question. Terms lie by length, each with a mask
 * of its letters: one edit changes at most two bits, so nearly all are passed over by one
 * comparison. Letters are UTF-8 bytes: beyond ASCII some single edits are not seen.
 */
export function createSpelling(segment: Segment): Spelling {
  let shelves: ReadonlyMap<number, Shelf> | undefined;
  let beginnings: ReadonlyMap<number, readonly Place[]> | undefined;
  return {
    near(term) {
      shelves ??= shelve(segment);
      const bytes = Buffer.from(term);
      const mask = letterMask(bytes, 0, bytes.length);
      const found: string[] = [];
      for (const length of [bytes.length - 1, bytes.length, bytes.length + 1]) {
        const shelf = shelves.get(length);
        if (shelf !== undefined) collectNear(shelf, length, { bytes, mask }, found);
      }
      return found;
    },
    beginningWith(text) {
      beginnings ??= groupByBeginning(segment);
      const wanted = Buffer.from(text);
      const found: string[] = [];
      for (const { bytes, start, end } of beginnings.get(beginningOf(wanted, 0)) ?? []) {
        if (end - start <= wanted.length) continue;
        if (wanted.compare(bytes, start, start + wanted.length) !== 0) continue;
        found.push(Buffer.from(bytes.subarray(start, end)).toString());
      }
      return found;
    },
  };
}

/** A term as bytes of a vocabulary. */
interface Place {
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** By the first two bytes, which passes over all but a few hundred of them. */
function groupByBeginning(segment: Segment): ReadonlyMap<number, readonly Place[]> {
  const groups = new Map<number, Place[]>();
  segment.eachTerm((bytes, start, end) => {
    if (bytes[start] === MARK || end - start < 2) return;
    const key = beginningOf(bytes, start);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ bytes, start, end }]);
    else group.push({ bytes, start, end });
  });
  return groups;
}

function beginningOf(bytes: Uint8Array, start: number): number {
  return ((bytes[start] ?? 0) << 8) | (bytes[start + 1] ?? 0);
}

/** Terms of one length, one after another. */
interface Shelf {
  readonly bytes: Uint8Array;
  readonly masks: Uint32Array;
  filled: number;
}

function shelve(segment: Segment): ReadonlyMap<number, Shelf> {
  const sizes = new Map<number, number>();
  segment.eachTerm((_bytes, start, end) => {
    sizes.set(end - start, (sizes.get(end - start) ?? 0) + 1);
  });
  const shelves = new Map<number, Shelf>();
  for (const [length, size] of sizes) {
    shelves.set(length, {
      bytes: new Uint8Array(size * length),
      masks: new Uint32Array(size),
      filled: 0,
    });
  }
  segment.eachTerm((bytes, start, end) => {
    const shelf = shelves.get(end - start);
    if (shelf === undefined) return;
    shelf.bytes.set(bytes.subarray(start, end), shelf.filled * (end - start));
    shelf.masks[shelf.filled++] = letterMask(bytes, start, end);
  });
  return shelves;
}

function collectNear(
  shelf: Shelf,
  length: number,
  wanted: { readonly bytes: Uint8Array; readonly mask: number },
  found: string[],
): void {
  const isName = wanted.bytes[0] === MARK;
  for (let term = 0; term < shelf.masks.length; term++) {
    if (bitCount((shelf.masks[term] ?? 0) ^ wanted.mask) > 2) continue;
    const start = term * length;
    if ((shelf.bytes[start] === MARK) !== isName) continue;
    if (!withinOneEdit(shelf.bytes, start, length, wanted.bytes)) continue;
    found.push(Buffer.from(shelf.bytes.subarray(start, start + length)).toString());
  }
}

/** True where `length` bytes from `start` and `other` differ by exactly one edit. */
function withinOneEdit(
  bytes: Uint8Array,
  start: number,
  length: number,
  other: Uint8Array,
): boolean {
  const shorter = Math.min(length, other.length);
  let prefix = 0;
  while (prefix < shorter && bytes[start + prefix] === other[prefix]) prefix++;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    bytes[start + length - 1 - suffix] === other[other.length - 1 - suffix]
  ) {
    suffix++;
  }
  const left = length - prefix - suffix;
  const right = other.length - prefix - suffix;
  if (left <= 1 && right <= 1) return left + right > 0;
  return (
    left === 2 &&
    right === 2 &&
    bytes[start + prefix] === other[prefix + 1] &&
    bytes[start + prefix + 1] === other[prefix]
  );
}

function letterMask(bytes: Uint8Array, start: number, end: number): number {
  let mask = 0;
  for (let at = start; at < end; at++) mask |= 1 << ((bytes[at] ?? 0) & 31);
  return mask;
}

/** Source: Warren, Hacker's Delight, 5-1. */
function bitCount(word: number): number {
  let count = word - ((word >>> 1) & 0x55555555);
  count = (count & 0x33333333) + ((count >>> 2) & 0x33333333);
  return Math.imul((count + (count >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
