import { hexToWords, type Postings, type Segment } from './segment.ts';
import { allocateSegment, hashBytes, type SegmentArrays } from './segmentLayout.ts';
import { createTermNumbers } from './termNumbers.ts';
import { createTokenizer, type Tokenizer } from './tokens.ts';

/** One document as the index takes it in. */
export interface IndexedDocument {
  readonly rowId: number;
  readonly tie: number;
  readonly textHash: string;
  readonly name: string;
  /** Terms that stand in the name too, but do not lengthen it. */
  readonly fullNames: readonly string[];
  readonly body: string;
}

/** What a document carries besides its terms. */
export interface DocumentEntry {
  readonly rowId: number;
  readonly tie: number;
  readonly textHash: string;
  readonly nameLength: number;
  readonly bodyLength: number;
}

/** A segment that takes documents in; each term's postings are a chain, the latest first. */
export interface GrowingSegment extends Segment {
  add(document: IndexedDocument): void;
  /** A document without postings, to which `addPosting` gives them. Returns its ordinal. */
  addEntry(entry: DocumentEntry): number;
  /** Documents of a term must come in ascending order. */
  addPosting(term: string, ordinal: number, counts: readonly [name: number, body: number]): void;
  freeze(): SegmentArrays;
}

const MAX_COUNT = 255;
const NAME = 0;
const BODY = 1;

/** @param tokenizer shared with queries, so that each word is split once */
export function createGrowingSegment(tokenizer: Tokenizer = createTokenizer()): GrowingSegment {
  const terms = createTermNumbers(tokenizer);
  const heads = createNumbers();
  const counts = createNumbers();
  const next = createNumbers();
  const documents = createNumbers();
  const termsOfPostings = createNumbers();
  /** Name count in the high byte, body count in the low one. */
  const frequencies = createNumbers();
  const entries: DocumentEntry[] = [];

  /** Posting of a term in `ordinal`, made when absent; chains hold 1 + posting, 0 at their end. */
  function postingOf(term: number, ordinal: number): number {
    while (heads.length <= term) {
      heads.push(0);
      counts.push(0);
    }
    const head = heads.get(term);
    if (head !== 0 && documents.get(head - 1) === ordinal) return head - 1;
    next.push(head);
    documents.push(ordinal);
    termsOfPostings.push(term);
    frequencies.push(0);
    heads.set(term, documents.length);
    counts.set(term, counts.get(term) + 1);
    return documents.length - 1;
  }

  function addEntry(entry: DocumentEntry): number {
    entries.push(entry);
    return entries.length - 1;
  }

  function count(term: number, ordinal: number, field: typeof NAME | typeof BODY): void {
    const posting = postingOf(term, ordinal);
    const value = frequencies.get(posting);
    const shift = field === NAME ? 8 : 0;
    if (((value >>> shift) & MAX_COUNT) < MAX_COUNT) frequencies.set(posting, value + (1 << shift));
  }

  function fill(id: number, target: Postings): void {
    let at = target.end;
    for (let link = heads.get(id); link !== 0; link = next.get(link - 1)) {
      at--;
      target.documents[at] = documents.get(link - 1);
      target.nameCounts[at] = frequencies.get(link - 1) >>> 8;
      target.bodyCounts[at] = frequencies.get(link - 1) & MAX_COUNT;
    }
  }

  /** A counting sort by term: postings came in by document, and following chains is slower. */
  function fillPostings(arrays: SegmentArrays): void {
    const { postingStarts } = arrays;
    for (let id = 0; id < terms.size; id++) {
      postingStarts[id + 1] = (postingStarts[id] ?? 0) + counts.get(id);
    }
    const places = postingStarts.slice();
    for (let posting = 0; posting < documents.length; posting++) {
      const term = termsOfPostings.get(posting);
      const at = places[term] ?? 0;
      places[term] = at + 1;
      arrays.documents[at] = documents.get(posting);
      arrays.nameCounts[at] = frequencies.get(posting) >>> 8;
      arrays.bodyCounts[at] = frequencies.get(posting) & MAX_COUNT;
    }
  }

  return {
    get documentCount() {
      return entries.length;
    },
    rowIdAt: (ordinal) => entries[ordinal]?.rowId ?? 0,
    tieAt: (ordinal) => entries[ordinal]?.tie ?? 0,
    textHashAt: (ordinal) => entries[ordinal]?.textHash ?? '',
    nameLengthAt: (ordinal) => entries[ordinal]?.nameLength ?? 0,
    bodyLengthAt: (ordinal) => entries[ordinal]?.bodyLength ?? 0,
    addEntry,
    add({ rowId, tie, textHash, name, fullNames, body }) {
      const ordinal = entries.length;
      const nameLength = terms.eachIn(name, (term) => {
        count(term, ordinal, NAME);
      });
      for (const term of fullNames) count(terms.numberOf(term), ordinal, NAME);
      const bodyLength = terms.eachIn(body, (term) => {
        count(term, ordinal, BODY);
      });
      addEntry({ rowId, tie, textHash, nameLength, bodyLength });
    },
    addPosting(term, ordinal, [name, body]) {
      frequencies.set(postingOf(terms.numberOf(term), ordinal), (name << 8) | body);
    },
    postings(term) {
      const id = terms.find(term);
      if (id === undefined) return undefined;
      const end = counts.get(id);
      const found = {
        documents: new Uint32Array(end),
        nameCounts: new Uint8Array(end),
        bodyCounts: new Uint8Array(end),
        start: 0,
        end,
      };
      fill(id, found);
      return found;
    },
    eachTerm(visit) {
      for (const term of terms.terms()) {
        const bytes = Buffer.from(term);
        visit(bytes, 0, bytes.length);
      }
    },
    freeze() {
      const vocabulary = encodeTerms([...terms.terms()]);
      const arrays = allocateSegment({
        documents: entries.length,
        terms: terms.size,
        postings: documents.length,
        vocabularyBytes: vocabulary.bytes.length,
      });
      entries.forEach((entry, ordinal) => {
        writeEntry(arrays, ordinal, entry);
      });
      arrays.vocabulary.set(vocabulary.bytes);
      arrays.termStarts.set(vocabulary.starts);
      fillTable(arrays);
      fillPostings(arrays);
      return arrays;
    },
  };
}

