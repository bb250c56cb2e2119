import { createHash } from 'node:crypto';

/** Of a task what makes it one: whoever asks again for it gets the same answer. */
export interface TaskKey {
  readonly session: string | null;
  readonly task: string | null;
}

/**
 * Whether nothing is added to a task, to see what happens without it.
 *
 * @param share of tasks that are held out, 0 to 1
 */
export function isHeldOut(task: TaskKey, share: number): boolean {
  return draw('holdout', task) < share;
}

/** Which of the two that an experiment compares is shown in a task: either as often as the other. */
export function armOf(experiment: string, task: TaskKey): 'a' | 'b' {
  return draw(`experiment ${experiment}`, task) < 0.5 ? 'a' : 'b';
}

/** From 0 to 1, by the hash of the task: the same on every machine and as often as one asks. */
function draw(purpose: string, { session, task }: TaskKey): number {
  const hash = createHash('sha256')
    .update(JSON.stringify([purpose, session, task]))
    .digest();
  return hash.readUInt32BE(0) / 2 ** 32;
}
