import { scrollTopFor } from './list/rowWindow.ts';

/** Where the focus can be sent. It goes there once the page has drawn what is on its way. */
export interface Focus {
  /** Brings a row of the list into view as well. */
  row(index: number): void;
  search(): void;
  /** The name of an opened pattern, from where reading begins. */
  heading(): void;
  element(id: string): void;
}

export function createFocus(): Focus {
  const element = (id: string): void => {
    afterDrawing(() => {
      document.getElementById(id)?.focus();
    });
  };
  return {
    row: (index) => {
      afterDrawing(() => {
        focusRow(index);
      });
    },
    search: () => {
      element('search');
    },
    heading: () => {
      element('pattern-name');
    },
    element,
  };
}

/** The page draws once a frame; in the one after it has drawn. */
function afterDrawing(work: () => void): void {
  requestAnimationFrame(() => {
    requestAnimationFrame(work);
  });
}

function focusRow(index: number): void {
  const grid = document.getElementById('grid');
  if (grid === null) return;
  const { scrollTop, clientHeight } = grid;
  const wanted = scrollTopFor(index, { scrollTop, height: clientHeight });
  if (wanted !== scrollTop) grid.scrollTop = wanted;
  grid.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus({ preventScroll: true });
}
