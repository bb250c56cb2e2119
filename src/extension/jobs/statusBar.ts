import {
  Disposable,
  l10n,
  MarkdownString,
  StatusBarAlignment,
  ThemeColor,
  window,
  type StatusBarItem,
} from 'vscode';
import type { Progress } from '../../core/model/api/watch.ts';
import { formatNumber } from '../formatNumber.ts';
import { COMMANDS } from '../names.ts';
import type { Shell } from '../shell.ts';
import type { OpenJobs } from './jobs.ts';
import type { Learning } from './learning.ts';
import { describePatterns, describeWork } from './progressText.ts';

/** Shorter work that nobody asked for is not worth a flicker. */
const UNNOTICED_MS = 600;

interface Shown {
  readonly text: string;
  readonly tooltip: string;
  readonly warns: boolean;
}

export interface StatusBarParts {
  readonly jobs: OpenJobs;
  readonly learning: Learning;
}

/**
 * The item that spins while patterns are extracted by themselves; what a person started is told of
 * in a notification. Hidden when there is nothing to say.
 */
export function registerStatusBar(shell: Shell, parts: StatusBarParts): Disposable {
  const { jobs, learning } = parts;
  const item = window.createStatusBarItem('status', StatusBarAlignment.Left, 1);
  item.name = 'Pattern Foundry';
  item.command = COMMANDS.showStatus;
  let appearing: NodeJS.Timeout | undefined;
  let isVisible = false;

  const hide = (): void => {
    clearTimeout(appearing);
    appearing = undefined;
    isVisible = false;
    item.hide();
  };
  const update = (): void => {
    const shown = toShown(shell, parts);
    if (shown === undefined) {
      hide();
      return;
    }
    fill(item, shown);
    if (isVisible || appearing !== undefined) return;
    appearing = setTimeout(
      () => {
        isVisible = true;
        item.show();
      },
      isWork(jobs, learning) ? UNNOTICED_MS : 0,
    );
  };

  const watches = [
    jobs.onDidChange(update),
    learning.onDidChange(update),
    shell.connection.onDidChangeState(update),
    new Disposable(hide),
    item,
  ];
  return Disposable.from(...watches);
}

function isWork({ status }: OpenJobs, { progress }: Learning): boolean {
  return status.state === 'extracting' || progress !== undefined;
}

function fill(item: StatusBarItem, { text, tooltip, warns }: Shown): void {
  item.text = text;
  // Names of folders are text, not markup.
  item.tooltip = new MarkdownString().appendText(tooltip);
  item.accessibilityInformation = { label: `Pattern Foundry, ${tooltip}`, role: 'button' };
  item.backgroundColor = warns ? new ThemeColor('statusBarItem.warningBackground') : undefined;
}

function toShown({ connection }: Shell, { jobs, learning }: StatusBarParts): Shown | undefined {
  const { status, trouble } = jobs;
  const engine = connection.state;
  if (engine.state === 'failed') {
    const { message, hint } = engine.failure;
    const tooltip = l10n.t('The library cannot be used: {0}. {1}', message, hint);
    return { text: '$(warning) Pattern Foundry', tooltip, warns: true };
  }
  if (engine.state === 'restarting') {
    const tooltip = l10n.t('The engine stopped and is restarting. Nothing is lost.');
    return { text: `$(sync~spin) ${l10n.t('Restarting')}`, tooltip, warns: false };
  }
  if (status.state === 'paused') {
    const tooltip = l10n.t('Extraction is paused. Queued: {0}', status.waiting);
    return { text: `$(debug-pause) ${l10n.t('Patterns Paused')}`, tooltip, warns: false };
  }
  if (status.state === 'extracting') {
    if (status.request.origin === 'person') return undefined;
    const { request, progress } = status;
    const doing = describeWork(status);
    const found = describePatterns(progress?.patterns ?? 0);
    const name = request.folder.path.split('/').at(-1) ?? '';
    const tooltip = l10n.t('Extracting patterns of {0}: {1}, {2} so far', name, doing, found);
    return { text: `$(sync~spin) ${l10n.t('Patterns: {0}', doing)}`, tooltip, warns: false };
  }
  if (trouble === undefined) return toLearning(learning.progress);
  const tooltip = l10n.t(
    'Patterns are not being kept up to date: {0}. {1}',
    trouble.message,
    trouble.hint,
  );
  return { text: '$(warning) Pattern Foundry', tooltip, warns: true };
}

/** Nothing to wait for, so only who points at it is told. */
function toLearning(progress: Progress | undefined): Shown | undefined {
  if (progress?.total === undefined || progress.done >= progress.total) return undefined;
  const tooltip = l10n.t(
    'Semantic search is being prepared: {0} of {1} patterns. Search by words covers all of them.',
    formatNumber(progress.done),
    formatNumber(progress.total),
  );
  return { text: '$(library)', tooltip, warns: false };
}
