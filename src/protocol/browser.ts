import type { FindOrder, FindPage } from '../core/model/api/find.ts';
import type { Facet } from '../core/model/filter.ts';
import type { PatternDetail, SourcePlace } from '../core/model/api/patterns.ts';
import type { PatternRow } from '../core/model/patternRow.ts';
import type { PatternId, Rating } from '../core/model/pattern.ts';

/**
 * What the pattern browser and the extension say to each other over `postMessage`. Everything is
 * plain JSON. The browser asks with a `request` number and gets one `answer` or `failure` of that
 * number; the extension also speaks unasked.
 */

export type Filters = Readonly<Partial<Record<Facet, string>>>;

/** What the browser looks at; a window of at most 200 rows. */
export interface ListQuery {
  readonly text: string;
  readonly order: FindOrder;
  readonly state: 'live' | 'quarantined';
  readonly filters: Filters;
  readonly offset: number;
  readonly limit: number;
}

/** What a person sees of a pattern, and where it can be opened from here. */
export interface DetailView {
  readonly detail: PatternDetail;
  /** Occurrences that are open in this window; empty until checked. */
  readonly places: readonly SourcePlace[];
  /** Whether commits of a project can be opened, by name of the project. */
  readonly commitProjects: readonly string[];
}

/** One pattern, or all of a pack that wait in quarantine. */
export type PatternTarget = { readonly id: PatternId } | { readonly pack: string };

/** Each request with its parameters and its answer. */
export interface BrowserRequests {
  list: { readonly parameters: ListQuery; readonly answer: FindPage };
  /** `undefined` when the pattern is gone. */
  detail: {
    readonly parameters: { readonly id: PatternId };
    readonly answer: DetailView | undefined;
  };
  /** `null` takes the rating back. Answered when durable, with the row as it is then. */
  rate: {
    readonly parameters: { readonly id: PatternId; readonly rating: Rating | null };
    readonly answer: PatternRow | undefined;
  };
  edit: {
    readonly parameters: {
      readonly id: PatternId;
      readonly description?: string;
      readonly tags?: readonly string[];
    };
    readonly answer: DetailView | undefined;
  };
  /** Forgets a pattern, or what waits in quarantine of a pack; `restore` undoes it. */
  forget: { readonly parameters: PatternTarget; readonly answer: readonly PatternId[] };
  restore: {
    readonly parameters: { readonly ids: readonly PatternId[] };
    readonly answer: readonly PatternId[];
  };
  /** Takes imported patterns out of quarantine: one, or all of a pack. */
  accept: { readonly parameters: PatternTarget; readonly answer: readonly PatternId[] };
}

/** Done by the extension, with its own dialogs and editors; nothing is answered. */
export type BrowserAction =
  | { readonly action: 'insert'; readonly id: PatternId; readonly asSnippet: boolean }
  | { readonly action: 'copy'; readonly id: PatternId }
  | { readonly action: 'openCode'; readonly id: PatternId }
  | { readonly action: 'openDiff'; readonly id: PatternId }
  /** `occurrence` indexes `Pattern.occurrences`. */
  | { readonly action: 'openSource'; readonly id: PatternId; readonly occurrence: number }
  | { readonly action: 'openCommit'; readonly id: PatternId; readonly occurrence: number }
  | { readonly action: 'addToChat'; readonly id: PatternId }
  | { readonly action: 'share'; readonly id: PatternId }
  | { readonly action: 'extract' }
  | { readonly action: 'import' }
  | { readonly action: 'resume' }
  | { readonly action: 'showLog' }
  | { readonly action: 'chooseLibrary' }
  | { readonly action: 'manageTrust' }
  | { readonly action: 'openFolder' };

export type FromBrowser =
  | { readonly type: 'ready' }
  | {
      [Method in keyof BrowserRequests]: {
        readonly type: 'request';
        readonly request: number;
        readonly method: Method;
        readonly parameters: BrowserRequests[Method]['parameters'];
      };
    }[keyof BrowserRequests]
  /** The answer is not wanted any more. */
  | { readonly type: 'cancel'; readonly request: number }
  | ({ readonly type: 'action' } & BrowserAction);

export type ToBrowser =
  /** First, and whenever something of it changes. */
  | { readonly type: 'status'; readonly status: BrowserStatus }
  | { readonly type: 'answer'; readonly request: number; readonly value: unknown }
  | { readonly type: 'failure'; readonly request: number; readonly failure: FailureText }
  /** The library changed: what is shown should be asked for again. */
  | { readonly type: 'changed' }
  /** Shows one pattern, asked for by a command. */
  | { readonly type: 'show'; readonly id: PatternId }
  /** Puts the cursor into the search box, with this text if there is one. */
  | { readonly type: 'search'; readonly text: string | undefined }
  /** Lists what waits in quarantine. */
  | { readonly type: 'showQuarantine' };

/** A failure a person reads. */
export interface FailureText {
  /** Stable; `internal-error` is a bug. */
  readonly code: string;
  /** Begins a sentence and has no full stop, so that it is a heading as well. */
  readonly message: string;
  /** What to do about it, in sentences. */
  readonly hint: string;
}

export interface BrowserStatus {
  readonly trusted: boolean;
  /** Whether a folder is open that patterns can be extracted from. */
  readonly hasFolder: boolean;
  readonly engine:
    | { readonly state: 'starting' | 'ready' }
    /** It died and is started again. */
    | { readonly state: 'restarting' }
    | { readonly state: 'failed'; readonly failure: FailureText };
  readonly work:
    | { readonly state: 'idle' }
    | { readonly state: 'paused' }
    | {
        readonly state: 'extracting';
        /** Readable, such as `files 120 of 400`. */
        readonly label: string;
        /** 0 to 1; `null` while unknown. */
        readonly share: number | null;
      };
}
