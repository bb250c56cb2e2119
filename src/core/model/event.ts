import type { DismissEvent } from './dismissal.ts';
import type { EpochMs } from './epochMs.ts';
import type { IdiomDeviation, IdiomHole, Language, Range } from './code.ts';
import type { Experiment } from './outcomes/experiment.ts';
import type { BatchEvent, ExperienceFacts } from './experience/recorded.ts';
import type { Impression, LeftOut, Outcome, Surface, UseKind } from './outcomes/outcome.ts';
import type { PatternId, PatternKind, ProjectKey, Provenance } from './pattern.ts';
import type { AgentName } from './sessions/session.ts';
import type { LastingReport } from './sessions/sessionReport.ts';

/** What is kept of a fragment's or change's text; ids follow from `fingerprint`. */
export interface RecordedText {
  readonly id: PatternId;
  readonly kind: PatternKind;
  readonly language: Language | null;
  readonly framework: string | null;
  readonly name: string;
  readonly signature: string | null;
  readonly description: string;
  /** See `Fragment.details`; absent where there are none. */
  readonly details?: string;
  readonly tags: readonly string[];
  /** Text of code, or the text after the change. */
  readonly code: string;
  /** Only for `fix` and `feature`: the text before, empty for an added function. */
  readonly before?: string;
  readonly complexity: number;
  readonly lines: number;
  readonly fingerprint: string;
  readonly template: string;
  /** Only for `idiom`: what the template leaves open. */
  readonly holes?: readonly IdiomHole[];
}

export interface RecordedFragment extends RecordedText {
  readonly qualifiedName: string;
  readonly range: Range;
  /** False for a function kept only while its support is at least 3. */
  readonly kept: boolean;
}

export interface RecordedChange extends RecordedText {
  readonly path: string;
  readonly qualifiedName: string;
  readonly range: Range;
  readonly confidence: number;
}

/** The fragments one file holds; replaces what was recorded of (project, path) before. */
export interface FileEvent {
  readonly type: 'file';
  readonly project: ProjectKey;
  readonly path: string;
  /** Lower-case hex SHA-256 of the bytes and the extraction settings; `null` when the file is gone. */
  readonly contentHash: string | null;
  readonly language: Language | null;
  readonly fragments: readonly RecordedFragment[];
}

/** One idiom of a project; `code` is its best example. */
export interface RecordedIdiom extends RecordedText {
  /** 0 to 1: how much it tells, and how widely it is spread. */
  readonly strength: number;
  /** Functions, classes and tests that hold its places: what it shows is text of theirs. */
  readonly sources: readonly PatternId[];
  /** Where it recurs, the example among them last. */
  readonly places: readonly { readonly path: string; readonly range: Range }[];
  /** Places that do it otherwise; absent in what was recorded before they were looked for. */
  readonly deviations?: readonly IdiomDeviation[];
}

/** All idioms of a project; replaces those recorded before. */
export interface IdiomsEvent {
  readonly type: 'idioms';
  readonly project: ProjectKey;
  /** Lower-case hex SHA-256 of what they were mined from; empty where they must be mined anew. */
  readonly contentHash: string;
  readonly idioms: readonly RecordedIdiom[];
}

/** The before/after pairs of one commit; no changes when history no longer holds it. */
export interface CommitEvent {
  readonly type: 'commit';
  readonly project: ProjectKey;
  readonly commit: string;
  readonly author: string;
  /** Seconds since 1970 in UTC; `null` where the commit has no date that could be shown. */
  readonly dateSeconds: number | null;
  readonly message: string;
  readonly testsChanged: boolean;
  readonly issues: readonly string[];
  readonly changes: readonly RecordedChange[];
}

/** All commits reachable from `heads` are processed; replaces the former one of the project. */
export interface HistoryEvent {
  readonly type: 'history';
  readonly project: ProjectKey;
  readonly heads: readonly string[];
  /** `--since-date` of the run in seconds, or `null` for all of history. */
  readonly sinceSeconds: number | null;
  /** Version of classification and pairing; another version means processing anew. */
  readonly version: number;
}

/** The commits that one commit undoes; replaces what was recorded of it before. */
export interface RevertEvent {
  readonly type: 'revert';
  readonly project: ProjectKey;
  readonly commit: string;
  /** Whole hashes; empty when history no longer holds the commit. */
  readonly reverts: readonly string[];
}

export interface ProjectEvent {
  readonly type: 'project';
  readonly project: ProjectKey;
  readonly name: string;
  /** Owner of its remote or folder around it: tells projects of one name apart. */
  readonly parent?: string;
  /** Other keys of the same project. */
  readonly aliases: readonly ProjectKey[];
}

