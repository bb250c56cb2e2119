import type { VscodeTextfield } from '@vscode-elements/elements/dist/vscode-textfield/index.js';
import type { Layout } from './list/layout.ts';
import { scrollTopFor } from './list/rowWindow.ts';

/** Where the focus can be sent. It goes there once the page has drawn what is on its way. */
export interface Focus {
  /** Brings a row of the list into view as well. */
  row(index: number, layout: Layout): void;
  /** Brings a row into view where it was covered; the focus stays. */
  reveal(index: number, layout: Layout): void;
  search(): void;
  /** To the end of the search, at once: the key that is being pressed is typed there. */
  typing(): void;
  /** The name above the details, from where reading begins. */
  heading(): void;
  element(id: string): void;
  /**
   * To where a person was before, unless they went elsewhere on the page; when they went elsewhere
   * in VS Code, it waits for them there.
   */
  back(id: string): void;
}

export function createFocus(): Focus {
  const element = (id: string): void => {
    afterDrawing(() => {
      focusElement(id);
    });
  };
  return {
    row: (index, layout) => {
      afterDrawing(() => {
        focusRow(index, layout);
      });
    },
    reveal: (index, layout) => {
      afterDrawing(() => {
        scrollToRow(index, layout);
      });
    },
    search: () => {
      element('search');
    },
    typing: () => {
      const field = document.querySelector<VscodeTextfield>('#search');
      if (field === null) return;
      field.focus();
      // Focusing it selects all, which the key would replace.
      field.wrappedElement.setSelectionRange(field.value.length, field.value.length);
    },
    heading: () => {
      element('pattern-name');
    },
    element,
    back: (id) => {
      const focus = (): void => {
        focusElement(id);
      };
      afterDrawing(() => {
        if (document.activeElement !== document.body) return;
        if (document.hasFocus()) focus();
        else addEventListener('focus', focus, { once: true });
      });
    },
  };
}

/**
 * Takes the focus along when its row has moved, as a rating may move it: what the next key acts on
 * must not become another pattern. Only who sees where the focus is has it brought into view.
 */
export function followRow(active: number, layout: Layout): void {
  const focused = document.activeElement;
  const row = focused?.closest<HTMLElement>('[data-index]') ?? null;
  if (focused === null || row === null || row.dataset['index'] === String(active)) return;
  const place = stopsOf(row).findIndex((stop) => stop === focused);
  if (focused.matches(':focus-visible')) scrollToRow(active, layout);
  const moved = document.querySelector<HTMLElement>(`#grid [data-index="${active}"]`);
  // Its buttons are there once it has the focus.
  moved?.focus({ preventScroll: true });
  if (moved !== null) stopsOf(moved)[place]?.focus({ preventScroll: true });
}

/** Where the focus can be in a row: on itself, or on one of its buttons. */
export function stopsOf(row: HTMLElement): readonly HTMLElement[] {
  return [row, ...row.querySelectorAll<HTMLElement>('button')];
}

/** The page draws once a frame; in the one after it has drawn. */
function afterDrawing(work: () => void): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(work);
  });
}

function focusElement(id: string): void {
  document.getElementById(id)?.focus();
}

function focusRow(index: number, layout: Layout): void {
  scrollToRow(index, layout);
  const row = document.querySelector<HTMLElement>(`#grid [data-index="${index}"]`);
  row?.focus({ preventScroll: true });
}

function scrollToRow(index: number, layout: Layout): void {
  const grid = document.getElementById('grid');
  if (grid === null) return;
  const { scrollTop, clientHeight } = grid;
  const wanted = scrollTopFor(index, { scrollTop, height: clientHeight }, layout);
  if (wanted !== scrollTop) grid.scrollTop = wanted;
}
