import type { Browser } from './browser.ts';
import type { BrowserState } from './browserState.ts';
import type { Format } from './text/format.ts';
import type { Viewport } from './list/rowWindow.ts';

/** What a part of the page is drawn from. */
export interface View {
  readonly state: BrowserState;
  readonly browser: Browser;
  readonly format: Format;
  /** The part of the list that is in view. */
  readonly viewport: Viewport;
}
