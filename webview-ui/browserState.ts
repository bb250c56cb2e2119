import type { PatternId, PatternKind } from '../src/core/model/pattern.ts';
import type { BrowserStatus, DetailView, FailureText } from '../src/protocol/browser.ts';
import type { Forgotten } from './forgotten.ts';
import type { ListState } from './list/listState.ts';

/** Everything the page is drawn from. */
export interface BrowserState {
  /** `undefined` until the extension spoke. */
  readonly status: BrowserStatus | undefined;
  readonly list: ListState;
  readonly filtersOpen: boolean;
  /** Opened patterns, the one on top last; the list is shown while empty. */
  readonly trail: readonly PatternId[];
  readonly detail: DetailState;
  /** Patterns whose rating is on its way to disk. */
  readonly rating: ReadonlySet<PatternId>;
  /** What can be undone for a while. */
  readonly forgotten: Forgotten | undefined;
  /** A request of a person that failed, until it is dismissed or the next one succeeds. */
  readonly failure: FailureText | undefined;
}

export type EditableField = 'description' | 'tags';

/** The pattern on top of the trail. */
export type DetailState =
  | { readonly phase: 'loading' | 'gone' }
  | { readonly phase: 'failed'; readonly failure: FailureText }
  | {
      readonly phase: 'shown';
      readonly view: DetailView;
      readonly editing: EditableField | undefined;
    };

/** A pattern in a few words, wherever it is shown. */
export interface Named {
  readonly id: PatternId;
  readonly name: string;
  readonly kind: PatternKind;
}
