import {
  EventEmitter,
  l10n,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeDataProvider,
} from 'vscode';
import type { LastingReport } from '../../core/model/sessions/sessionReport.ts';
import { nameAgent } from '../../core/model/sessions/agentTitle.ts';
import { costText } from '../../protocol/figureText.ts';
import { folderTitle, sessionTitle } from '../../protocol/sessionTitle.ts';
import { COMMANDS } from '../names.ts';
import { outcomeText, sessionIcon } from './sessionText.ts';

/** A row of the list: a project, a day of it, or a session. */
export type SessionNode =
  | { readonly kind: 'project'; readonly name: string; readonly sessions: readonly LastingReport[] }
  | { readonly kind: 'day'; readonly name: string; readonly sessions: readonly LastingReport[] }
  | { readonly kind: 'session'; readonly report: LastingReport };

export interface SessionTree extends TreeDataProvider<SessionNode> {
  show(sessions: readonly LastingReport[]): void;
  dispose(): void;
}

export function createSessionTree(): SessionTree {
  const changed = new EventEmitter<undefined>();
  let sessions: readonly LastingReport[] = [];
  return {
    onDidChangeTreeData: changed.event,
    show(found) {
      sessions = found;
      changed.fire(undefined);
    },
    dispose: () => {
      changed.dispose();
    },
    getChildren(node) {
      if (node === undefined) return groups('project', sessions, projectOf);
      if (node.kind === 'project') return groups('day', node.sessions, dayOf);
      return node.kind === 'day'
        ? node.sessions.map((report) => ({ kind: 'session', report }))
        : [];
    },
    getTreeItem: (node) => (node.kind === 'session' ? sessionItem(node.report) : groupItem(node)),
  };
}

/** In the order of their first sessions. */
function groups(
  kind: 'project' | 'day',
  sessions: readonly LastingReport[],
  nameOf: (report: LastingReport) => string,
): SessionNode[] {
  const byName = new Map<string, LastingReport[]>();
  for (const report of sessions) {
    const group = byName.get(nameOf(report));
    if (group === undefined) byName.set(nameOf(report), [report]);
    else group.push(report);
  }
  return [...byName].map(([name, group]) => ({ kind, name, sessions: group }));
}

function projectOf({ folder }: LastingReport): string {
  return folderTitle(folder) ?? l10n.t('No Folder');
}

function dayOf({ startedAt }: LastingReport): string {
  if (startedAt === null) return l10n.t('No Date');
  return new Date(startedAt).toLocaleDateString(undefined, { dateStyle: 'medium' });
}

function groupItem({ kind, name, sessions }: Exclude<SessionNode, { kind: 'session' }>): TreeItem {
  const isOpen = kind === 'day';
  const item = new TreeItem(
    name,
    isOpen ? TreeItemCollapsibleState.Expanded : TreeItemCollapsibleState.Collapsed,
  );
  item.description = String(sessions.length);
  return item;
}

function sessionItem(report: LastingReport): TreeItem {
  const title = sessionTitle(report);
  const item = new TreeItem(title, TreeItemCollapsibleState.None);
  const outcome = outcomeText(report.outcome.label);
  item.id = `${report.agent} ${report.id}`;
  item.iconPath = sessionIcon(report);
  item.description = `${nameAgent(report.agent)} · ${outcome} · ${costText(report, l10n)}`;
  item.tooltip = [title, item.description, ...report.outcome.evidence].join('\n');
  item.contextValue = 'session';
  item.command = {
    command: COMMANDS.openSession,
    title: l10n.t('Open Session Report'),
    arguments: [{ kind: 'session', report } satisfies SessionNode],
  };
  item.accessibilityInformation = { label: `${title}, ${item.description}` };
  return item;
}
