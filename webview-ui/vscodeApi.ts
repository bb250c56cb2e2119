import type { FromBrowser } from '../src/protocol/browser.ts';
import type { FromSessionPage } from '../src/protocol/sessionPage.ts';

/** What VS Code gives the script of a webview. */
export interface VsCodeApi {
  postMessage(message: FromBrowser | FromSessionPage): void;
  /** What `setState` was last given, also after the view was hidden or the window reloaded. */
  getState(): unknown;
  setState(state: unknown): void;
}

declare global {
  /** May be called once. */
  function acquireVsCodeApi(): VsCodeApi;
}
