import { env, l10n } from 'vscode';
import type { Progress } from '../../core/model/engine.ts';
import type { JobsStatus } from '../shell.ts';

/** What a job does, such as `files 120 of 400`; reads on in a sentence. */
export function describeWork({
  progress,
  stopping,
}: Pick<Extract<JobsStatus, { state: 'extracting' }>, 'progress' | 'stopping'>): string {
  return stopping ? l10n.t('stopping') : describeProgress(progress);
}

function describeProgress(progress: Progress | undefined): string {
  if (progress === undefined) return l10n.t('starting');
  const done = formatNumber(progress.done);
  const total = progress.total === undefined ? undefined : formatNumber(progress.total);
  switch (progress.stage) {
    case 'list':
      return l10n.t('finding files');
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
        ? l10n.t('learning meaning')
        : l10n.t('learning meaning {0} of {1}', done, total);
  }
}

export function describePatterns(count: number): string {
  return count === 1 ? l10n.t('1 pattern') : l10n.t('{0} patterns', formatNumber(count));
}

export function formatNumber(count: number): string {
  return count.toLocaleString(env.language);
}

/** Where each stage begins and ends; embedding is the slowest by far. */
const STAGES: Readonly<Record<Progress['stage'], readonly [from: number, to: number]>> = {
  list: [0, 0],
  files: [0, 0.3],
  history: [0.3, 0.6],
  embed: [0.6, 1],
};

/** Share of the whole job that is done, 0 to 1. */
export function shareOf(progress: Progress | undefined): number {
  if (progress === undefined) return 0;
  const [from, to] = STAGES[progress.stage];
  const { done, total } = progress;
  return total === undefined || total === 0 ? from : from + (to - from) * Math.min(1, done / total);
}
