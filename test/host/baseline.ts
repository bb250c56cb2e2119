import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

import { formatDelay, measureDelay } from './support/eventLoop.ts';

const WATCHED_MS = 5_000;

/** Called by VS Code inside an extension host without us: reports how late its timers are. */
export async function run(): Promise<void> {
  const delay = await measureDelay(() => sleep(WATCHED_MS));
  appendFileSync(process.env['PATTERN_FOUNDRY_REPORT'] ?? '', formatDelay(delay));
}
