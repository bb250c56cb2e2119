import { TabInputText, ViewColumn, window } from 'vscode';
import type { Pattern, PatternId } from '../../core/model/pattern.ts';
import { openPatternCode } from '../documents/patternDocuments.ts';
import { gathered } from '../gathered.ts';
import { DOCUMENT_SCHEME } from '../names.ts';

/** Who moves through a list quickly is shown where they stop. */
const MOVING_MS = 120;

export interface Preview {
  /** Shows a pattern beside the editor; the focus stays where it is. */
  show(id: PatternId): void;
  dispose(): void;
}

/** Shows patterns one after another in the same preview tab, which goes in the end. */
export function openPreview(patternOf: (id: PatternId) => Promise<Pattern | undefined>): Preview {
  let wanted: PatternId | undefined;
  let shown: PatternId | undefined;
  const closing = new AbortController();
  const isClosed = (): boolean => closing.signal.aborted;

  async function showWanted(): Promise<void> {
    const id = wanted;
    if (id === undefined || id === shown) return;
    const pattern = await patternOf(id);
    if (isClosed() || id !== wanted || pattern === undefined) return;
    shown = id;
    await openPatternCode(pattern, {
      viewColumn: ViewColumn.Beside,
      preserveFocus: true,
      preview: true,
    });
    if (isClosed()) await closePreviews();
  }

  const moving = gathered(MOVING_MS, () => {
    // A pattern that cannot be shown is not worth a message for each move.
    showWanted().catch(() => undefined);
  });
  return {
    show(id) {
      wanted = id;
      moving.call();
    },
    dispose() {
      closing.abort();
      moving.dispose();
      if (shown !== undefined) void closePreviews();
    },
  };
}

async function closePreviews(): Promise<void> {
  const tabs = window.tabGroups.all.flatMap(({ tabs: inGroup }) => inGroup);
  const ours = tabs.filter(
    ({ isPreview, input }) =>
      isPreview && input instanceof TabInputText && input.uri.scheme === DOCUMENT_SCHEME,
  );
  if (ours.length > 0) await window.tabGroups.close(ours, true);
}
