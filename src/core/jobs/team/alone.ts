import { setTimeout as delay } from 'node:timers/promises';
import { AppError } from '../../model/errors.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { Library } from '../../model/ports/library.ts';
import { lockFolder } from '../../platform/folderLock.ts';
import { teamFolder } from '../../team/state.ts';

/** What jobs of a team are done with. */
export interface TeamParts {
  readonly library: Library;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly now: () => EpochMs;
}

/** Another window that syncs is waited for this long. */
const PATIENCE_MS = 20_000;
const STEP_MS = 100;

/** One process at a time holds the state. @throws AppError `team-data-in-use` */
export async function alone<Value>(
  { library, now }: TeamParts,
  work: () => Value | Promise<Value>,
): Promise<Value> {
  for (let waitedMs = 0; ; waitedMs += STEP_MS) {
    let lock: { release(): void };
    try {
      lock = lockFolder(teamFolder(library.folder), now());
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'team-data-in-use';
      if (!isBusy || waitedMs >= PATIENCE_MS) throw error;
      await delay(STEP_MS);
      continue;
    }
    try {
      return await work();
    } finally {
      lock.release();
    }
  }
}
