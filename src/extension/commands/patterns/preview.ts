import { window } from 'vscode';
import type { Pattern, PatternId } from '../../../core/model/pattern.ts';
import { openPattern } from '../../documents/patternDocuments.ts';
import { columnToLookIn, patternTabs } from '../../documents/patternTabs.ts';
import { coalesce } from '../../../core/platform/coalesce.ts';

/** Who moves through a list quickly is shown where they stop. */
const MOVING_MS = 120;

export interface Preview {
  /** Shows a pattern beside the editor; the focus stays where it is. */
  show(id: PatternId): void;
  dispose(): void;
}

/** Shows patterns one after another in a tab that goes in the end; tabs of others stay. */
export function openPreview(patternOf: (id: PatternId) => Promise<Pattern | undefined>): Preview {
  let wanted: PatternId | undefined;
  let shown: PatternId | undefined;
  const others = new Set(patternTabs().map(({ place }) => place));
  const closing = new AbortController();
  const isClosed = (): boolean => closing.signal.aborted;

  async function showWanted(): Promise<void> {
    const id = wanted;
    if (id === undefined || id === shown) return;
    const pattern = await patternOf(id);
    if (isClosed() || id !== wanted || pattern === undefined) return;
    shown = id;
    await openPattern(pattern, {
      viewColumn: columnToLookIn(),
      preserveFocus: true,
      preview: true,
    });
    await closePassed();
  }

  /** VS Code reuses a preview tab, unless a setting says that there are none. */
  async function closePassed(): Promise<void> {
    const kept = isClosed() ? undefined : shown;
    const passed = patternTabs().filter(({ place, id }) => !others.has(place) && id !== kept);
    const tabs = passed.map(({ tab }) => tab);
    if (tabs.length > 0) await window.tabGroups.close(tabs, true);
  }

  const moving = coalesce({ delayMs: MOVING_MS }, () => {
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
      if (shown !== undefined) void closePassed();
    },
  };
}
