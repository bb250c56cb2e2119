import type { PatternState } from '../src/core/model/pattern.ts';
import type { Browser } from './browser.ts';
import type { Named } from './browserState.ts';

/** What each key does to a pattern, in the list and on its page. */
const KEYS: Readonly<Record<string, (browser: Browser, target: Named) => void>> = {
  i: (browser, { id }) => {
    browser.act({ action: 'insert', id, asSnippet: false });
  },
  s: (browser, { id }) => {
    browser.act({ action: 'insert', id, asSnippet: true });
  },
  c: (browser, { id }) => {
    browser.act({ action: 'copy', id });
  },
  o: (browser, { id }) => {
    browser.act({ action: 'openSource', id, occurrence: 0 });
  },
  e: (browser, { id }) => {
    browser.act({ action: 'openCode', id });
  },
  d: (browser, { id, kind }) => {
    browser.act({ action: kind === 'fix' || kind === 'feature' ? 'openDiff' : 'openCode', id });
  },
  a: (browser, { id }) => {
    browser.act({ action: 'addToChat', id });
  },
  '+': (browser, { id }) => {
    browser.rate(id, 5);
  },
  '-': (browser, { id }) => {
    browser.rate(id, 1);
  },
  Delete: (browser, target) => {
    browser.forget(target);
  },
};

/** An imported pattern is looked at and discarded, but not used before it is accepted. */
const KEYS_IN_QUARANTINE: ReadonlySet<string> = new Set(['o', 'e', 'd', 'Delete']);

/** Keys pressed with a modifier belong to VS Code. */
export function isPlain(event: KeyboardEvent): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** @returns whether the key means something, be it not for a pattern that waits */
export function pressPatternKey(
  browser: Browser,
  target: Named & { readonly state: PatternState },
  pressed: string,
): boolean {
  const key = pressed.length === 1 ? pressed.toLowerCase() : pressed;
  const press = KEYS[key];
  if (target.state === 'live' || KEYS_IN_QUARANTINE.has(key)) press?.(browser, target);
  return press !== undefined;
}
