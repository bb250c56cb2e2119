import { chordOf, isCopyOfSelection, pressPatternKey } from '../patternKeys.ts';
import type { View } from '../view.ts';

/** Keys of the pattern whose details the focus is in; text fields keep theirs. */
export function onDetailKey(event: KeyboardEvent, view: View): void {
  if (event.defaultPrevented || isTextField(event.target) || isCopyOfSelection(event)) return;
  if (pressDetailKey(chordOf(event), view)) event.preventDefault();
}

function pressDetailKey(chord: string, view: View): boolean {
  const { browser, state } = view;
  const moves: Readonly<Record<string, () => void>> = {
    Escape: () => {
      browser.back();
    },
    Backspace: () => {
      browser.back();
    },
    'Alt+ArrowLeft': () => {
      browser.back();
    },
    'Ctrl+z': () => {
      browser.undo();
    },
    '/': () => {
      browser.lookFor(undefined);
    },
  };
  const move = moves[chord];
  if (move !== undefined) {
    move();
    return true;
  }
  if (state.detail.phase !== 'shown') return false;
  return pressPatternKey(browser, state.detail.view.detail.pattern, chord);
}

function isTextField(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches('input, textarea, select');
}
