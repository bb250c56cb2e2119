import { Disposable, l10n, window } from 'vscode';
import { coalesce } from '../../core/platform/coalesce.ts';
import { AppError } from '../../core/model/errors.ts';
import { localized } from '../../core/model/localizedText.ts';
import type { LastingReport, SessionReport } from '../../core/model/sessions/sessionReport.ts';
import { sessionOrigin, sessionTitle } from '../../protocol/sessionTitle.ts';
import { registerCommand } from '../command.ts';
import { logFailure } from '../failure.ts';
import { COMMANDS, SESSIONS_VIEW } from '../names.ts';
import { readOverrides } from '../settings.ts';
import type { Shell } from '../shell.ts';
import { openSessionPanel } from './sessionPanel.ts';
import { createSessionTree, type SessionNode } from './sessionTree.ts';
import { trendOf } from './trend.ts';

/** Sessions that are listed, months of work; the newest are shown while the rest is read. */
const LISTED = [50, 1000];

/** The list of sessions in the sidebar, their reports, and what two of them differ in. */
export function registerSessions(shell: Shell): Disposable {
  const { engine } = shell.connection;
  const tree = createSessionTree();
  const view = window.createTreeView<SessionNode>(SESSIONS_VIEW, {
    treeDataProvider: tree,
    canSelectMany: true,
  });
  let listed: readonly LastingReport[] = [];
  let reading: Promise<void> | undefined;

  /** Whoever asks while they are read waits for the same reading. */
  function refresh(): Promise<void> {
    reading ??= read().finally(() => {
      reading = undefined;
    });
    return reading;
  }

  async function read(): Promise<void> {
    await window.withProgress({ location: { viewId: SESSIONS_VIEW } }, async () => {
      for (const recent of LISTED) {
        const former = listed.length;
        const found = await engine.sessions.list({ recent, settings: readOverrides(undefined) });
        // What was listed before stays until all is read again.
        if (found.length < former && found.length === recent) continue;
        listed = found;
        tree.show(listed);
        if (found.length < recent) break;
      }
      view.message = listed.length === 0 ? l10n.t('No logs of coding agents were found.') : '';
    });
  }
  const refreshSoon = coalesce({ delayMs: 0 }, () => {
    refresh().catch((error: unknown) => {
      logFailure(shell, error);
    });
  });

  /** @param given a row of the list, or the id of a session */
  async function open(given: unknown): Promise<void> {
    const isNamed = typeof given === 'string';
    const brief = isSession(given) ? given.report : isNamed ? { id: given } : await choose();
    if (brief === undefined) return;
    const report = await wholeReport(brief);
    const trend = trendOf(listed, report);
    openSessionPanel(shell, sessionTitle(report), { kind: 'report', report, trend });
  }

  async function choose(except?: string): Promise<LastingReport | undefined> {
    if (reading !== undefined || listed.length === 0) await refresh();
    return pick(listed.filter(({ id }) => id !== except));
  }

  async function wholeReport({ id }: Pick<LastingReport, 'id'>): Promise<SessionReport> {
    const request = { names: [id], settings: readOverrides(undefined) };
    const { sessions } = await engine.sessions.analyze(request);
    const [report] = sessions;
    if (report !== undefined) return report;
    throw new AppError('session-not-found', localized`there is no session or log ${id}`);
  }

  async function compare(node: unknown, nodes: unknown): Promise<void> {
    const chosen = Array.isArray(nodes) ? nodes.filter(isSession) : [];
    const first = chosen[0]?.report ?? (isSession(node) ? node.report : await choose());
    const second = chosen[1]?.report ?? (await choose(first?.id));
    if (first === undefined || second === undefined) return;
    const comparison = await engine.sessions.compare(first.id, second.id);
    const reports = [await wholeReport(first), await wholeReport(second)] as const;
    const title = l10n.t('{0} and {1}', sessionTitle(first), sessionTitle(second));
    openSessionPanel(shell, title, { kind: 'comparison', comparison, reports });
  }

  return Disposable.from(
    view,
    tree,
    refreshSoon,
    view.onDidChangeVisibility(({ visible }) => {
      if (visible) refreshSoon.call();
    }),
    registerCommand(shell, COMMANDS.openSession, open),
    registerCommand(shell, COMMANDS.compareSessions, compare),
    registerCommand(shell, COMMANDS.refreshSessions, refresh),
  );
}

function isSession(node: unknown): node is Extract<SessionNode, { kind: 'session' }> {
  return typeof node === 'object' && node !== null && 'kind' in node && node.kind === 'session';
}

async function pick(listed: readonly LastingReport[]): Promise<LastingReport | undefined> {
  const items = listed.map((report) => ({
    label: sessionTitle(report),
    description: sessionOrigin(report),
    report,
  }));
  const title = l10n.t('Choose a Session');
  return (await window.showQuickPick(items, { title, matchOnDescription: true }))?.report;
}
