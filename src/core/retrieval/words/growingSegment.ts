import { hexToWords, type Postings, type Segment } from './segment.ts';
import { allocateSegment, hashBytes, type SegmentArrays } from './segmentLayout.ts';
import { createTermNumbers } from './termNumbers.ts';
import { createTokenizer, type Tokenizer } from '../../platform/text/words.ts';

/** One document as the index takes it in. */
export interface IndexedDocument {
  readonly rowId: number;
  readonly tie: number;
  readonly textHash: string;
  readonly name: string;
  /** Terms that stand in the name too, but do not lengthen it. */
  readonly fullNames: readonly string[];
  /** Texts one after another; no word goes from one to the next. */
  readonly body: readonly string[];
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

/** Numbers a posting takes. */
const POSTING = 4;
/** 1 + the posting of its term before it, 0 for the first. */
const NEXT = 0;
const DOCUMENT = 1;
const TERM = 2;
/** How often the term stands in the name, in the second byte, and in the body, in the first. */
const FREQUENCY = 3;

type PostingArrays = Pick<Postings, 'documents' | 'nameCounts' | 'bodyCounts'>;

const NAME = 0;
const BODY = 1;

/** @param tokenizer shared with queries, so that each word is split once */
export function createGrowingSegment(tokenizer: Tokenizer = createTokenizer()): GrowingSegment {
  const terms = createTermNumbers(tokenizer);
  /** Two numbers a term: 1 + its latest posting, 0 where it has none, and how many it has. */
  let heads = new Uint32Array(1024);
  /** Four numbers a posting, which are read together and so lie together. */
  let postings = new Uint32Array(4096);
  let postingCount = 0;
  const entries: DocumentEntry[] = [];

  /** Where the posting of a term in `ordinal` begins, made when absent. */
  function postingOf(term: number, ordinal: number): number {
    const at = term * 2;
    if (at >= heads.length) heads = enlarged(heads, at + 2);
    const head = heads[at] ?? 0;
    if (head !== 0 && postings[(head - 1) * POSTING + DOCUMENT] === ordinal) {
      return (head - 1) * POSTING;
    }
    const posting = postingCount * POSTING;
    if (posting >= postings.length) postings = enlarged(postings, posting + POSTING);
    postings[posting + NEXT] = head;
    postings[posting + DOCUMENT] = ordinal;
    postings[posting + TERM] = term;
    heads[at] = ++postingCount;
    heads[at + 1] = countOf(term) + 1;
    return posting;
  }

  function countOf(term: number): number {
    return heads[term * 2 + 1] ?? 0;
  }

  function addEntry(entry: DocumentEntry): number {
    entries.push(entry);
    return entries.length - 1;
  }

  function count(term: number, ordinal: number, field: typeof NAME | typeof BODY): void {
    const at = postingOf(term, ordinal) + FREQUENCY;
    const value = postings[at] ?? 0;
    const shift = field === NAME ? 8 : 0;
    if (((value >>> shift) & MAX_COUNT) < MAX_COUNT) postings[at] = value + (1 << shift);
  }

  function fill(id: number, target: Postings): void {
    let at = target.end;
    let link = heads[id * 2] ?? 0;
    while (link !== 0) {
      const posting = (link - 1) * POSTING;
      writePosting(target, --at, posting);
      link = postings[posting + NEXT] ?? 0;
    }
  }

  function writePosting(target: PostingArrays, at: number, posting: number): void {
    const frequency = postings[posting + FREQUENCY] ?? 0;
    target.documents[at] = postings[posting + DOCUMENT] ?? 0;
    target.nameCounts[at] = frequency >>> 8;
    target.bodyCounts[at] = frequency & MAX_COUNT;
  }

  /** A counting sort by term: postings came in by document, and following chains is slower. */
  function fillPostings(arrays: SegmentArrays): void {
    const { postingStarts } = arrays;
    for (let id = 0; id < terms.size; id++) {
      postingStarts[id + 1] = (postingStarts[id] ?? 0) + countOf(id);
    }
    const places = postingStarts.slice();
    for (let posting = 0; posting < postingCount * POSTING; posting += POSTING) {
      const term = postings[posting + TERM] ?? 0;
      const at = places[term] ?? 0;
      places[term] = at + 1;
      writePosting(arrays, at, posting);
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
      const countInBody = (term: number): void => {
        count(term, ordinal, BODY);
      };
      const bodyLength = body.reduce((sum, text) => sum + terms.eachIn(text, countInBody), 0);
      addEntry({ rowId, tie, textHash, nameLength, bodyLength });
    },
    addPosting(term, ordinal, [name, body]) {
      postings[postingOf(terms.numberOf(term), ordinal) + FREQUENCY] = (name << 8) | body;
    },
    postings(term) {
      const id = terms.find(term);
      if (id === undefined) return undefined;
      const end = countOf(id);
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
        postings: postingCount,
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

/** Twice as long, or as long as asked for. */
function enlarged(array: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(Math.max(length, array.length * 2));
  larger.set(array);
  return larger;
}
