import type {
  Event,
  ExtensionContext,
  LogOutputChannel,
  TextDocument,
  Uri,
  WorkspaceFolder,
} from 'vscode';
import type { OutcomeDraft } from '../core/model/api/outcomes.ts';
import type { Engine } from '../core/model/engine.ts';
import type { ImpressionId } from '../core/model/outcomes/outcome.ts';
import type { PatternId } from '../core/model/pattern.ts';
import type { ExtractionSummary } from '../core/model/api/jobs.ts';
import type { Progress } from '../core/model/api/watch.ts';
import type { FailureText } from '../protocol/browser.ts';
import type { LibraryTrouble } from '../core/model/ports/libraryUpkeep.ts';
import type { Reports } from './documents/reports.ts';
import type { TrackedText } from './following/trackedText.ts';
import type { KnownFolders } from './autoExtraction/knownFolders.ts';

/** What each part of the extension is given. */
export interface Shell {
  readonly context: ExtensionContext;
  readonly log: LogOutputChannel;
  readonly connection: EngineConnection;
  readonly jobs: Jobs;
  readonly known: KnownFolders;
  readonly attention: Attention;
  readonly following: Following;
  readonly recordings: Recordings;
  readonly reports: Reports;
}

export type EngineState =
  | { readonly state: 'starting' | 'ready' | 'restarting' }
  | { readonly state: 'failed'; readonly failure: FailureText };

/** The engine in its own process, started by the first call and started again when it dies. */
export interface EngineConnection {
  /** Calls wait for the process; what a dying process owed is asked of the next one once. */
  readonly engine: Engine;
  readonly state: EngineState;
  readonly onDidChangeState: Event<EngineState>;
  /** The library changed, by this window or anybody else. */
  readonly onDidChangeLibrary: Event<void>;
  /** The embedding process died; it is started again by the next text. */
  readonly onDidRestartEmbedder: Event<void>;
  /** Something that was in the library is missing from it, or may be. */
  readonly onDidMeetTrouble: Event<LibraryTrouble>;
  /** Process ids for measuring; `undefined` while it does not run. */
  readonly pid: number | undefined;
  /** Jobs rest between two files while true. */
  rest(resting: boolean): void;
  /** Starts another process, with the settings as they are now; the way out of `failed`. */
  restart(): Promise<void>;
}

/** Tells the engine what the person has before them, which it embeds first. */
export interface Attention {
  lookedAt(pattern: PatternId): void;
}

/** Code that was taken from what was shown. */
export interface Taken {
  readonly document: TextDocument;
  /** `undefined` where it could not be noted that it was shown. */
  readonly impression: Promise<ImpressionId | undefined>;
  readonly text: TrackedText;
}

/**
 * Sees what becomes of code that was taken: whether it is undone, whether builds and tests pass with
 * it, and how much of it is still there at the next commit, which ends it.
 */
export interface Following {
  dispose(): void;
  follow(taken: Taken): void;
  /**
   * Whether builds and tests in these folders pass up to the next commit is told of a task, whether
   * patterns were added to it or held out.
   */
  followTask(look: ImpressionId, folders: readonly WorkspaceFolder[]): void;
  /** Notes what became of an impression; failures are logged. */
  record(impression: Taken['impression'], outcome: OutcomeDraft): Promise<void>;
}

/** Records what the person does in each folder, as sessions in the library. */
export interface Recordings {
  /**
   * A pattern or suggestion was taken.
   *
   * @param impression `undefined` where it could not be noted that it was shown
   * @param document it was put into; where the person is when absent
   */
  noteUse(impression: Taken['impression'], document: TextDocument | undefined): Promise<void>;
  /** Ends what is being recorded. */
  close(): Promise<void>;
}

/** One extraction that somebody or something asked for. */
export interface JobRequest {
  /** A workspace folder, or a repository in one. */
  readonly folder: Uri;
  /** Only these files, relative to the folder and with `/`; all when absent. */
  readonly paths?: readonly string[];
  readonly history: boolean;
  /** ISO date; only history from then on. */
  readonly sinceDate?: string;
  /** `person` shows progress and errors in notifications; the rest stays in the status bar. */
  readonly origin: 'person' | 'automatic';
}

export type JobsStatus =
  | { readonly state: 'idle' | 'paused'; readonly waiting: number }
  | {
      readonly state: 'extracting';
      readonly waiting: number;
      readonly request: JobRequest;
      readonly progress: Progress | undefined;
      /** It was cancelled and comes to its end. */
      readonly stopping: boolean;
      /** Which folder this is of those asked for together; counts from 1. */
      readonly turn: { readonly number: number; readonly of: number };
    };

/** Extractions one after another; requests of one folder that wait become one. */
export interface Jobs {
  readonly status: JobsStatus;
  readonly onDidChange: Event<JobsStatus>;
  /** Resolves when the job ended; `undefined` when it was cancelled before it could do anything. */
  start(request: JobRequest): Promise<ExtractionSummary | undefined>;
  /**
   * Stops the running job and drops those that wait, of this origin or, when absent, of any; what
   * was found is kept.
   */
  cancel(origin?: JobRequest['origin']): void;
  /** Nothing starts, and the running job rests, until resumed or a person starts another. */
  pause(): void;
  resume(): void;
}
