import { isDeepStrictEqual } from 'node:util';
import {
  EventEmitter,
  l10n,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeDataProvider,
} from 'vscode';
import type { TeamShared } from '../../core/model/api/team.ts';
import { COMMANDS } from '../names.ts';
import { asPlainLabel } from '../plainText.ts';
import { fareText, groupShared, type SharedGroup } from './teamText.ts';

/** A row of the list: what waits or a person, or a pattern. */
export type TeamNode =
  | ({ readonly kind: 'group' } & SharedGroup)
  | { readonly kind: 'pattern'; readonly shared: TeamShared };

export interface TeamTree extends TreeDataProvider<TeamNode> {
  show(shared: readonly TeamShared[]): void;
  dispose(): void;
}

/** What a team shared: what waits first, then by the people it is from. */
export function createTeamTree(): TeamTree {
  const changed = new EventEmitter<undefined>();
  let groups: readonly SharedGroup[] = [];
  return {
    onDidChangeTreeData: changed.event,
    show(shared) {
      const found = groupShared(shared, l10n);
      // Drawn anew, a row that is clicked at that moment would lose the click.
      if (isDeepStrictEqual(found, groups)) return;
      groups = found;
      changed.fire(undefined);
    },
    dispose: () => {
      changed.dispose();
    },
    getChildren(node) {
      if (node === undefined) return groups.map((group) => ({ kind: 'group', ...group }));
      return node.kind === 'group'
        ? node.shared.map((shared) => ({ kind: 'pattern', shared }))
        : [];
    },
    getTreeItem: (node) => (node.kind === 'group' ? groupItem(node) : patternItem(node.shared)),
  };
}

function groupItem({ name, shared, isWaiting }: SharedGroup): TreeItem {
  const item = new TreeItem(asPlainLabel(name), TreeItemCollapsibleState.Expanded);
  item.id = `${isWaiting ? 'waiting' : 'person'} ${name}`;
  item.iconPath = new ThemeIcon(isWaiting ? 'inbox' : 'person');
  item.description = String(shared.length);
  return item;
}

function patternItem(shared: TeamShared): TreeItem {
  const { pattern, name, author, waiting, offer } = shared;
  const item = new TreeItem(asPlainLabel(name), TreeItemCollapsibleState.None);
  const by = l10n.t('by {0}', asPlainLabel(author));
  const said = fareText(shared, l10n);
  const waits = waiting || offer !== null;
  item.id = pattern;
  item.iconPath = new ThemeIcon(waiting ? 'inbox' : offer === null ? 'symbol-function' : 'edit');
  // Elsewhere the group says whose it is.
  item.description = waits ? `${by} · ${said}` : said;
  item.tooltip = [name, by, said].join('\n');
  item.contextValue = waits ? 'sharedWaiting' : 'shared';
  item.command = {
    command: COMMANDS.openBrowser,
    title: l10n.t('Open Pattern'),
    arguments: [pattern],
  };
  item.accessibilityInformation = { label: `${name}, ${by}, ${said}` };
  return item;
}
