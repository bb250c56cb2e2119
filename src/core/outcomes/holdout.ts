import { createHash } from 'node:crypto';

/** Of a task what makes it one: whoever asks again for it gets the same answer. */
export interface TaskKey {
  readonly session: string | null;
  readonly task: string | null;
}

/**
 * Whether nothing is added to a task, so that one sees what happens without. It is drawn from the
 * hash of the task: the same on every machine and as often as one asks.
 *
 * @param share of tasks that are held out, 0 to 1
 */
export function isHeldOut({ session, task }: TaskKey, share: number): boolean {
  const hash = createHash('sha256')
    .update(JSON.stringify(['holdout', session, task]))
    .digest();
  return hash.readUInt32BE(0) / 2 ** 32 < share;
}
