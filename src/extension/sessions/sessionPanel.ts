import { Disposable, l10n, ViewColumn, window, workspace } from 'vscode';
import type { LastingReport, SessionReport } from '../../core/model/sessions/sessionReport.ts';
import type { ToSessionPage } from '../../protocol/sessionPage.ts';
import { showFailure } from '../failure.ts';
import { loadPage } from '../loadPage.ts';
import type { Shell } from '../shell.ts';
import { parseFromSessionPage } from './fromSessionPage.ts';
import { titleOf } from './sessionText.ts';

/** Opens the report of a session beside what is open. */
export function openSessionPanel(
  shell: Shell,
  report: SessionReport,
  trend: readonly LastingReport[],
): void {
  const panel = window.createWebviewPanel(
    'patternFoundry.session',
    titleOf(report),
    ViewColumn.Active,
    { retainContextWhenHidden: true },
  );
  const content: ToSessionPage = { report, trend };
  const listening = Disposable.from(
    panel.webview.onDidReceiveMessage((received: unknown) => {
      const message = parseFromSessionPage(received);
      if (message?.type === 'ready') void panel.webview.postMessage(content);
      if (message?.type === 'export') void exportSession(shell, report, message.format);
    }),
    panel.onDidDispose(() => {
      listening.dispose();
    }),
  );
  loadPage(panel.webview, shell.context.extensionUri, {
    name: 'session/main',
    title: titleOf(report),
  });
}

/** Writes the report to a file that the person names. */
export async function exportSession(
  shell: Shell,
  report: SessionReport,
  format: 'md' | 'html',
): Promise<void> {
  try {
    const filters = format === 'md' ? { Markdown: ['md'] } : { HTML: ['html'] };
    const target = await window.showSaveDialog({ filters, title: l10n.t('Export Session Report') });
    if (target === undefined) return;
    const text = await shell.connection.engine.sessions.describe([report], format);
    await workspace.fs.writeFile(target, new TextEncoder().encode(text));
  } catch (error) {
    void showFailure(shell, error);
  }
}
