import { TabInputText, TabInputTextDiff, ViewColumn, window } from 'vscode';
import type { Tab, Uri } from 'vscode';
import type { PatternId } from '../../core/model/pattern.ts';
import { patternOf } from './patternDocuments.ts';

/** A tab that shows a pattern. */
export interface PatternTab {
  readonly tab: Tab;
  readonly id: PatternId;
  /** No two tabs have the same. */
  readonly place: string;
}

export function patternTabs(): readonly PatternTab[] {
  return window.tabGroups.all.flatMap(({ viewColumn, tabs }) =>
    tabs.flatMap((tab) => {
      const uri = uriOf(tab);
      const id = uri === undefined ? undefined : patternOf(uri);
      if (uri === undefined || id === undefined) return [];
      return [{ tab, id, place: `${viewColumn} ${uri.toString()}` }];
    }),
  );
}

/** The pattern in front of the person; `undefined` where something else is. */
export function patternInFront(): PatternId | undefined {
  const tab = window.tabGroups.activeTabGroup.activeTab;
  const uri = tab === undefined ? undefined : uriOf(tab);
  return uri === undefined ? undefined : patternOf(uri);
}

/**
 * Where a pattern is shown that somebody only looks at: where one is shown already, or else beside
 * what they work on.
 */
export function columnToLookIn(): ViewColumn {
  const [shown] = patternTabs();
  if (shown !== undefined) return shown.tab.group.viewColumn;
  const isAnythingOpen = window.tabGroups.all.some(({ tabs }) => tabs.length > 0);
  return isAnythingOpen ? ViewColumn.Beside : ViewColumn.Active;
}

/** Of a change the side after it. */
function uriOf({ input }: Tab): Uri | undefined {
  if (input instanceof TabInputTextDiff) return input.modified;
  return input instanceof TabInputText ? input.uri : undefined;
}
