import { setTimeout as sleep } from 'node:timers/promises';

/** Longer than anything takes that does not hang, even while the machine is busy. */
export const PATIENCE_MS = 30_000;

const POLL_MS = 200;

/** Asks again until an answer is as it should be; the last failure is thrown when patience ends. */
export async function eventually<T>(check: () => T | Promise<T>): Promise<T> {
  for (let waitedMs = 0; ; waitedMs += POLL_MS) {
    try {
      return await check();
    } catch (error) {
      if (waitedMs >= PATIENCE_MS) throw error;
    }
    await sleep(POLL_MS);
  }
}
