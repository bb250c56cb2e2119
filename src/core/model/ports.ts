import type { BrowseOrder, PatternRow, RatingRecord } from './browse.ts';
import type { FileFragments, Language, SourceFile } from './code.ts';
import type { EventBody, LibraryEvent, ProjectKey } from './event.ts';
import type { Pattern, PatternFilter, PatternId, PatternKind, PatternSource } from './pattern.ts';
import type { Told } from './told.ts';

/** Turns texts into vectors, away from the calling thread. */
export interface Embedder {
  /** Names the weights and their quantisation; vectors of different models are not comparable. */
  readonly model: string;
  /** Where it runs: `native`, `wasm`, or `none` while no process is ready: a text takes a start. */
  readonly runtime: 'native' | 'wasm' | 'none';
  /**
   * One vector of 384 numbers and length 1 per text, in order. Vectors of one text among different
   * neighbours have a cosine of about 0.998: int8 activations share a range with their batch.
   *
   * @throws AppError `embedder-failed`
   */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<readonly Float32Array[]>;
  /** Ends the process that holds the weights; a later `embed` starts another. */
  close(): Promise<void>;
}

/** A text with its secrets replaced by typed placeholders; the number of lines is unchanged. */
export interface Redaction {
  readonly text: string;
  /** Types of what was replaced, such as `aws-access-key`, one entry a replacement. */
  readonly found: readonly string[];
}

/** Finds and replaces keys, tokens, passwords and private keys. */
export interface SecretGate {
  redact(text: string): Promise<Redaction>;
}

/** Reads fragments out of source text. */
export interface Extractor {
  /** By file name; `undefined` where no grammar reads it. */
  languageOf(path: string): Language | undefined;
  /** `undefined` where `languageOf` is. Broken code yields its sound fragments. */
  extract(file: SourceFile): Promise<FileFragments | undefined>;
}

/** What the library knows of one file of a project. */
export interface RecordedFile {
  readonly contentHash: string;
  readonly fragments: readonly { readonly id: PatternId; readonly qualifiedName: string }[];
}

/** What words and vectors are built from: one visible pattern. */
export interface SearchDocument {
  /** `patterns.id` of the view; stable until the view is rebuilt. */
  readonly rowId: number;
  readonly id: PatternId;
  readonly kind: string;
  readonly language: string | null;
  readonly framework: string | null;
  readonly name: string;
  readonly signature: string | null;
  readonly description: string;
  readonly tags: readonly string[];
  /** Code, or the text after a change. */
  readonly code: string;
  /** Text before a change, empty for code. */
  readonly before: string;
  /** Commit message of a change, empty for code. */
  readonly message: string;
  readonly template: string;
  /** 0 to 1. */
  readonly value: number;
}

/** A changed row: a document when the pattern is live, `undefined` when it left. */
export interface DocumentChange {
  readonly rowId: number;
  readonly document: SearchDocument | undefined;
}

/** The library as search sees it. */
export interface Corpus {
  /** Grows with every change of the view. */
  readonly version: number;
  /** Identity of the snapshot the view was loaded from, with its version; `undefined` without one. */
  readonly snapshot: { readonly id: string; readonly version: number } | undefined;
  /** Rows changed after `version`, each once; 0 gives every live document. */
  changesSince(version: number): IterableIterator<DocumentChange>;
  /** Row ids of live patterns that pass the filter; `undefined` when the filter is empty. */
  matching(filter: PatternFilter): ReadonlySet<number> | undefined;
  /** In the order asked for; rows that left are left out. */
  byRowIds(rowIds: readonly number[]): readonly Pattern[];
  /** Row ids of live documents, the most valuable first. */
  rowIdsByValue(): readonly number[];
  /** The documents of these rows, in order; rows that left are left out. */
  documents(rowIds: readonly number[]): readonly SearchDocument[];
}

/** Vectors by the hash of the text they stand for; derived data. */
export interface Vectors {
  /** Number of vectors held. */
  readonly size: number;
  has(textHash: string): boolean;
  get(textHash: string): Float32Array | undefined;
  /** Flushed to disk when it returns. Hashes already held are ignored. */
  add(entries: readonly { readonly textHash: string; readonly vector: Float32Array }[]): void;
  /** Cosines of some texts in their order, within about 0.01; `undefined` without a vector. */
  cosines(query: Float32Array, textHashes: readonly string[]): readonly (number | undefined)[];
  /**
   * The nearest texts among `candidates` (all when absent) by cosine, best first, ties by hash.
   * Scans int8 copies and rescores the best in float.
   */
  nearest(
    query: Float32Array,
    limit: number,
    candidates?: (textHash: string) => boolean,
  ): readonly { readonly textHash: string; readonly cosine: number }[];
}

/** What lists narrow and order one pattern by. */
export interface ListedRow {
  /** As in `SearchDocument`. */
  readonly rowId: number;
  readonly id: PatternId;
  readonly state: 'live' | 'quarantined';
  readonly kind: PatternKind;
  readonly language: string | null;
  readonly framework: string | null;
  readonly tags: readonly string[];
  readonly source: PatternSource;
  /** Name of the pack it came with, if it did. */
  readonly pack: string | null;
  /** Names of the projects it occurs in, forgotten ones left out. */
  readonly projects: readonly string[];
  /** 0 to 1. */
  readonly value: number;
  readonly support: number;
  /** Mean of the posterior success rate. */
  readonly success: number;
  /** Since 1970 in UTC; see `PatternRow.date`. */
  readonly dateSeconds: number | undefined;
}

