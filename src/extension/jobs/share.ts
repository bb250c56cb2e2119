import type { Progress } from '../../core/model/api/watch.ts';
import type { JobsStatus } from '../shell.ts';

/** Where each stage begins and ends; history takes longest. */
const STAGES: Readonly<Record<Progress['stage'], readonly [from: number, to: number]>> = {
  list: [0, 0],
  files: [0, 0.35],
  idioms: [0.35, 0.45],
  history: [0.45, 1],
  embed: [0, 1],
  import: [0, 1],
  export: [0, 1],
  runs: [0, 1],
  issues: [0, 1],
};

/** Share that is done of all folders that were asked for together, 0 to 1. */
export function shareOf({
  progress,
  turn,
}: Pick<Extract<JobsStatus, { state: 'extracting' }>, 'progress' | 'turn'>): number {
  return (turn.number - 1 + shareOfWork(progress)) / turn.of;
}

/** Share of one piece of work that is done, 0 to 1. */
export function shareOfWork(progress: Progress | undefined): number {
  if (progress === undefined) return 0;
  const [from, to] = STAGES[progress.stage];
  const { done, total } = progress;
  return total === undefined || total === 0 ? from : from + (to - from) * Math.min(1, done / total);
}

/**
 * Turns shares from 0 to 1 into what a notification is to add, in percent. It never goes back, so a
 * share that shrinks adds nothing until it has caught up.
 */
export function createIncrements(): (share: number) => number {
  let shown = 0;
  return (share) => {
    const increment = Math.max(0, share - shown) * 100;
    shown = Math.max(shown, share);
    return increment;
  };
}
