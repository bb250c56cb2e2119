import type { CompactionSummary, DoctorReport, LibraryStats, PatternPage } from './ports.ts';
import type {
  BrowsePage,
  BrowseQuery,
  ImpressionUse,
  PatternDetail,
  SourcePlace,
} from './browse.ts';
import type { Config, ConfigOverrides } from './config.ts';
import type { Hit, Pattern, PatternFilter, PatternId, Rating, SuccessRate } from './pattern.ts';
import type { Told } from './told.ts';

/**
 * How far a job is; numbers only grow within a stage. They count files, commits, texts, the bytes or
 * characters of what is imported, and the patterns of what is exported.
 */
export interface Progress {
  readonly stage: 'list' | 'files' | 'history' | 'embed' | 'import' | 'export';
  readonly done: number;
  /** `undefined` while unknown. */
  readonly total: number | undefined;
  /** Patterns found, imported or exported so far. */
  readonly patterns: number;
}

export interface Watch {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
  /** Awaited between files, commits and batches: a job rests as long as it is pending. */
  readonly rest?: () => Promise<void>;
}

export interface ExtractOptions {
  readonly folder: string;
  /** ISO date or date-time; only history from then on. */
  readonly sinceDate?: string;
  readonly git: boolean;
  readonly embed: boolean;
  /**
   * Only these files, relative to the folder and with `/`; those that are gone lose their patterns.
   * Empty leaves the files as they are. All files when absent.
   */
  readonly paths?: readonly string[];
  /** Settings over the defaults and under `.pattern-foundry.yaml`. */
  readonly settings?: ConfigOverrides;
}

export type CommitType = 'bug_fix' | 'feature_addition' | 'unknown';

/** What one run did. A stopped run says what it got to. */
export interface ExtractionSummary {
  readonly project: string;
  readonly files: {
    readonly seen: number;
    /** Parsed in this run; unchanged files are not. */
    readonly parsed: number;
    readonly unchanged: number;
    readonly skipped: Readonly<Record<string, number>>;
  };
  readonly bytes: number;
  /** Fragments found in the files parsed in this run. */
  readonly fragments: number;
  /**
   * Live patterns of this project by kind, after the run. Like the languages, the recurrent ones and
   * the fixes it is empty after a run of `paths`: counting a large project takes longer than a save.
   */
  readonly patterns: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  readonly commits: {
    readonly seen: number;
    readonly bug_fix: number;
    readonly feature_addition: number;
    readonly unknown: number;
    readonly pairs: number;
    /** Blobs a partial clone does not hold. */
    readonly absentBlobs: number;
  };
  readonly embedded: number;
  /** Near duplicates that joined another pattern in this run. */
  readonly variants: number;
  readonly secrets: number;
  readonly durationMs: Readonly<Record<string, number>>;
  readonly library: string;
  readonly stopped: boolean;
  /** What a person should know, such as a shallow clone; empty as a rule. */
  readonly notes: readonly Told[];
  /** Most recurrent patterns of this project, best first, at most 5. */
  readonly recurrent: readonly Pattern[];
  /** Strongest fixes of this project, best first, at most 5. */
  readonly fixes: readonly Pattern[];
}

export interface CommitReport {
  readonly commit: string;
  readonly subject: string;
  readonly type: CommitType;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
  readonly pairs: number;
}

export interface SearchQuery extends PatternFilter {
  /** Plain words, identifiers or code; may be empty with `at`. */
  readonly text: string;
  /** A place whose surrounding code is the query; line counts from 1 as people write it. */
  readonly at?: { readonly file: string; readonly line: number };
  readonly limit?: number;
  /** 0 to 1; the configuration's when absent. */
  readonly minRelevance?: number;
}

export interface PatternDraft {
  readonly code: string;
  readonly name?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly language?: string;
  /** File the code came from, for its language. */
  readonly path?: string;
}

export interface PatternEdit {
  readonly name?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
  readonly code?: string;
}

export interface RatingContext {
  readonly session?: string;
  readonly task?: string;
}

export interface PatternStatistics {
  readonly id: PatternId;
  readonly usageCount: number;
  readonly successCount: number;
  readonly avgRating: number;
  readonly successRate: SuccessRate;
}

/** Imported patterns: one, or all that wait in quarantine under the name of a pack. */
export type AcceptTarget = { readonly pattern: string } | { readonly pack: string };

export type ForgetTarget = AcceptTarget | { readonly project: string };

