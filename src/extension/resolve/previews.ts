import { type Tab, TabInputText, window } from 'vscode';

/** Editors that a person looks at while a list is open. */
export interface Previews {
  /** Opens one; of several asked for while one opens, the last. */
  show(open: () => Thenable<void>): void;
  /** Closes what was opened and nothing else, and brings what was in front before back to the front. */
  leave(): Promise<void>;
  /** Closes what was opened, and opens what was chosen. */
  choose(open: () => Thenable<void>): Promise<void>;
}

/**
 * @param isShown whether a tab shows what is looked at here; others may be opened meanwhile
 * @param onFailure hears why one cannot be opened; the others are
 */
export function openPreviews(
  isShown: (tab: Tab) => boolean,
  onFailure: (error: unknown) => void,
): Previews {
  const opened = new Set<Tab>();
  /** What was only looked at before makes room for what is looked at next. */
  const replaced: Tab[] = [];
  const comeBack = rememberEditor();
  const listening = window.tabGroups.onDidChangeTabs((change) => {
    for (const tab of change.opened) if (isShown(tab)) opened.add(tab);
    for (const tab of change.closed) if (!opened.delete(tab) && tab.isPreview) replaced.push(tab);
  });
  let wanted: (() => Thenable<void>) | undefined;
  let opening: Promise<void> | undefined;

  async function openWanted(): Promise<void> {
    while (wanted !== undefined) {
      const open = wanted;
      wanted = undefined;
      try {
        await open();
      } catch (error) {
        onFailure(error);
      }
    }
    opening = undefined;
  }

  async function close(): Promise<void> {
    wanted = undefined;
    await opening;
    listening.dispose();
    await window.tabGroups.close([...opened], true);
    for (const { input, group } of replaced) {
      if (!(input instanceof TabInputText)) continue;
      const options = { viewColumn: group.viewColumn, preserveFocus: true, preview: true };
      // It may be gone since.
      await window.showTextDocument(input.uri, options).then(undefined, onFailure);
    }
  }

  return {
    show(open) {
      wanted = open;
      opening ??= openWanted();
    },
    async leave() {
      await close();
      await comeBack();
    },
    async choose(open) {
      await close();
      await open();
    },
  };
}

/** @returns shows the text that is in front now again; whatever else was is in front by itself */
function rememberEditor(): () => Thenable<unknown> {
  const editor = window.activeTextEditor;
  if (editor === undefined) return () => Promise.resolve();
  const { document, selection, viewColumn } = editor;
  return () =>
    window.showTextDocument(document, {
      selection,
      ...(viewColumn !== undefined && { viewColumn }),
    });
}
