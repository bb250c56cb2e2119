import type { Config, ConfigOverrides } from '../config.ts';
import type { Pattern, PatternId, ProjectKey } from '../pattern.ts';
import type { PatternFilter } from '../filter.ts';
import type { LocalizedText } from '../localizedText.ts';
import type { CallTable } from './calls.ts';
import type { Watch } from './watch.ts';

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

export interface EmbedOptions {
  /** By whose settings near duplicates become one; when absent each stays by itself. */
  readonly folder?: string;
  /** As of `ExtractOptions`. */
  readonly settings?: ConfigOverrides;
}

/** What a person has before them, the latest first. */
export interface Attention {
  /** Absolute paths of files that are or were open. */
  readonly files: readonly string[];
  /** Ids of patterns that were looked at. */
  readonly patterns: readonly PatternId[];
}

/** What a run over all patterns without a vector did. */
export interface Embedded {
  /** Patterns that got a vector. */
  readonly embedded: number;
  /** Near duplicates that joined another pattern. */
  readonly variants: number;
  /** Why there is none, where the embedding process cannot; else empty. */
  readonly notes: readonly LocalizedText[];
}

export type CommitType = 'bug_fix' | 'feature_addition' | 'unknown';

/** What one run did. A stopped run says what it got to. */
export interface ExtractionSummary {
  readonly project: ProjectKey;
  /** As in `Listing.projectTitle`. */
  readonly projectName: string;
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
   * Functions, classes and tests of those files that are not among the fragments, by the reason:
   * `broken-syntax` or `too-nested`.
   */
  readonly leftOut: Readonly<Record<string, number>>;
  /** Paths of the files these stand in, in order. */
  readonly leftOutIn: readonly string[];
  /**
   * Live patterns of this project by kind, after the run. Like the languages, what can be reused and
   * the lessons it is empty after a run of `paths` and one that was stopped: counting a large project
   * takes longer than a save, and longer than who stops waits.
   */
  readonly patterns: Readonly<Record<string, number>>;
  /** Rows that a list of this project has, by kind: changes stand in the row of their function. */
  readonly listed: Readonly<Record<string, number>>;
  readonly languages: Readonly<Record<string, number>>;
  readonly commits: {
    readonly seen: number;
    readonly bug_fix: number;
    readonly feature_addition: number;
    readonly unknown: number;
    readonly pairs: number;
    /** Blobs a partial clone does not hold. */
    readonly absentBlobs: number;
    /** Files of production code whose versions were passed over, by reason. */
    readonly skipped: Readonly<Record<string, number>>;
  };
  readonly embedded: number;
  /** Near duplicates that joined another pattern in this run. */
  readonly variants: number;
  readonly secrets: number;
  /** By stage: `list`, `files`, `idioms`, `history`, `embed`. */
  readonly durationMs: Readonly<Record<string, number>>;
  /**
   * What the stages spent their time on, in milliseconds: `compile` of grammars, `read`, `redact` and
   * `parse` of files, `record`, `mentions`, `snapshot`, `words`, `summary`. Of files that several
   * processes read at a time it is their sum; a part that did not take place is absent.
   */
  readonly timings: Readonly<Record<string, number>>;
  readonly library: string;
  readonly stopped: boolean;
  /** What a person should know, such as a shallow clone; empty as a rule. */
  readonly notes: readonly LocalizedText[];
  /** What of this project is most worth using again, best first, at most 5. */
  readonly reusable: readonly Pattern[];
  /** Fixes of this project that are surest to say what was wrong, best first, at most 5. */
  readonly lessons: readonly Pattern[];
}

export interface CommitReport {
  readonly commit: string;
  readonly subject: string;
  readonly type: CommitType;
  /** 0 to 1. */
  readonly confidence: number;
  readonly evidence: readonly string[];
  /** The commits that undid it; empty as a rule, and where one that did was undone itself. */
  readonly revertedBy: readonly string[];
  readonly pairs: number;
}

export interface ExportOptions {
  readonly format: 'jsonl' | 'pack' | 'sqlite';
  /** Only these patterns; all live ones when absent. */
  readonly ids?: readonly string[];
  readonly filter?: PatternFilter;
  /** Only of the projects these are in, unless the filter names some; all where they are in none. */
  readonly folders?: readonly string[];
  /** Name other people see the pack under. */
  readonly pack?: string;
}

export interface Exported {
  /** Empty where it was written to a file. */
  readonly text: string;
  /** Patterns in it. */
  readonly count: number;
  /** Titles of the projects that its folders narrowed it to. */
  readonly projects: readonly string[];
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
  readonly bad: readonly { readonly line: number; readonly reason: LocalizedText }[];
  /** All lines that could not be read. */
  readonly badCount: number;
  readonly stopped: boolean;
}

/** What takes a while: it tells how far it is, rests when asked to, and can be stopped. */
export interface JobsApi {
  extract(options: ExtractOptions, watch?: Watch): Promise<ExtractionSummary>;
  /**
   * Gives every pattern that search may show its vector; the engine also does so by itself soon
   * after one was kept, changed or accepted. What a stop leaves is done by the next call.
   */
  embed(options: EmbedOptions, watch?: Watch): Promise<Embedded>;
  /** From now on the patterns of these files, and these patterns, get their vectors before others. */
  attend(attention: Attention): Promise<void>;
  history(
    options: Pick<ExtractOptions, 'folder' | 'sinceDate'>,
    watch?: Watch,
  ): Promise<readonly CommitReport[]>;
  /**
   * @param file takes the place of what has that name when all of it is written; without one the
   *   text is answered, which `sqlite` has none of
   * @throws AppError `bad-argument`; an `AbortError` when stopped, with nothing written
   */
  export(options: ExportOptions, file: string | undefined, watch?: Watch): Promise<Exported>;
  /** @throws AppError `bad-argument` for a file that cannot be read */
  import(source: ImportSource, pack: string, watch?: Watch): Promise<ImportSummary>;
  /**
   * The settings jobs follow: the defaults, under `settings`, under `.pattern-foundry.yaml` of the
   * folder or of the repository it is in, if one is named.
   *
   * @throws AppError `bad-config`, `bad-setting` for what is wrong in `settings`
   */
  settings(folder: string | undefined, settings: ConfigOverrides): Promise<Config>;
}

export const JOBS_CALLS: CallTable<JobsApi> = {
  extract: 1,
  embed: 1,
  attend: 1,
  history: 1,
  export: 2,
  import: 2,
  settings: 2,
};