function writeEntry(arrays: SegmentArrays, ordinal: number, entry: DocumentEntry): void {
  arrays.rowIds[ordinal] = entry.rowId;
  arrays.ties[ordinal] = entry.tie;
  arrays.textHashes.set(hexToWords(entry.textHash), ordinal * 4);
  arrays.nameLengths[ordinal] = entry.nameLength;
  arrays.bodyLengths[ordinal] = entry.bodyLength;
}

function fillTable(arrays: SegmentArrays): void {
  const { table, termStarts, vocabulary } = arrays;
  const mask = table.length - 1;
  for (let term = 0; term + 1 < termStarts.length; term++) {
    const start = termStarts[term] ?? 0;
    let slot = hashBytes(vocabulary, start, termStarts[term + 1] ?? 0) & mask;
    while (table[slot] !== 0) slot = (slot + 1) & mask;
    table[slot] = term + 1;
  }
}

function encodeTerms(terms: readonly string[]): {
  readonly bytes: Uint8Array;
  readonly starts: Uint32Array;
} {
  const starts = new Uint32Array(terms.length + 1);
  const text = Buffer.allocUnsafe(terms.reduce((sum, term) => sum + Buffer.byteLength(term), 0));
  let at = 0;
  for (const [id, term] of terms.entries()) {
    at += text.write(term, at);
    starts[id + 1] = at;
  }
  return { bytes: text, starts };
}

interface Numbers {
  readonly length: number;
  get(index: number): number;
  set(index: number, value: number): void;
  push(value: number): void;
}

/** A growing array of 32-bit numbers: a tenth of the memory of an array of objects. */
function createNumbers(): Numbers {
  let array = new Uint32Array(64);
  let length = 0;
  return {
    get length() {
      return length;
    },
    get: (index) => array[index] ?? 0,
    set(index, value) {
      array[index] = value;
    },
    push(value) {
      if (length === array.length) {
        const larger = new Uint32Array(length * 2);
        larger.set(array);
        array = larger;
      }
      array[length++] = value;
    },
  };
}
