import { hashBytes, type SegmentArrays } from './segmentLayout.ts';

/** Where a term occurs: entries `start` to `end` of parallel arrays. */
export interface Postings {
  readonly documents: Uint32Array;
  readonly nameCounts: Uint8Array;
  readonly bodyCounts: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Documents by ordinal and the terms they hold. */
export interface Segment {
  readonly documentCount: number;
  rowIdAt(ordinal: number): number;
  tieAt(ordinal: number): number;
  /** The hash of the text its vector stands for, 32 hex digits. */
  textHashAt(ordinal: number): string;
  nameLengthAt(ordinal: number): number;
  bodyLengthAt(ordinal: number): number;
  postings(term: string): Postings | undefined;
  /** Terms that `spelling.ts` compares; each as UTF-8 bytes `start` to `end` of `bytes`. */
  eachTerm(visit: (bytes: Uint8Array, start: number, end: number) => void): void;
}

export interface FrozenSegment extends Segment {
  readonly arrays: SegmentArrays;
  termAt(term: number): string;
}

const HEX_WORD_LENGTH = 8;

/** Reads a segment out of its arrays; nothing is copied. */
export function createFrozenSegment(arrays: SegmentArrays): FrozenSegment {
  const { vocabulary, termStarts, table, postingStarts } = arrays;
  const encoder = new TextEncoder();
  const text = Buffer.from(vocabulary.buffer, vocabulary.byteOffset, vocabulary.byteLength);
  const at = (array: Uint32Array, index: number): number => array[index] ?? 0;

  function find(term: string): number | undefined {
    const bytes = encoder.encode(term);
    const mask = table.length - 1;
    let slot = hashBytes(bytes, 0, bytes.length) & mask;
    for (let entry = at(table, slot); entry !== 0; entry = at(table, slot)) {
      const start = at(termStarts, entry - 1);
      const end = at(termStarts, entry);
      if (end - start === bytes.length && equalBytes(vocabulary, start, bytes)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return undefined;
  }

  return {
    arrays,
    documentCount: arrays.rowIds.length,
    rowIdAt: (ordinal) => at(arrays.rowIds, ordinal),
    tieAt: (ordinal) => at(arrays.ties, ordinal),
    textHashAt: (ordinal) => wordsToHex(arrays.textHashes, ordinal * 4),
    nameLengthAt: (ordinal) => at(arrays.nameLengths, ordinal),
    bodyLengthAt: (ordinal) => at(arrays.bodyLengths, ordinal),
    postings(term) {
      const found = find(term);
      if (found === undefined) return undefined;
      const { documents, nameCounts, bodyCounts } = arrays;
      const start = at(postingStarts, found);
      return { documents, nameCounts, bodyCounts, start, end: at(postingStarts, found + 1) };
    },
    eachTerm(visit) {
      for (let term = 0; term + 1 < termStarts.length; term++) {
        visit(vocabulary, at(termStarts, term), at(termStarts, term + 1));
      }
    },
    termAt: (term) => text.toString('utf8', at(termStarts, term), at(termStarts, term + 1)),
  };
}

/** 32 hex digits of the four words from `start`. */
export function wordsToHex(words: Uint32Array, start: number): string {
  let hex = '';
  for (let at = start; at < start + 4; at++) {
    hex += (words[at] ?? 0).toString(16).padStart(HEX_WORD_LENGTH, '0');
  }
  return hex;
}

/** The inverse of `wordsToHex`. */
export function hexToWords(hex: string): readonly number[] {
  return [0, 1, 2, 3].map((word) =>
    Number.parseInt(hex.slice(word * HEX_WORD_LENGTH, (word + 1) * HEX_WORD_LENGTH), 16),
  );
}

function equalBytes(bytes: Uint8Array, start: number, other: Uint8Array): boolean {
  for (let index = 0; index < other.length; index++) {
    if (bytes[start + index] !== other[index]) return false;
  }
  return true;
}
