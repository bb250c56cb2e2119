import { setTimeout as sleep } from 'node:timers/promises';

const POLL_MS = 100;
const MOST_MS = 45_000;

/** Waits for something to be so, and says what it waited for when it never is. */
export async function until(what: string, check: () => boolean | Promise<boolean>): Promise<void> {
  const startMs = performance.now();
  while (!(await check())) {
    if (performance.now() - startMs > MOST_MS) throw new Error(`it never came to be: ${what}`);
    await sleep(POLL_MS);
  }
}
