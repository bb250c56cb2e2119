import { Disposable, l10n, window } from 'vscode';
import type { QuickInputButton, QuickPick } from 'vscode';
import type { PatternId } from '../../../core/model/pattern.ts';
import { isStopped, showFailure } from '../../failure.ts';
import { coalesce } from '../../../core/platform/coalesce.ts';
import { searchSettings } from '../../searchSettings.ts';
import type { Shell } from '../../shell.ts';
import { toMoreItem, toPatternItem, type OfferedPattern, type PatternItem } from './patternItem.ts';
import { openPreview } from './preview.ts';

/** What is typed within this time is searched for at once. */
const TYPING_MS = 60;

/** A button beside each pattern; it leaves the list open unless it says otherwise. */
export interface PickButton extends QuickInputButton {
  readonly run: (id: PatternId) => Promise<void>;
  readonly closes: boolean;
}

export interface PickOptions {
  readonly title: string;
  readonly placeholder: string;
  /** What stands in the box at first. */
  readonly text: string;
  /** Patterns to begin with while the box is empty; the most valuable ones when empty itself. */
  readonly suggest: (signal: AbortSignal) => Promise<readonly OfferedPattern[]>;
  readonly buttons: readonly PickButton[];
  /** Shows everything found for a text; offered where there is more than the list shows. */
  readonly showAll?: (text: string) => Promise<void>;
}

/**
 * Asks for a pattern with answers as one types, and shows the one in focus beside the editor.
 *
 * @returns `undefined` when it was left
 */
export function pickPattern(shell: Shell, options: PickOptions): Promise<PatternId | undefined> {
  const pick = window.createQuickPick<PatternItem>();
  pick.title = options.title;
  pick.placeholder = options.placeholder;
  pick.value = options.text;
  // Unless told otherwise, VS Code puts names that match before what is more relevant.
  Object.assign(pick, { sortByLabel: false });
  const preview = openPreview((id) => shell.connection.engine.patterns.show(id));
  const search = openLiveSearch(shell, pick, options);
  return new Promise((resolve) => {
    const listening = Disposable.from(
      pick,
      preview,
      search,
      pick.onDidChangeValue(search.start),
      // What meaning finds may come after what words find, as a change.
      shell.connection.onDidChangeLibrary(search.start),
      pick.onDidChangeActive(([item]) => {
        if (item?.offered !== undefined) preview.show(item.offered.id);
      }),
      pick.onDidTriggerItemButton(({ item, button }) => {
        const known = options.buttons.find((candidate) => candidate === button);
        const id = item.offered?.id;
        if (known === undefined || id === undefined) return;
        if (known.closes) pick.hide();
        void runAfterwards(shell, () => known.run(id));
      }),
      pick.onDidAccept(() => {
        const item = search.chosen();
        if (item === undefined) return;
        const text = pick.value.trim();
        resolve(item.offered?.id);
        pick.hide();
        if (item.offered === undefined) {
          void runAfterwards(shell, async () => options.showAll?.(text));
        }
      }),
      pick.onDidHide(() => {
        resolve(undefined);
        listening.dispose();
      }),
    );
    pick.show();
    search.start();
  });
}

async function runAfterwards(shell: Shell, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    void showFailure(shell, error);
  }
}

interface LiveSearch {
  readonly start: () => void;
  /** The item that is selected; none while the list shows answers to another text, which nobody meant. */
  readonly chosen: () => PatternItem | undefined;
  dispose(): void;
}

/** Keeps the list at what the box says; the answer to what it said before is not waited for. */
function openLiveSearch(
  shell: Shell,
  pick: QuickPick<PatternItem>,
  options: PickOptions,
): LiveSearch {
  let running: AbortController | undefined;
  /** The text whose answers are in the list. */
  let answered: string | undefined;

  async function run(): Promise<void> {
    running?.abort();
    const controller = new AbortController();
    running = controller;
    pick.busy = true;
    const { value } = pick;
    try {
      const { rows, total } = await offersFor(shell, value, options, controller.signal);
      if (controller.signal.aborted) return;
      answered = value;
      const active = pick.activeItems[0]?.offered?.id;
      const hasMore = options.showAll !== undefined && total > rows.length;
      pick.items = [
        ...rows.map((row) => toPatternItem(row, options.buttons)),
        ...(hasMore ? [toMoreItem(total)] : []),
      ];
      const same = pick.items.find(({ offered }) => offered !== undefined && offered.id === active);
      if (same !== undefined) pick.activeItems = [same];
      pick.title = rows.length === 0 ? l10n.t('{0}: nothing found', options.title) : options.title;
    } catch (error) {
      if (!isStopped(error)) void showFailure(shell, error);
    } finally {
      if (running === controller) pick.busy = false;
    }
  }

  const typing = coalesce({ delayMs: TYPING_MS }, () => void run());
  return {
    start: typing.call,
    chosen: () => (answered === pick.value ? pick.selectedItems[0] : undefined),
    dispose() {
      typing.dispose();
      running?.abort();
    },
  };
}

interface Offers {
  readonly rows: readonly OfferedPattern[];
  readonly total: number;
}

async function offersFor(
  shell: Shell,
  value: string,
  { suggest }: PickOptions,
  signal: AbortSignal,
): Promise<Offers> {
  const text = value.trim();
  const suggested = text === '' ? await suggest(signal) : [];
  if (suggested.length > 0) return { rows: suggested, total: suggested.length };
  const { defaultLimit, minRelevance } = await searchSettings(shell);
  return shell.connection.engine.find.patterns(
    { text, limit: defaultLimit, minRelevance, atOnce: true },
    { signal },
  );
}
