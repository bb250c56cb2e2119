import { Disposable, l10n, ViewColumn, window, workspace } from 'vscode';
import type { ToSessionPage } from '../../protocol/sessionPage.ts';
import { showFailure } from '../failure.ts';
import { loadPage } from '../loadPage.ts';
import type { Shell } from '../shell.ts';
import { parseFromSessionPage } from './fromSessionPage.ts';

/** Opens a page of sessions beside what is open. */
export function openSessionPanel(shell: Shell, title: string, content: ToSessionPage): void {
  const panel = window.createWebviewPanel('patternFoundry.session', title, ViewColumn.Active, {
    retainContextWhenHidden: true,
  });
  const listening = Disposable.from(
    panel.webview.onDidReceiveMessage((received: unknown) => {
      const message = parseFromSessionPage(received);
      if (message?.type === 'ready') void panel.webview.postMessage(content);
      if (message?.type === 'export') void exportContent(shell, content, message.format);
    }),
    panel.onDidDispose(() => {
      listening.dispose();
    }),
  );
  loadPage(panel.webview, shell.context.extensionUri, { name: 'session/main', title });
}

/** Writes what a page shows to a file that the person names. */
async function exportContent(
  shell: Shell,
  content: ToSessionPage,
  format: 'md' | 'html',
): Promise<void> {
  try {
    const filters = format === 'md' ? { Markdown: ['md'] } : { HTML: ['html'] };
    const target = await window.showSaveDialog({ filters, title: l10n.t('Export Session Report') });
    if (target === undefined) return;
    const shown = content.kind === 'report' ? [content.report] : content.comparison;
    const text = await shell.connection.engine.sessions.describe(shown, format);
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    void showFailure(shell, error);
  }
}