/** The last commit that touched a file. */
export interface LastChangeEvent {
  readonly type: 'lastChange';
  readonly project: ProjectKey;
  readonly path: string;
  readonly commit: string;
  readonly author: string;
  /** As in `CommitEvent`. */
  readonly dateSeconds: number | null;
}

/** How a pattern of a project is used by other code; replaces (project, pattern). */
export interface MeasureEvent {
  readonly type: 'measure';
  readonly project: ProjectKey;
  readonly pattern: PatternId;
  /** Mentions: other files that name it, tests apart; journals call them `uses`. */
  readonly uses: number;
  /** Test files that mention its name. */
  readonly tests: number;
}

/** Text that stays without a source file: kept because rated, edited or shared, added, imported. */
export interface PatternEvent {
  readonly type: 'pattern';
  readonly origin: 'kept' | 'added' | 'imported';
  /** Name of the pack, for `imported`. */
  readonly pack?: string;
  readonly text: RecordedText;
  /** Older versions recorded the name of a project in place of its key, and no `projectName`. */
  readonly provenance: readonly Provenance[];
  /** For `fix` and `feature`. */
  readonly change?: {
    readonly message: string;
    readonly confidence: number;
    readonly testsChanged: boolean;
    /** Later commits undid it, as far as whoever wrote this knew; not when absent. */
    readonly reverted?: boolean;
    readonly issues: readonly string[];
  };
}

/** Given fields replace those of the recorded text, each field by itself. */
export interface EditEvent {
  readonly type: 'edit';
  readonly pattern: PatternId;
  readonly name?: string;
  readonly description?: string;
  readonly tags?: readonly string[];
}

/** Stands in ratings for somebody who was not asked for a name. */
export const UNNAMED = 'user';

/** Somebody who uses a library; ratings and uses name them by the id. */
export interface PersonEvent {
  readonly type: 'person';
  /** Random, made once in a library; 24 hex digits. */
  readonly person: string;
  /** For people to read; not unique. */
  readonly name: string;
  /** What older versions recorded in place of the id, in the events of `writers`. */
  readonly formerName: string | null;
  readonly writers: readonly string[];
}

/** Replaces (pattern, session, task, by), which stays on record; `null` takes it back. */
export interface RatingEvent {
  readonly type: 'rating';
  readonly pattern: PatternId;
  readonly rating: 1 | 2 | 3 | 4 | 5 | null;
  readonly session: string | null;
  readonly task: string | null;
  /** Id of the person; older versions recorded the name that the operating system has for them. */
  readonly by: string;
  /** Names what the pattern was when it was rated; older versions recorded none. */
  readonly version?: string;
}

/** A pattern put to work once, as older versions recorded it: an outcome without an impression. */
export interface UseEvent {
  readonly type: 'use';
  readonly pattern: PatternId;
  readonly use: UseKind;
  readonly session: string | null;
  /** Id of the person; older versions recorded the name that the operating system has for them. */
  readonly by: string;
}

export type Subject = { readonly pattern: PatternId } | { readonly project: ProjectKey };

/** Beats every record until a restore; `purge` asks compaction to drop the text too. */
export interface ForgetEvent {
  readonly type: 'forget';
  readonly subject: Subject;
  readonly purge: boolean;
}

export interface RestoreEvent {
  readonly type: 'restore';
  readonly subject: Subject;
}

/** Takes an imported pattern out of quarantine. */
export interface AcceptEvent {
  readonly type: 'accept';
  readonly pattern: PatternId;
}

/** What a pattern was before it was edited or its source changed; see `VersionText`. */
export interface VersionEvent {
  readonly type: 'version';
  readonly pattern: PatternId;
  readonly version: string;
  /** When it came to be that. */
  readonly since: EpochMs;
  /** It goes with those when all of them are purged. */
  readonly projects: readonly ProjectKey[];
  readonly name: string;
  readonly description: string;
  readonly tags: readonly string[];
  readonly code: string;
  readonly before?: string;
  /** It was purged: no text of it is left. */
  readonly withdrawn?: boolean;
}

/** Of two patterns, or of two versions, one is drawn for each task; replaces what was said of it before. */
export interface ExperimentEvent extends Experiment {
  readonly type: 'experiment';
}

/** `pattern` is a near duplicate of `of` and joins it. */
export interface VariantEvent {
  readonly type: 'variant';
  readonly pattern: PatternId;
  readonly of: PatternId;
  readonly cosine: number;
  /** Jaccard overlap of template tokens, 0 to 1. */
  readonly overlap: number;
}

