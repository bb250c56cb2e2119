import type { PatternId, PatternKind } from '../src/core/model/pattern.ts';
import type { BrowserStatus, DetailView, FailureText } from '../src/protocol/browser.ts';
import type { ListState } from './list/listState.ts';
import type { Undoable } from './undo/undoable.ts';

/** Everything the page is drawn from. */
export interface BrowserState {
  /** `undefined` until the extension spoke. */
  readonly status: BrowserStatus | undefined;
  readonly list: ListState;
  readonly filtersOpen: boolean;
  /** The chosen pattern and what was opened from its details, the one on top last. */
  readonly trail: readonly PatternId[];
  /** Whether the details of the one on top are shown below the list. */
  readonly detailsOpen: boolean;
  readonly detail: DetailState;
  /** Patterns whose rating is on its way to disk. */
  readonly rating: ReadonlySet<PatternId>;
  /** What can be undone for a while. */
  readonly undoable: Undoable | undefined;
  /** A request of a person that failed, until it is dismissed or the next one succeeds. */
  readonly failure: FailureText | undefined;
}

export type EditableField = 'description' | 'tags';

/** The details of the pattern on top of the trail. */
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
