import fs from 'node:fs';
import { join } from 'node:path';
import { readIfPossible, replaceDerivedFile } from '../../platform/disk.ts';
import { parseOrNothing, stampOf } from './logCache.ts';
import { readingsName, removeFormerReadings } from './reading/logFile.ts';
import type { KnownLog, LogSettings } from './reading/logFile.ts';

/** What is known of all logs that were read, in one file, so that a list opens no other. */
export interface LogIndex {
  /** `undefined` where the log has changed since. */
  get(path: string): KnownLog | undefined;
  put(log: KnownLog): void;
  /** Writes what is new, if anything is. */
  save(): void;
}

export function openLogIndex({ derived, prices }: LogSettings): LogIndex {
  const file = join(derived, readingsName(prices), 'index.json');
  const bytes = readIfPossible(file);
  const kept = parseOrNothing(bytes?.toString('utf8') ?? '') as readonly KnownLog[] | undefined;
  const logs = new Map((kept ?? []).map((log) => [log.path, log]));
  let isNew = false;
  return {
    get(path) {
      const log = logs.get(path);
      return log?.stamp === stampOf(log?.files ?? []) ? log : undefined;
    },
    put(log) {
      logs.set(log.path, log);
      isNew = true;
    },
    save() {
      if (!isNew) return;
      isNew = false;
      for (const path of logs.keys()) if (!fs.existsSync(path)) logs.delete(path);
      removeFormerReadings(derived);
      replaceDerivedFile(file, [Buffer.from(JSON.stringify([...logs.values()]))]);
    },
  };
}