/** What was forgotten, or exactly these patterns; of a pack, all that is forgotten of it. */
export type RestoreTarget = ForgetTarget | { readonly patterns: readonly PatternId[] };

export interface ExportOptions {
  readonly format: 'jsonl' | 'pack' | 'sqlite';
  /** Only these patterns; all live ones when absent. */
  readonly ids?: readonly string[];
  readonly filter?: PatternFilter;
  /** Name other people see the pack under. */
  readonly pack?: string;
}

export interface Exported {
  /** Empty where it was written to a file. */
  readonly text: string;
  /** Patterns in it. */
  readonly count: number;
}

/** A text, or the path of a file that the engine reads. */
export type ImportSource = { readonly text: string } | { readonly file: string };

/** What one import did. A stopped one says what it got to. */
export interface ImportSummary {
  readonly pack: string;
  readonly imported: number;
  /** Already known, or again in the same file. */
  readonly unchanged: number;
  /** The first lines that could not be read, at most 1,000, counting from 1, with the reason. */
  readonly bad: readonly { readonly line: number; readonly reason: Told }[];
  /** All lines that could not be read. */
  readonly badCount: number;
  readonly stopped: boolean;
}

/** The one interface surfaces use. Everything that crosses it can be cloned structurally. */
export interface Engine {
  extract(options: ExtractOptions, watch?: Watch): Promise<ExtractionSummary>;
  history(
    options: Pick<ExtractOptions, 'folder' | 'sinceDate'>,
    watch?: Watch,
  ): Promise<readonly CommitReport[]>;
  /** @returns best first; empty when nothing is relevant enough */
  search(query: SearchQuery, watch?: Watch): Promise<readonly Hit[]>;
  list(filter: PatternFilter, limit: number): Promise<PatternPage>;
  show(id: string): Promise<Pattern | undefined>;
  /** One window of a list or of the answers to a text, with what a person may narrow it by. */
  browse(query: BrowseQuery, watch?: Watch): Promise<BrowsePage>;
  detail(id: string): Promise<PatternDetail | undefined>;
  /** The occurrences of a pattern whose project is open in one of `folders`. */
  locate(id: string, folders: readonly string[]): Promise<readonly SourcePlace[]>;
  /** Records that a pattern was put to use; durable when it resolves. */
  recordUse(id: string, use: ImpressionUse): Promise<void>;
  /** @throws AppError `bad-argument`, `unsupported-language` */
  add(draft: PatternDraft): Promise<Pattern>;
  /**
   * Keeps every function, class and test of a text by hand, whatever its size.
   *
   * @returns the kept ones in order; empty where the text holds none
   * @throws AppError `unsupported-language`
   */
  addFragments(
    draft: Pick<PatternDraft, 'code' | 'path' | 'language'>,
  ): Promise<readonly Pattern[]>;
  edit(id: string, edit: PatternEdit): Promise<Pattern>;
  /** `undefined` takes the rating back. Resolves when durable. */
  rate(id: string, rating: Rating | undefined, context: RatingContext): Promise<PatternStatistics>;
  /** All of it or nothing, with one write. @returns ids of what was forgotten */
  forget(target: ForgetTarget, purge: boolean): Promise<readonly PatternId[]>;
  /** @returns ids of what is back */
  restore(target: RestoreTarget): Promise<readonly PatternId[]>;
  accept(target: AcceptTarget): Promise<readonly PatternId[]>;
  /**
   * @param file takes the place of what has that name when all of it is written; without one the
   *   text is answered, which `sqlite` has none of
   * @throws AppError `bad-argument`; an `AbortError` when stopped, with nothing written
   */
  export(options: ExportOptions, file: string | undefined, watch?: Watch): Promise<Exported>;
  /** @throws AppError `bad-argument` for a file that cannot be read */
  import(source: ImportSource, pack: string, watch?: Watch): Promise<ImportSummary>;
  /**
   * The settings in force: the defaults, under `settings`, under `.pattern-foundry.yaml` of the
   * folder or of the repository it is in, if one is named.
   *
   * @throws AppError `bad-config`, `bad-setting` for what is wrong in `settings`
   */
  settings(folder: string | undefined, settings: ConfigOverrides): Promise<Config>;
  stats(): Promise<LibraryStats>;
  doctor(rebuild: boolean): Promise<DoctorReport>;
  compact(): Promise<CompactionSummary>;
  /** Calls back within two seconds of any change of the library, whoever made it. */
  watch(onChange: () => void): { close(): void };
  close(): Promise<void>;
}
