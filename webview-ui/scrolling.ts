import type { Look } from './list/listState.ts';
import type { Viewport } from './list/rowWindow.ts';

/** Knows which part of the list is in view, whether or not it is on the page at the moment. */
export interface Scrolling {
  readonly viewport: Viewport;
  /** To be called when the page was drawn: finds the list again, at the place it was left at. */
  follow(look: Look): void;
}

export function createScrolling(
  first: { readonly scrollTop: number; readonly look: Look },
  onChange: (viewport: Viewport) => void,
): Scrolling {
  let viewport: Viewport = { scrollTop: first.scrollTop, height: 0 };
  let shownLook = first.look;
  let grid: HTMLElement | undefined;

  const measure = (): void => {
    if (grid?.isConnected !== true) return;
    const { scrollTop, clientHeight: height } = grid;
    if (scrollTop === viewport.scrollTop && height === viewport.height) return;
    viewport = { scrollTop, height };
    onChange(viewport);
  };
  const sizes = new ResizeObserver(measure);

  const adopt = (found: HTMLElement): void => {
    grid = found;
    sizes.disconnect();
    sizes.observe(found);
    found.addEventListener('scroll', measure, { passive: true });
    found.scrollTop = viewport.scrollTop;
    measure();
  };

  return {
    get viewport() {
      return viewport;
    },
    follow: (look) => {
      if (look !== shownLook) {
        shownLook = look;
        viewport = { ...viewport, scrollTop: 0 };
        if (grid !== undefined) grid.scrollTop = 0;
      }
      const found = document.getElementById('grid');
      if (found !== null && found !== grid) adopt(found);
    },
  };
}
