import type { ApiTable } from '../core/model/api/calls.ts';
import type { Watch } from '../core/model/api/watch.ts';
import type { AnswerMessage, CallMessage } from './calls/messages.ts';
import type {
  DeclaredName,
  FindOrder,
  FindPage,
  Tab,
  UnknownName,
} from '../core/model/api/find.ts';
import type { FilePlace } from '../core/model/errors.ts';
import type { PatternFilter } from '../core/model/filter.ts';
import type { PatternDetail, SourcePlace } from '../core/model/api/patterns.ts';
import type { PatternRow } from '../core/model/patternRow.ts';
import type { PatternId, Rating } from '../core/model/pattern.ts';

/**
 * What the pattern browser and the extension say to each other over `postMessage`. Everything is
 * plain JSON. The browser asks by calls; the extension also speaks unasked.
 */

/** What the browser narrows the library to. */
export interface Narrowing {
  readonly text: string;
  readonly filters: PatternFilter;
  readonly tab: Tab;
  /** `workspace` lists the projects of the folders that are open; see `FindQuery.folders`. */
  readonly scope: 'workspace' | 'all';
  /** Whether what hardly matches the text is listed as well. */
  readonly weaker: boolean;
}

/** What the browser looks at; a window of at most 200 rows. */
export interface ListQuery extends Narrowing {
  readonly order: FindOrder;
  readonly state: 'live' | 'quarantined';
  /** Whether facets are counted. */
  readonly facets: boolean;
  readonly offset: number;
  readonly limit: number;
  /** Whether the sources are asked for a name, too; see `FindQuery.seeksName`. False when absent. */
  readonly seeksName?: boolean;
}

/** What a source declares and the library lacks. */
export type ShownDeclaration = Omit<DeclaredName, 'why'> & { readonly why: string };

/** A window of what is listed, in the language of the person. */
export type ListPage = Omit<FindPage, 'emptyReason' | 'unknownName'> & {
  readonly emptyReason?: string;
  readonly unknownName?: Omit<UnknownName, 'declared'> & {
    readonly declared: readonly ShownDeclaration[];
  };
};

/** What a person sees of a pattern, and where it can be opened from here. */
export interface DetailView {
  readonly detail: PatternDetail;
  /** Occurrences that are open in this window; empty until checked. */
  readonly places: readonly SourcePlace[];
  /** Projects of which commits can be opened. */
  readonly commitProjects: readonly string[];
}

/** One pattern, or all of a pack that wait in quarantine. */
export type PatternTarget = { readonly id: PatternId } | { readonly pack: string };

/** What the browser asks the extension for. */
export interface BrowserApi {
  readonly patterns: {
    list(query: ListQuery, watch?: Watch): Promise<ListPage>;
    /** `undefined` when the pattern is gone. */
    detail(target: { readonly id: PatternId }, watch?: Watch): Promise<DetailView | undefined>;
    /** `null` takes the rating back. Answered when durable, with the row as it is then. */
    rate(given: {
      readonly id: PatternId;
      readonly rating: Rating | null;
    }): Promise<PatternRow | undefined>;
    edit(edit: {
      readonly id: PatternId;
      readonly description?: string;
      readonly tags?: readonly string[];
    }): Promise<DetailView | undefined>;
    /** Forgets a pattern, or what waits in quarantine of a pack; `restore` undoes it. */
    forget(target: PatternTarget): Promise<readonly PatternId[]>;
    restore(forgotten: { readonly ids: readonly PatternId[] }): Promise<readonly PatternId[]>;
    /** Takes imported patterns out of quarantine: one, or all of a pack. */
    accept(target: PatternTarget): Promise<readonly PatternId[]>;
  };
}

export const BROWSER_CALLS: ApiTable<BrowserApi> = {
  patterns: { list: 1, detail: 1, rate: 1, edit: 1, forget: 1, restore: 1, accept: 1 },
};

/** Done by the extension, with its own dialogs and editors; nothing is answered. */
export type BrowserAction =
  | { readonly action: 'insert'; readonly id: PatternId; readonly asSnippet: boolean }
  | { readonly action: 'copy'; readonly id: PatternId }
  /** The code, or what a change did; who only looks at it keeps the focus. */
  | { readonly action: 'open'; readonly id: PatternId; readonly keepsFocus: boolean }
  /** `occurrence` indexes `Pattern.occurrences`. */
  | { readonly action: 'openSource'; readonly id: PatternId; readonly occurrence: number }
  /** A place that does otherwise what an idiom does, by its mark and path. */
  | {
      readonly action: 'openDeviation' | 'dismissDeviation';
      readonly id: PatternId;
      readonly path: string;
      readonly mark: string;
    }
  /** What the sources declare under a name, at one of its places. */
  | {
      readonly action: 'openDeclared';
      readonly text: string;
      readonly path: string;
      readonly line: number;
    }
  | { readonly action: 'openCommit'; readonly id: PatternId; readonly occurrence: number }
  | { readonly action: 'addToChat'; readonly id: PatternId }
  | { readonly action: 'share'; readonly id: PatternId }
  /** Writes what is listed to a file, all of it. */
  | ({ readonly action: 'exportList' } & Narrowing)
  | { readonly action: 'extract' }
  | { readonly action: 'extractHistory' }
  | { readonly action: 'import' }
  | { readonly action: 'resume' }
  | { readonly action: 'showLog' }
  | { readonly action: 'chooseLibrary' }
  | { readonly action: 'manageTrust' }
  | { readonly action: 'openFolder' };

export type FromBrowser =
  { readonly type: 'ready' } | CallMessage | ({ readonly type: 'action' } & BrowserAction);

export type ToBrowser =
  /** First, and whenever something of it changes. */
  | { readonly type: 'status'; readonly status: BrowserStatus }
  | AnswerMessage<FailureText>
  /** The library changed: what is shown should be asked for again. */
  | { readonly type: 'changed' }
  /** Shows one pattern, asked for by a command. */
  | { readonly type: 'show'; readonly id: PatternId }
  /** Puts the cursor into the search box, with this text if there is one. */
  | { readonly type: 'search'; readonly text: string | undefined }
  /** Lists what passes, live patterns only of the workspace, from the beginning. */
  | {
      readonly type: 'list';
      readonly state: ListQuery['state'];
      readonly filters: PatternFilter;
    };

/** A failure a person reads. */
export interface FailureText {
  /** Stable; `internal-error` is a bug. */
  readonly code: string;
  /** Begins a sentence and has no full stop, so that it is a heading as well. */
  readonly message: string;
  /** What to do about it, in sentences. */
  readonly hint: string;
  /** Where it is mended, if that is a file. */
  readonly place?: FilePlace;
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
