import { t } from '@vscode/l10n';
import type { PatternState } from '../src/core/model/pattern.ts';
import type { Browser } from './browser.ts';
import type { Named } from './browserState.ts';

interface PatternKey {
  /** See `chordOf`. */
  readonly chord: string;
  /** As a tooltip names it, with `Ctrl` for the key that is Cmd on a Mac. */
  readonly label: () => string;
  /** An imported pattern is looked at and discarded, but not used before it is accepted. */
  readonly inQuarantine: boolean;
  readonly press: (browser: Browser, target: Named) => void;
}

/**
 * What each key does to a pattern, in the list and on its page. No letter or sign by itself is among
 * them: those go on with the search.
 */
export const PATTERN_KEYS = {
  insert: {
    chord: 'Ctrl+Enter',
    label: () => t('Ctrl+Enter'),
    inQuarantine: false,
    press: (browser, { id }) => {
      browser.act({ action: 'insert', id, asSnippet: false });
    },
  },
  insertSnippet: {
    chord: 'Ctrl+Shift+Enter',
    label: () => t('Ctrl+Shift+Enter'),
    inQuarantine: false,
    press: (browser, { id }) => {
      browser.act({ action: 'insert', id, asSnippet: true });
    },
  },
  copy: {
    chord: 'Ctrl+c',
    label: () => t('Ctrl+C'),
    inQuarantine: false,
    press: (browser, { id }) => {
      browser.act({ action: 'copy', id });
    },
  },
  openSource: {
    chord: 'F12',
    label: () => t('F12'),
    inQuarantine: true,
    press: (browser, { id }) => {
      browser.act({ action: 'openSource', id, occurrence: 0 });
    },
  },
  details: {
    chord: 'Alt+Enter',
    label: () => t('Alt+Enter'),
    inQuarantine: true,
    press: (browser, { id }) => {
      browser.details(id);
    },
  },
  thumbUp: {
    chord: 'Ctrl+ArrowUp',
    label: () => t('Ctrl+↑'),
    inQuarantine: false,
    press: (browser, { id }) => {
      browser.rate(id, 5);
    },
  },
  thumbDown: {
    chord: 'Ctrl+ArrowDown',
    label: () => t('Ctrl+↓'),
    inQuarantine: false,
    press: (browser, { id }) => {
      browser.rate(id, 1);
    },
  },
  forget: {
    chord: 'Delete',
    label: () => t('Delete'),
    inQuarantine: true,
    press: (browser, target) => {
      browser.forget(target);
    },
  },
} as const satisfies Readonly<Record<string, PatternKey>>;

const BY_CHORD: ReadonlyMap<string, PatternKey> = new Map(
  Object.values<PatternKey>(PATTERN_KEYS).map((key) => [key.chord, key]),
);

type Pressed = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>;

/** Keys pressed with a modifier are no text. */
export function isPlain(event: Pressed): boolean {
  return !event.ctrlKey && !event.metaKey && !event.altKey;
}

/** Copying what is selected on the page is not copying the pattern. */
export function isCopyOfSelection(event: KeyboardEvent): boolean {
  return chordOf(event) === PATTERN_KEYS.copy.chord && getSelection()?.isCollapsed === false;
}

/** A key with what was held down beside it; `Ctrl` stands for Cmd as well. */
export function chordOf({ key, ctrlKey, metaKey, altKey, shiftKey }: Pressed): string {
  const held = [
    ...(ctrlKey || metaKey ? ['Ctrl'] : []),
    ...(altKey ? ['Alt'] : []),
    ...(shiftKey && (ctrlKey || metaKey || altKey) ? ['Shift'] : []),
  ];
  return [...held, key.length === 1 ? key.toLowerCase() : key].join('+');
}

/** @returns whether the key means something, be it not for a pattern that waits */
export function pressPatternKey(
  browser: Browser,
  target: Named & { readonly state: PatternState },
  chord: string,
): boolean {
  const key = BY_CHORD.get(chord);
  if (key === undefined) return false;
  if (target.state === 'live' || key.inQuarantine) key.press(browser, target);
  return true;
}