/** Every pattern that can be listed, in memory. */
export interface Listing {
  /** In descending order, ties by value, then id; `relevance` is that of no text: by value. */
  rows(state: ListedRow['state'], order: BrowseOrder): readonly ListedRow[];
  /** Name of the project of a key; what is no key is taken for a name. */
  projectName(nameOrKey: string): string;
}

/** All that was learned, on disk. */
export interface Library {
  readonly folder: string;
  readonly corpus: Corpus;
  readonly vectors: Vectors;
  /** Why nothing can be written, or `undefined`. */
  readonly readOnlyReason: Told | undefined;

  /**
   * Redacts secrets, appends to the journal, flushes and applies to the view, in that order;
   * durable when it resolves.
   *
   * @throws AppError `disk-full`, `library-read-only`, `library-write-failed`
   */
  record(bodies: readonly EventBody[]): Promise<readonly LibraryEvent[]>;
  /** Takes in what other processes wrote. */
  refresh(): void;
  /**
   * Calls back soon after anybody wrote, this process included; may do so without a change. Keeps
   * no process alive.
   */
  watch(onChange: () => void): { close(): void };

  /** The id in force for `id`: itself, its successor, or what it joined; `undefined` if unknown. */
  resolve(idOrPrefix: string): PatternId | undefined;
  /** Follows `resolve`; also finds retired, forgotten and quarantined patterns. */
  pattern(idOrPrefix: string): Pattern | undefined;
  /** Whether the pattern of exactly this id is forgotten, its text purged or not. */
  isForgottenPattern(id: PatternId): boolean;
  /** Live patterns in descending order, ties by value, then id. */
  list(filter: PatternFilter, limit: number, order?: ListOrder): PatternPage;
  /** Like `list`, one by one; those that are no longer live when it is their turn are left out. */
  each(filter: PatternFilter): Iterable<Pattern>;
  readonly listing: Listing;
  /**
   * Patterns as lists show them, in the order asked for and in any state.
   *
   * @param person whose own ratings are told
   */
  patternRows(ids: readonly PatternId[], person: string): readonly PatternRow[];
  /** Patterns of one state that were imported under the name of a pack, by value. */
  idsOfPack(pack: string, state: Pattern['state']): readonly PatternId[];
  /** Patterns in quarantine whose name, description or tags hold each of the words. */
  quarantinedHolding(words: readonly string[]): ReadonlySet<PatternId>;
  /** All ratings ever given to the pattern of exactly this id or what leads to it, latest first. */
  ratings(id: PatternId): readonly RatingRecord[];
  /** How often the pattern of exactly this id was shown or put to use. */
  impressions(id: PatternId): number;
  /** Live patterns that pass the filter, by kind and by language. */
  counts(filter: PatternFilter): PatternCounts;
  /** Patterns of one state with all that is known of them. */
  inState(state: Pattern['state']): readonly Pattern[];

  /** Key under which a project is recorded: the first of `keys` known, by itself or as an alias. */
  projectKey(keys: readonly ProjectKey[]): ProjectKey | undefined;
  /**
   * Files recorded of a project, by path; gone files are left out.
   *
   * @param within these files, and those in these folders, alone
   */
  files(project: ProjectKey, within?: readonly string[]): ReadonlyMap<string, RecordedFile>;
  /** The last `history` event of a project. */
  history(project: ProjectKey): RecordedHistory | undefined;
  /** Commits recorded with at least one change. */
  commits(project: ProjectKey): ReadonlySet<string>;
  /** Last commit recorded of each path. */
  lastChanges(project: ProjectKey): ReadonlyMap<string, string>;
  /** Recorded measures of a project's patterns. */
  measures(project: ProjectKey): ReadonlyMap<PatternId, { uses: number; tests: number }>;
  projectByName(name: string): ProjectKey | undefined;
  isForgotten(project: ProjectKey): boolean;

  stats(): LibraryStats;
  /** What is live as a SQLite file, embeddings filled in. */
  sqliteBytes(): Uint8Array;
  /** Seals, folds and purges; says whether text asked to be purged is gone. */
  compact(): CompactionSummary;
  /** Writes a snapshot of the view if enough happened since the last one. */
  saveSnapshot(): void;
  check(): DoctorReport;
  /** Deletes all derived data and makes it anew from the journals. */
  rebuild(): void;
  close(): void;
}

export interface RecordedHistory {
  readonly heads: readonly string[];
  readonly sinceSeconds: number | null;
  readonly version: number;
}

export interface PatternPage {
  readonly patterns: readonly Pattern[];
  /** Matching patterns in all, whatever the limit. */
  readonly total: number;
}

/** `value` when absent. */
export type ListOrder = 'value' | 'support' | 'confidence';

export interface PatternCounts {
  readonly kinds: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
}

export interface CompactionSummary {
  readonly filesBefore: number;
  readonly filesAfter: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly purgePending: boolean;
}

export interface LibraryStats {
  readonly patterns: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  readonly projects: readonly {
    readonly name: string;
    readonly files: number;
    readonly patterns: number;
  }[];
  readonly states: Readonly<Record<string, number>>;
  readonly variants: number;
  readonly ratings: number;
  readonly impressions: number;
  readonly vectors: number;
  readonly journalBytes: number;
  readonly derivedBytes: number;
}

export interface DoctorFinding {
  readonly level: 'ok' | 'warning' | 'error';
  /** Stable name of the check, such as `journal-lines`. */
  readonly check: string;
  readonly message: Told;
}

export interface DoctorReport {
  readonly findings: readonly DoctorFinding[];
}
