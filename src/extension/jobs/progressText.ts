import { l10n } from 'vscode';
import type { Progress } from '../../core/model/api/watch.ts';
import { formatNumber } from '../formatNumber.ts';
import type { JobsStatus } from '../shell.ts';

/** What a job does, such as `folder 2 of 3, files 120 of 400`; reads on in a sentence. */
export function describeWork({
  progress,
  stopping,
  turn,
}: Pick<Extract<JobsStatus, { state: 'extracting' }>, 'progress' | 'stopping' | 'turn'>): string {
  const doing = stopping ? l10n.t('stopping') : describeProgress(progress);
  return turn.of === 1 ? doing : l10n.t('folder {0} of {1}, {2}', turn.number, turn.of, doing);
}

export function describeProgress(progress: Progress | undefined): string {
  if (progress === undefined) return l10n.t('starting');
  const done = formatNumber(progress.done);
  const total = progress.total === undefined ? undefined : formatNumber(progress.total);
  switch (progress.stage) {
    case 'files':
      return total === undefined
        ? l10n.t('files {0}', done)
        : l10n.t('files {0} of {1}', done, total);
    case 'history':
      return total === undefined
        ? l10n.t('commits {0}', done)
        : l10n.t('commits {0} of {1}', done, total);
    case 'embed':
      return total === undefined
        ? l10n.t('preparing semantic search')
        : l10n.t('preparing semantic search {0} of {1}', done, total);
    default:
      return describeUncounted(progress.stage) ?? describePatterns(progress.patterns);
  }
}

/** What a stage does of which it is not told how far it is. */
function describeUncounted(stage: Progress['stage']): string | undefined {
  if (stage === 'list') return l10n.t('finding files');
  return stage === 'idioms' ? l10n.t('finding idioms') : undefined;
}

export function describePatterns(count: number): string {
  return count === 1 ? l10n.t('1 pattern') : l10n.t('{0} patterns', formatNumber(count));
}
