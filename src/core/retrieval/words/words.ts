import type { Corpus, DocumentChange } from '../../model/ports/corpus.ts';

import { BM25, type Bm25 } from './bm25.ts';
import { bodyOf, indexDocument } from './documentTerms.ts';
import { foldSegments } from './foldSegments.ts';
import { languageNamed } from '../../model/sourceFile/languageName.ts';
import { createGrowingSegment, type GrowingSegment } from './growingSegment.ts';
import { createLiveSegment, type LiveSegment } from './liveSegment.ts';
import { createMatcher, type Matcher, type Scores } from './matchWords.ts';
import { queryTerms } from './queryTerms.ts';
import { createFrozenSegment, type FrozenSegment, type Segment } from './segment.ts';
import { sealSegment } from './segmentLayout.ts';
import { takeBest } from './takeBest.ts';
import {
  asksToMake,
  createNameCheck,
  technicalNames,
  withoutMarks,
  withoutNames,
} from './technicalNames.ts';
import { createTextRows, type TextRows } from './textRows.ts';
import { createTokenizer } from '../../platform/text/words.ts';
import { createWordFile } from './wordFile.ts';

/** How well one document answers a query by its words. */
export interface WordMatch {
  readonly rowId: number;
  /** BM25 over name and body. */
  readonly score: number;
  /** `score` beside that of a document full of every word of the query, 0 to 1. */
  readonly fullness: number;
  /** Share of the query's words it holds, each by its rarity, 0 to 1. */
  readonly coverage: number;
  /** 1 where the query names it, less when misspelled, else 0. */
  readonly named: number;
}

export interface WordMatches {
  /** Best first, ties by the documents' ids. */
  readonly best: readonly WordMatch[];
  /** See `Scores.asked`. */
  readonly asked: number;
  /**
   * Share of the query, by rarity, that are technical names which no document writes, 0 to 1; 0 where it
   * asks to make something, which need not be there.
   */
  readonly lacking: number;
  /** Those names, and the query without them. */
  readonly lackingNames: readonly string[];
  readonly rest: string;
  /** See `Scores.isBeginning`. */
  readonly isBeginning: boolean;
  /** Of any row, 0 throughout where no word matched; until the next query. */
  of(rowId: number): WordMatch;
}

/** The word index: every live document of a corpus, found by the words it holds. */
export interface Words {
  readonly size: number;
  /** Takes in what changed in the corpus. */
  refresh(): void;
  /**
   * The same in small pieces.
   *
   * @param pause called between them: lets others work, and throws to end it, after which the next
   *   call takes in all of it
   */
  refreshInPieces(pause: () => Promise<void>): Promise<void>;
  /** Among `rows`, or all documents when absent. */
  match(text: string, limit: number, rows?: ReadonlySet<number>): WordMatches;
  /** Names the text whose vector stands for a row; `undefined` for a row that is not there. */
  textHashOf(rowId: number): string | undefined;
  /** Names texts of so many rows at most, spread evenly over these, or all when absent. */
  spread(limit: number, rows?: ReadonlySet<number>): readonly string[];
  /** Rows that text stands for. */
  rowsOfText(textHash: string): readonly number[];
  /**
   * Writes the index beside the corpus's snapshot, unless it is there. Rows changed since the
   * snapshot are left out: whoever loads both meets those changes again.
   *
   * @returns false without a snapshot, or where the folder cannot be written
   */
  save(): boolean;
  /** Reads the whole corpus anew: for a view that was rebuilt, whose rows are others. */
  rebuild(): void;
}

export interface WordsOptions {
  /** Where `words-<version>-<snapshot>.bin` lies. */
  readonly folder: string;
  readonly corpus: Corpus;
  readonly bm25?: Bm25;
}

/** Documents taken in before the index is frozen anew, and their share of the index. */
const MIN_FOLD = 2000;
const FOLD_SHARE = 8;
/** Documents taken in between two pauses: some 10 ms of work. */
const PIECE = 16;

interface Lacking {
  readonly names: readonly string[];
  readonly rest: string;
  /** By rarity, of the names that were left out. */
  readonly coverage: number;
  readonly asked: number;
}

/** Parts of a technical name may stand apart: of so many documents that hold them all the text is read. */
const MOST_READ = 50;
/** Share of a name's rarity; sums of it are rounded. */
const AS_GOOD_AS_ALL = 0.99;

