import { stopsOf } from '../focus.ts';
import { chordOf, isCopyOfSelection, isPlain, pressPatternKey } from '../patternKeys.ts';
import type { View } from '../view.ts';
import { ROW_HEIGHT_PX } from './layout.ts';
import { layoutOf } from './listState.ts';

/** Where each key takes the focus, from a row of so many and with so many in view. */
const MOVES: Readonly<Record<string, (row: number, total: number, page: number) => number>> = {
  ArrowDown: (row) => row + 1,
  ArrowUp: (row) => row - 1,
  PageDown: (row, _, page) => row + page,
  PageUp: (row, _, page) => row - page,
  Home: () => 0,
  End: (_, total) => total - 1,
};

/** Into the buttons of a row, which are its actions, and back. */
const STEPS_IN_ROW: Readonly<Record<string, -1 | 1>> = {
  ArrowRight: 1,
  ContextMenu: 1,
  ArrowLeft: -1,
};

/** Keys that compose a word, as one writes Japanese, belong to the field alone. */
export function onSearchKey(event: KeyboardEvent, view: View): void {
  if (event.isComposing) return;
  const { list } = view.state;
  if (event.key === 'Escape' && list.look.text !== '') {
    event.preventDefault();
    view.browser.list.look({ text: '' });
  }
  if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
  event.preventDefault();
  if ((list.page?.total ?? 0) > 0) view.browser.focus.row(list.active, layoutOf(list));
}

export function onGridClick(event: Event, view: View): void {
  const index = rowOf(event.target);
  if (index === undefined) return;
  const row = view.state.list.rows.get(index);
  view.browser.activate(index);
  if (row !== undefined) view.browser.choose(row.id);
}

/** The second click of two goes on to the editor. */
export function onGridDoubleClick(event: Event, { state, browser }: View): void {
  const row = state.list.rows.get(rowOf(event.target) ?? -1);
  if (row !== undefined) browser.act({ action: 'open', id: row.id, keepsFocus: false });
}

/** Keys act on the row that has the focus, be it by one of its buttons. */
export function onGridFocus(event: Event, view: View): void {
  const index = rowOf(event.target);
  if (index !== undefined && index !== view.state.list.active) view.browser.activate(index);
}

/** Keys of the list, while the focus is on it or nowhere. */
export function onListKey(event: KeyboardEvent, view: View): void {
  const { target } = event;
  const isList = target instanceof Element && target.closest('#grid') !== null;
  if ((!isList && target !== document.body) || isCopyOfSelection(event)) return;
  const handled = isPlain(event) ? pressGridKey(event, view) : pressChord(event, view);
  if (handled) event.preventDefault();
}

function pressGridKey(event: KeyboardEvent, view: View): boolean {
  const { key, target } = event;
  const { list } = view.state;
  const inRow = target instanceof HTMLElement && target.matches('button');
  const move = MOVES[key];
  if (move !== undefined) {
    const total = list.page?.total ?? 0;
    const page = Math.max(1, Math.floor(view.viewport.height / ROW_HEIGHT_PX) - 1);
    const next = Math.max(0, Math.min(total - 1, move(list.active, total, page)));
    view.browser.activate(next);
    view.browser.focus.row(next, layoutOf(list));
    return true;
  }
  const step = STEPS_IN_ROW[key];
  if (step !== undefined) return moveInRow(target, step);
  if (key === 'Escape' && inRow) return moveInRow(target, -1);
  // A button does what it says.
  if (inRow && (key === 'Enter' || key === ' ')) return false;
  return pressRowKey(key, view);
}

function pressRowKey(key: string, view: View): boolean {
  const { list } = view.state;
  const row = list.rows.get(list.active);
  if (row === undefined) return pressListKey(key, view);
  if (key === 'Enter' || key === ' ') {
    // Who is shown it already goes on to the editor.
    const goesOn = key === 'Enter' && view.state.trail[0] === row.id;
    if (goesOn) view.browser.act({ action: 'open', id: row.id, keepsFocus: false });
    else view.browser.choose(row.id);
    return true;
  }
  const { state } = list.look;
  if (!pressPatternKey(view.browser, { ...row, state }, key)) return pressListKey(key, view);
  if (key === 'Delete') view.browser.focus.row(list.active, layoutOf(list));
  return true;
}

function pressListKey(key: string, { state, browser }: View): boolean {
  const { look } = state.list;
  if (key === 'Escape' && look.state === 'quarantined') {
    browser.list.look({ state: 'live' });
  } else if (key === '/' || key === 'Escape') {
    browser.focus.search();
  } else if (key.length === 1 && key !== ' ') {
    // Whatever is text goes on with the search, where it is left to the field.
    browser.focus.typing();
    return false;
  } else {
    return false;
  }
  return true;
}

function pressChord(event: KeyboardEvent, { state, browser }: View): boolean {
  const { list, undoable } = state;
  const chord = chordOf(event);
  if (chord === 'Ctrl+z' && undoable !== undefined) {
    browser.undo();
    return true;
  }
  const row = list.rows.get(list.active);
  if (row === undefined) return false;
  return pressPatternKey(browser, { ...row, state: list.look.state }, chord);
}

/** From a row into its buttons, from one button to the next, and back. */
function moveInRow(target: EventTarget | null, step: -1 | 1): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const row = target.closest<HTMLElement>('[data-index]');
  if (row === null) return false;
  const stops = stopsOf(row);
  const next = stops.indexOf(target) + step;
  stops[Math.max(0, Math.min(stops.length - 1, next))]?.focus();
  return true;
}

function rowOf(target: EventTarget | null): number | undefined {
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null;
  const index = row?.dataset['index'];
  return index === undefined ? undefined : Number(index);
}
