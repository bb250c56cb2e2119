import { chordOf, isCopyOfSelection, pressPatternKey } from '../patternKeys.ts';
import type { View } from '../view.ts';

/** Keys of an opened pattern, wherever on its page the focus is; text fields keep theirs. */
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
    'Alt+ArrowDown': () => {
      browser.step(1);
    },
    'Alt+ArrowUp': () => {
      browser.step(-1);
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