/** Loads the index of the corpus's snapshot; what the file lacks is taken in by `refresh`. */
export function openWords({ folder, corpus, bm25 = BM25 }: WordsOptions): Words {
  const tokenizer = createTokenizer();
  let base: LiveSegment<FrozenSegment> = createLiveSegment(emptySegment());
  let recent: LiveSegment<GrowingSegment> = createLiveSegment(createGrowingSegment(tokenizer));
  /** Ordinal of each live row, counted through both segments. */
  let ordinals = new Map<number, number>();
  let version = 0;
  let matcher: Matcher | undefined;
  let textRows: TextRows | undefined;

  function start(frozen: FrozenSegment, corpusVersion: number): void {
    base = createLiveSegment(frozen);
    recent = createLiveSegment(createGrowingSegment(tokenizer));
    ordinals = new Map();
    for (let ordinal = 0; ordinal < frozen.documentCount; ordinal++) {
      ordinals.set(frozen.rowIdAt(ordinal), ordinal);
    }
    version = corpusVersion;
    matcher = undefined;
    textRows = undefined;
  }

  function load(): void {
    if (corpus.snapshot === undefined) return;
    const { id, version: snapshotVersion } = corpus.snapshot;
    const arrays = createWordFile(folder, id).read(snapshotVersion);
    if (arrays !== undefined) start(createFrozenSegment(arrays), snapshotVersion);
  }

  /** A segment and the ordinal within it. */
  function place(ordinal: number): readonly [live: LiveSegment, local: number] {
    const first = base.segment.documentCount;
    return ordinal < first ? [base, ordinal] : [recent, ordinal - first];
  }

  function read<Value>(ordinal: number, of: (segment: Segment, local: number) => Value): Value {
    const [{ segment }, local] = place(ordinal);
    return of(segment, local);
  }

  const rowIdAt = (ordinal: number): number => read(ordinal, (s, local) => s.rowIdAt(local));
  const tieAt = (ordinal: number): number => read(ordinal, (s, local) => s.tieAt(local));
  const textHashAt = (ordinal: number): string => read(ordinal, (s, local) => s.textHashAt(local));

  function remove(rowId: number): void {
    const ordinal = ordinals.get(rowId);
    if (ordinal === undefined) return;
    textRows?.remove(textHashAt(ordinal), rowId);
    const [live, local] = place(ordinal);
    live.remove(local);
    ordinals.delete(rowId);
  }

  function refresh(): void {
    if (corpus.version < version) start(emptySegment(), 0);
    if (corpus.version === version) return;
    for (const change of corpus.changesSince(version)) take(change);
    settle(corpus.version);
  }

  async function refreshInPieces(pause: () => Promise<void>): Promise<void> {
    if (corpus.version < version) start(emptySegment(), 0);
    const [from, to] = [version, corpus.version];
    if (from === to) return;
    let taken = 0;
    for (const change of corpus.changesSince(from)) {
      take(change);
      taken += 1;
      if (taken % PIECE !== 0) continue;
      await pause();
      // A search meanwhile took in all there was.
      if (version !== from) return;
    }
    settle(to);
  }

  function take({ rowId, document }: DocumentChange): void {
    matcher = undefined;
    remove(rowId);
    if (document === undefined) return;
    const indexed = indexDocument(document, tokenizer);
    const local = recent.segment.documentCount;
    recent.segment.add(indexed);
    recent.added(local);
    ordinals.set(rowId, base.segment.documentCount + local);
    textRows?.add(indexed.textHash, rowId);
  }

  function settle(corpusVersion: number): void {
    version = corpusVersion;
    const bound = Math.max(MIN_FOLD, base.segment.documentCount / FOLD_SHARE);
    if (recent.segment.documentCount > bound) start(foldSegments(base, recent), version);
  }

  /** @param share of the query that was looked for */
  function matchAt(found: Scores, ordinal: number, share: number): WordMatch {
    const score = found.scores[ordinal] ?? 0;
    return {
      rowId: rowIdAt(ordinal),
      score,
      fullness: share * ratio(score, found.idealScore),
      coverage: share * ratio(found.covered[ordinal] ?? 0, found.idealCoverage),
      // What is left of a query names nothing in full.
      named: share === 1 ? (found.named[ordinal] ?? 0) : 0,
    };
  }

  function scoresOf(text: string): Scores {
    matcher ??= createMatcher([base, recent], bm25);
    return matcher.match(queryTerms(text, tokenizer));
  }

  function allowedOf(
    { touched }: Scores,
    rows: ReadonlySet<number> | undefined,
  ): readonly number[] {
    return rows === undefined ? touched : touched.filter((ordinal) => rows.has(rowIdAt(ordinal)));
  }

  /** Whether a document writes a technical name, whose parts may stand apart elsewhere. */
  function isWritten(name: string, found: Scores, rows: ReadonlySet<number> | undefined): boolean {
    const least = found.idealCoverage * AS_GOOD_AS_ALL;
    const holding = allowedOf(found, rows).filter(
      (ordinal) => (found.covered[ordinal] ?? 0) >= least,
    );
    const best = takeBest(holding, found.scores, MOST_READ).slice(0, MOST_READ).map(rowIdAt);
    const writes = createNameCheck(name);
    return corpus
      .documents(best)
      .some((one) => writes([one.context, one.name, ...bodyOf(one)].join('\n')));
  }

  /** Whether a name is that of a language that some of the documents are in. */
  function isTheirLanguage(name: string, rows: ReadonlySet<number> | undefined): boolean {
    const language = languageNamed(name.replace(/[\d.]+$/, ''));
    if (language === undefined) return false;
    const some = [...(rows ?? ordinals.keys())];
    const step = Math.ceil(some.length / MOST_READ);
    const spread = some.filter((_, at) => at % step === 0);
    return corpus.documents(spread).some((one) => one.language === language);
  }

  /** A query without the technical names that no document writes: their parts are found by accident. */
  function withoutLacking(text: string, rows: ReadonlySet<number> | undefined): Lacking {
    const lacking = new Set<string>();
    let coverage = 0;
    let asked = 0;
    for (const name of new Set(technicalNames(text))) {
      if (isTheirLanguage(name, rows)) continue;
      const found = scoresOf(withoutMarks(name));
      if (isWritten(name, found, rows)) continue;
      lacking.add(name);
      coverage += found.idealCoverage;
      asked += found.asked;
    }
    return { names: [...lacking], rest: withoutNames(text, lacking), coverage, asked };
  }

  load();
  return {
    get size() {
      return ordinals.size;
    },
    refresh,
    refreshInPieces,
    match(text, limit, rows) {
      const { names: lackingNames, rest, ...lacked } = withoutLacking(text, rows);
      const found = scoresOf(rest);
      const lacking = ratio(lacked.coverage, lacked.coverage + found.idealCoverage);
      const allowed = allowedOf(found, rows);
      const best = takeBest(allowed, found.scores, limit).toSorted(
        (a, b) =>
          (found.scores[b] ?? 0) - (found.scores[a] ?? 0) ||
          tieAt(a) - tieAt(b) ||
          rowIdAt(a) - rowIdAt(b),
      );
      return {
        best: best.slice(0, limit).map((ordinal) => matchAt(found, ordinal, 1 - lacking)),
        asked: found.asked + lacked.asked,
        lacking: asksToMake(text) ? 0 : lacking,
        ...{ lackingNames, rest },
        isBeginning: found.isBeginning,
        of(rowId) {
          const ordinal = ordinals.get(rowId);
          if (ordinal !== undefined) return matchAt(found, ordinal, 1 - lacking);
          return { rowId, score: 0, fullness: 0, coverage: 0, named: 0 };
        },
      };
    },
    textHashOf(rowId) {
      const ordinal = ordinals.get(rowId);
      return ordinal === undefined ? undefined : textHashAt(ordinal);
    },
    spread(limit, rows) {
      const step = Math.max(1, (rows ?? ordinals).size / limit);
      const hashes: string[] = [];
      let at = 0;
      for (const rowId of rows ?? ordinals.keys()) {
        const ordinal = at++ >= hashes.length * step ? ordinals.get(rowId) : undefined;
        if (ordinal !== undefined) hashes.push(textHashAt(ordinal));
      }
      return hashes;
    },
    rowsOfText(textHash) {
      if (textRows === undefined) {
        textRows = createTextRows();
        for (const [rowId, ordinal] of ordinals) textRows.add(textHashAt(ordinal), rowId);
      }
      return textRows.rows(textHash);
    },
    save() {
      if (corpus.snapshot === undefined) return false;
      const { id, version: snapshotVersion } = corpus.snapshot;
      const file = createWordFile(folder, id);
      if (file.exists()) return true;
      refresh();
      const changed = new Set<number>();
      for (const { rowId } of corpus.changesSince(snapshotVersion)) changed.add(rowId);
      const saved = foldSegments(base, recent, changed);
      return file.replace(sealSegment(saved.arrays, snapshotVersion));
    },
    rebuild() {
      start(emptySegment(), 0);
      refresh();
    },
  };
}

function emptySegment(): FrozenSegment {
  return createFrozenSegment(createGrowingSegment().freeze());
}

/** At most 1: names and misspellings can lift a score above what its words alone could reach. */
function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : Math.min(1, part / whole);
}