/** Editing a function turned `from` into `to`. */
export interface SuccessionEvent {
  readonly type: 'succession';
  readonly from: PatternId;
  readonly to: PatternId;
}

/** Looks at what one process showed, on one surface and in one task. */
export interface ShownEvent extends Partial<
  Pick<Impression, 'project' | 'session' | 'task' | 'held'>
> {
  readonly type: 'shown';
  /** Random, of the process: names its impressions. */
  readonly writer: string;
  readonly surface: Surface;
  readonly looks: readonly RecordedLook[];
}

/** What was shown together; newer events replace it as a whole. */
export interface RecordedLook extends Partial<Pick<Impression, 'context'>> {
  readonly at: EpochMs;
  /** Number of its first impression; the others follow one by one. */
  readonly first: number;
  /** What fits as well and was not shown. */
  readonly leftOut?: readonly LeftOut[];
  readonly shown: readonly RecordedImpression[];
}

/** Short, since there are many: what is left out is 1 for `chance` and `null` for the others. */
export interface RecordedImpression extends Partial<
  Pick<Impression, 'pattern' | 'version' | 'chance' | 'estimate' | 'arm' | 'tokens'>
> {
  /** The named parts of its score, where it answered a text. */
  readonly signals?: Readonly<Record<string, number>>;
}

/**
 * What became of an impression. Replaces what the same person said of this kind before. It says
 * itself what was shown, because bare impressions are folded to counts in the end.
 */
export interface OutcomeEvent extends Outcome {
  readonly type: 'outcome';
  /** Older versions recorded no experiments and no tokens. */
  readonly impression: Omit<Impression, 'context' | 'arm' | 'tokens'> &
    Partial<Pick<Impression, 'arm' | 'tokens'>>;
  /** Id of the person. */
  readonly by: string;
}

/**
 * Cumulative counts of one writer and day (`YYYY-MM-DD` in UTC); merged by the maximum. Older
 * versions recorded nothing else of what was shown.
 */
export interface ImpressionsEvent {
  readonly type: 'impressions';
  readonly writer: string;
  readonly day: string;
  readonly counts: Readonly<Record<PatternId, number>>;
  /** Numbers of the first and the last look of the writer that are in the counts: they may go. */
  readonly folds?: { readonly first: number; readonly last: number };
}

/** What was learned of one session; replaces (agent, session). Its log stays where it lies. */
export interface SessionEvent {
  readonly type: 'session';
  readonly agent: AgentName;
  readonly session: string;
  /** What it worked on, where that is a project of the library. */
  readonly project: ProjectKey | null;
  /** Name of the folder it worked in. */
  readonly projectName: string | null;
  /** Milliseconds since 1970 in UTC. */
  readonly startedAt: EpochMs | null;
  /** 0 to 1; `null` without a plan. */
  readonly completionRate: number | null;
  /** Its log lay where agents leave theirs; somebody named the logs of others. */
  readonly isFound: boolean;
  readonly report: LastingReport;
  /** Lower-case hex SHA-256 of the report, before secrets were replaced. */
  readonly contentHash: string;
}

/** What one session taught; replaces what was recorded of it before. */
export interface ExperienceEvent extends ExperienceFacts {
  /** Functions and classes that its changes wrote; patterns where they recur. */
  readonly code: readonly RecordedText[];
  /** Strategies, errors, and code that recurs, as patterns. */
  readonly lessons: readonly RecordedText[];
}

/** What happened, as a surface or a stage says it; the journal adds id, revision and time. */
export type EventBody =
  | FileEvent
  | IdiomsEvent
  | CommitEvent
  | RevertEvent
  | HistoryEvent
  | ProjectEvent
  | LastChangeEvent
  | MeasureEvent
  | PatternEvent
  | EditEvent
  | PersonEvent
  | RatingEvent
  | UseEvent
  | ShownEvent
  | OutcomeEvent
  | ForgetEvent
  | RestoreEvent
  | AcceptEvent
  | DismissEvent
  | VariantEvent
  | SuccessionEvent
  | VersionEvent
  | ExperimentEvent
  | ImpressionsEvent
  | SessionEvent
  | ExperienceEvent
  | BatchEvent;

/** A body as the journal holds it. Events of one subject are ordered by (`rev`, `id`). */
export type Recorded<Body> = Body & {
  /** `<writer>.<number>`, unique everywhere. */
  readonly id: string;
  /** One more than the highest revision the writer had seen. */
  readonly rev: number;
  readonly at: EpochMs;
};

/** One fact of the journal. */
export type LibraryEvent = Recorded<EventBody>;
