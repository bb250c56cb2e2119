import { Disposable, TabInputText, window, type Uri } from 'vscode';
import { coalesce } from '../../core/platform/coalesce.ts';
import { parsePatternQuery } from '../documents/patternPath.ts';
import { DOCUMENT_SCHEME } from '../names.ts';
import type { Attention, EngineConnection } from '../shell.ts';
import { createRecent } from './recent.ts';

/** Whoever goes through several files on the way to one is told of once. */
const GATHER_MS = 500;

/**
 * Follows what the person opens. Starts no engine: one that starts for something else is told what
 * was open by then.
 */
export function openAttention(
  connection: Pick<EngineConnection, 'engine' | 'state' | 'onDidChangeState'>,
): Attention & { dispose(): void } {
  const recent = createRecent();
  const tell = coalesce({ delayMs: GATHER_MS }, () => {
    if (connection.state.state !== 'ready') return;
    // One that dies meanwhile is followed by another one, which is told.
    connection.engine.jobs.attend(recent.attention).catch(() => undefined);
  });
  const see = ({ scheme, query, fsPath }: Uri): void => {
    const pattern = scheme === DOCUMENT_SCHEME ? parsePatternQuery(query) : undefined;
    if (pattern !== undefined) recent.lookedAt(pattern.id);
    else if (scheme === 'file') recent.opened(fsPath);
    else return;
    tell.call();
  };
  for (const { tabs, activeTab } of window.tabGroups.all) {
    for (const { input } of [...tabs, ...(activeTab === undefined ? [] : [activeTab])]) {
      if (input instanceof TabInputText) see(input.uri);
    }
  }
  const listeners = Disposable.from(
    tell,
    window.onDidChangeActiveTextEditor((editor) => {
      if (editor !== undefined) see(editor.document.uri);
    }),
    connection.onDidChangeState(({ state }) => {
      if (state === 'ready') tell.call();
    }),
  );
  return {
    lookedAt(pattern) {
      recent.lookedAt(pattern);
      tell.call();
    },
    dispose: () => {
      listeners.dispose();
    },
  };
}
