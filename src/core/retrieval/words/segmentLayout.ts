import { checksum } from '../../model/checksum.ts';

/** Counts that fix the size of a segment's buffer. */
export interface SegmentCounts {
  readonly documents: number;
  readonly terms: number;
  readonly postings: number;
  readonly vocabularyBytes: number;
}

/**
 * The arrays of a frozen segment, all of them windows on one buffer, so that saving is one write
 * and loading one read. Documents go by ordinal; the postings of term `t` are the entries
 * `postingStarts[t]` to `postingStarts[t + 1]`, in ascending order of document.
 */
export interface SegmentArrays {
  readonly buffer: ArrayBuffer;
  readonly rowIds: Uint32Array;
  /** A hash of each document's id, for an order that does not depend on rows. */
  readonly ties: Uint32Array;
  /** Four words a document: the hash of the text its vector stands for. */
  readonly textHashes: Uint32Array;
  readonly nameLengths: Uint32Array;
  readonly bodyLengths: Uint32Array;
  readonly postingStarts: Uint32Array;
  /** Where each term's UTF-8 text begins in `vocabulary`. */
  readonly termStarts: Uint32Array;
  /** Open addressing by `hashBytes`: 1 + term, 0 where free. The size is a power of two. */
  readonly table: Uint32Array;
  readonly documents: Uint32Array;
  /** How often the term stands in the name and in the rest, 255 at most. */
  readonly nameCounts: Uint8Array;
  readonly bodyCounts: Uint8Array;
  readonly vocabulary: Uint8Array;
}

/** Raised with every change of what is indexed or how it is laid out; older files are not read. */
export const SEGMENT_VERSION = 6;

const MAGIC = 0x50465731;
const HEADER_BYTES = 64;
/** Header words: magic, version, checksum, documents, terms, postings, vocabulary bytes. */
const CHECKSUM_WORD = 2;
const COUNTS_WORD = 3;
/** In bytes; the version of the corpus the segment holds, as a double. */
const CORPUS_VERSION_AT = 32;

/** Arrays of these sizes, filled with zeros. */
export function allocateSegment(counts: SegmentCounts): SegmentArrays {
  const arrays = placeArrays(new ArrayBuffer(sizeOf(counts)), counts);
  const header = new Uint32Array(arrays.buffer, 0, HEADER_BYTES / 4);
  header.set([
    MAGIC,
    SEGMENT_VERSION,
    0,
    counts.documents,
    counts.terms,
    counts.postings,
    counts.vocabularyBytes,
  ]);
  return arrays;
}

/** The bytes to save: the segment's buffer with version and checksum filled in. */
export function sealSegment(arrays: SegmentArrays, corpusVersion: number): Uint8Array {
  new DataView(arrays.buffer).setFloat64(CORPUS_VERSION_AT, corpusVersion);
  const header = new Uint32Array(arrays.buffer, 0, HEADER_BYTES / 4);
  header[CHECKSUM_WORD] = checksum(new Uint8Array(arrays.buffer, COUNTS_WORD * 4));
  return new Uint8Array(arrays.buffer);
}

/** `undefined` for bytes that are not a whole, undamaged segment of this version. */
export function openSegment(
  bytes: Uint8Array,
): { readonly arrays: SegmentArrays; readonly corpusVersion: number } | undefined {
  if (bytes.byteLength < HEADER_BYTES || bytes.byteLength % 8 !== 0) return undefined;
  const buffer = toOwnBuffer(bytes);
  const header = new Uint32Array(buffer, 0, HEADER_BYTES / 4);
  if (header[0] !== MAGIC || header[1] !== SEGMENT_VERSION) return undefined;
  const [documents = 0, terms = 0, postings = 0, vocabularyBytes = 0] =
    header.subarray(COUNTS_WORD);
  const counts = { documents, terms, postings, vocabularyBytes };
  if (sizeOf(counts) !== buffer.byteLength) return undefined;
  if (header[CHECKSUM_WORD] !== checksum(new Uint8Array(buffer, COUNTS_WORD * 4))) return undefined;
  return {
    arrays: placeArrays(buffer, counts),
    corpusVersion: new DataView(buffer).getFloat64(CORPUS_VERSION_AT),
  };
}

/** FNV-1a over 32 bits. Source: Fowler, Noll and Vo, draft-eastlake-fnv. */
export function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = 0x811c9dc5;
  for (let at = start; at < end; at++) hash = Math.imul(hash ^ (bytes[at] ?? 0), 0x01000193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

function toOwnBuffer(bytes: Uint8Array): ArrayBuffer {
  if (bytes.buffer instanceof ArrayBuffer && bytes.byteLength === bytes.buffer.byteLength) {
    return bytes.buffer;
  }
  return Uint8Array.from(bytes).buffer;
}

function tableSize(terms: number): number {
  let slots = 16;
  while (slots < terms * 2) slots *= 2;
  return slots;
}

function sizeOf(counts: SegmentCounts): number {
  const words = counts.documents * 8 + (counts.terms + 1) * 2 + tableSize(counts.terms);
  const bytes = HEADER_BYTES + (words + counts.postings) * 4;
  return Math.ceil((bytes + counts.postings * 2 + counts.vocabularyBytes) / 8) * 8;
}

function placeArrays(buffer: ArrayBuffer, counts: SegmentCounts): SegmentArrays {
  let at = HEADER_BYTES;
  const words = (length: number): Uint32Array => {
    const array = new Uint32Array(buffer, at, length);
    at += length * 4;
    return array;
  };
  const bytes = (length: number): Uint8Array => {
    const array = new Uint8Array(buffer, at, length);
    at += length;
    return array;
  };
  return {
    buffer,
    rowIds: words(counts.documents),
    ties: words(counts.documents),
    textHashes: words(counts.documents * 4),
    nameLengths: words(counts.documents),
    bodyLengths: words(counts.documents),
    postingStarts: words(counts.terms + 1),
    termStarts: words(counts.terms + 1),
    table: words(tableSize(counts.terms)),
    documents: words(counts.postings),
    nameCounts: bytes(counts.postings),
    bodyCounts: bytes(counts.postings),
    vocabulary: bytes(counts.vocabularyBytes),
  };
}
