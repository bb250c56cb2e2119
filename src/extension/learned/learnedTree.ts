import { isDeepStrictEqual } from 'node:util';
import {
  EventEmitter,
  l10n,
  MarkdownString,
  ThemeIcon,
  TreeItem,
  TreeItemCollapsibleState,
  type TreeDataProvider,
} from 'vscode';
import type { LearnedLesson, LessonKind, SessionAside } from '../../core/model/api/learning.ts';
import type { PatternId } from '../../core/model/pattern.ts';
import { COMMANDS, INNER_COMMANDS } from '../names.ts';
import { asPlainMarkdown } from '../plainText.ts';
import { describeLesson, evidenceText, fixText } from './lessonText.ts';

/** A row of the list: a kind, a lesson of it, a session the lesson is from, or what was set aside. */
export type LearnedNode =
  | {
      readonly kind: 'group';
      readonly of: LessonKind;
      readonly lessons: readonly LearnedLesson[];
    }
  | {
      readonly kind: 'lesson';
      readonly of: LessonKind;
      /** By which commands for patterns know it. */
      readonly id: PatternId;
      readonly lesson: LearnedLesson;
    }
  | { readonly kind: 'session'; readonly session: string; readonly lesson: LearnedLesson }
  | { readonly kind: 'allAside'; readonly sessions: readonly SessionAside[] }
  | { readonly kind: 'aside'; readonly aside: SessionAside };

export interface Learned extends Readonly<Record<LessonKind, readonly LearnedLesson[]>> {
  readonly aside: readonly SessionAside[];
}

export interface LearnedTree extends TreeDataProvider<LearnedNode> {
  show(learned: Learned): void;
  dispose(): void;
}

export function createLearnedTree(): LearnedTree {
  const changed = new EventEmitter<undefined>();
  let learned: Learned = { strategy: [], error: [], code: [], aside: [] };
  return {
    onDidChangeTreeData: changed.event,
    show(found) {
      // Drawn anew, a row that is clicked at that moment would lose the click.
      if (isDeepStrictEqual(found, learned)) return;
      learned = found;
      changed.fire(undefined);
    },
    dispose: () => {
      changed.dispose();
    },
    getChildren: (node) => childrenOf(node, learned),
    getTreeItem(node) {
      switch (node.kind) {
        case 'group':
          return groupItem(node);
        case 'lesson':
          return lessonItem(node);
        case 'session':
          return sessionItem(node.session, node.lesson.id);
        case 'allAside':
          return allAsideItem(node.sessions.length);
        case 'aside':
          return asideItem(node.aside);
      }
    },
  };
}

function childrenOf(node: LearnedNode | undefined, learned: Learned): LearnedNode[] {
  if (node === undefined) {
    const { aside: sessions } = learned;
    return [
      ...(['strategy', 'error', 'code'] as const)
        .filter((of) => learned[of].length > 0)
        .map((of) => ({ kind: 'group', of, lessons: learned[of] }) as const),
      ...(sessions.length === 0 ? [] : [{ kind: 'allAside', sessions } as const]),
    ];
  }
  if (node.kind === 'group') {
    return node.lessons.map((lesson) => ({ kind: 'lesson', of: node.of, id: lesson.id, lesson }));
  }
  if (node.kind === 'allAside') return node.sessions.map((aside) => ({ kind: 'aside', aside }));
  if (node.kind !== 'lesson') return [];
  const { lesson } = node;
  return lesson.sessions.map((session) => ({ kind: 'session', session, lesson }));
}

function groupItem({ of, lessons }: Extract<LearnedNode, { kind: 'group' }>): TreeItem {
  const item = new TreeItem(nameOf(of), TreeItemCollapsibleState.Expanded);
  item.id = of;
  item.description = String(lessons.length);
  return item;
}

function nameOf(kind: LessonKind): string {
  if (kind === 'code') return l10n.t('Recurring Code');
  return kind === 'strategy' ? l10n.t('Strategies') : l10n.t('Recurring Errors');
}

const ICONS: Readonly<Record<LessonKind, ThemeIcon>> = {
  code: new ThemeIcon('symbol-method'),
  strategy: new ThemeIcon('compass'),
  error: new ThemeIcon('bug'),
};

function lessonItem(node: Extract<LearnedNode, { kind: 'lesson' }>): TreeItem {
  const { of, lesson } = node;
  const item = new TreeItem(labelOf(lesson), TreeItemCollapsibleState.Collapsed);
  item.id = `${of} ${lesson.id}`;
  item.iconPath = ICONS[of];
  item.description = describeLesson(lesson);
  item.tooltip = tooltipOf(lesson);
  item.contextValue = 'lesson';
  item.command = {
    command: INNER_COMMANDS.openLesson,
    title: l10n.t('Open Pattern'),
    arguments: [node],
  };
  item.accessibilityInformation = { label: `${labelOf(lesson)}, ${item.description}` };
  return item;
}

/** An error by the line that told it, a strategy by when it helps. */
function labelOf({ name, text, error }: LearnedLesson): string {
  return error === undefined ? name : (text.split('\n', 1)[0] ?? name);
}

/** All of it as it was learned: nothing of that text means anything to VS Code. */
function tooltipOf(lesson: LearnedLesson): MarkdownString {
  const parts = [
    lesson.text,
    describeLesson(lesson),
    fixText(lesson) ?? '',
    ...evidenceText(lesson),
  ];
  const lines = parts.filter((part) => part !== '').flatMap((part) => part.split('\n'));
  return new MarkdownString(lines.map(asPlainMarkdown).join('  \n'));
}

/** @param place what is above it: the same session may stand at several places */
function sessionItem(session: string, place: string): TreeItem {
  const [agent = '', ...id] = session.split(' ');
  const item = new TreeItem(id.join(' '), TreeItemCollapsibleState.None);
  item.id = `${place} ${session}`;
  item.iconPath = new ThemeIcon('comment-discussion');
  item.description = agent;
  item.contextValue = 'lessonSession';
  item.command = {
    command: COMMANDS.openSession,
    title: l10n.t('Open Session Report'),
    arguments: [id.join(' ')],
  };
  return item;
}

function allAsideItem(count: number): TreeItem {
  const item = new TreeItem(l10n.t('Set Aside'), TreeItemCollapsibleState.Collapsed);
  item.id = 'aside';
  item.description = String(count);
  item.tooltip = l10n.t('Sessions that taught nothing and no longer count. They can be restored.');
  item.contextValue = 'allAside';
  return item;
}

function asideItem({ session, task, why }: SessionAside): TreeItem {
  const item = sessionItem(session, 'aside');
  const lines = [task, why].filter((line) => line !== '').flatMap((text) => text.split('\n'));
  item.description = why;
  item.tooltip = new MarkdownString(lines.map(asPlainMarkdown).join('  \n'));
  item.contextValue = 'aside';
  return item;
}
