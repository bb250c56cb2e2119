import { isPlain, pressPatternKey } from '../patternKeys.ts';
import type { View } from '../view.ts';

/** Keys of an opened pattern, wherever on its page the focus is; text fields keep theirs. */
export function onDetailKey(event: KeyboardEvent, view: View): void {
  if (event.defaultPrevented || isTextField(event.target)) return;
  const handled = isPlain(event) ? pressDetailKey(event.key, view) : pressLater(event, view);
  if (handled) event.preventDefault();
}

function pressDetailKey(key: string, view: View): boolean {
  const { browser, state } = view;
  const moves: Readonly<Record<string, () => void>> = {
    Escape: () => {
      browser.back();
    },
    Backspace: () => {
      browser.back();
    },
    n: () => {
      browser.step(1);
    },
    p: () => {
      browser.step(-1);
    },
    u: () => {
      browser.undo();
    },
    '/': () => {
      browser.lookFor(undefined);
    },
  };
  const move = moves[key];
  if (move !== undefined) {
    move();
    return true;
  }
  if (state.detail.phase !== 'shown') return false;
  return pressPatternKey(browser, state.detail.view.detail.pattern, key);
}

function pressLater(event: KeyboardEvent, { browser }: View): boolean {
  if (event.altKey && event.key === 'ArrowLeft') {
    browser.back();
    return true;
  }
  if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'z') return false;
  browser.undo();
  return true;
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}
