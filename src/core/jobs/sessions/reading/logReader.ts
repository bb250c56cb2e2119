import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import { openProcessPool } from '../../../platform/processPool.ts';
import { openLog } from '../../../sessions/readLog.ts';
import { stampOf } from '../logCache.ts';
import { readLogFile } from './logFile.ts';
import type { KnownLog, LogParts } from './logFile.ts';

/** Starting processes takes as long as reading so many bytes. */
const FEW_BYTES = 60 * 1024 * 1024;
/** Of the heap of a process: what is kept of the longest log fits into it. */
const HEAP_MB = 1024;
const AT_ONCE = 4;
/** What one such log leaves behind would wait long for its collection: less of it at a time costs a fifth more time. */
const LONG_LOG_BYTES = 256 * 1024 * 1024;
const GROWTH_PERCENT = 10;

export interface LogReader {
  /** Logs that it reads at a time. */
  readonly atOnce: number;
  read(path: string): Promise<KnownLog>;
  close(): Promise<void>;
}

/** A reader for so many logs of so many bytes in all, in this process or in others. */
export function openLogReader(
  { logs, bytes }: { readonly logs: number; readonly bytes: number },
  parts: LogParts,
): LogReader {
  const { settings } = parts;
  const here = (path: string): Promise<KnownLog> => readLogFile(path, parts);
  if (bytes < FEW_BYTES || availableParallelism() === 1) {
    return { atOnce: 1, read: here, close: () => Promise.resolve() };
  }
  const pool = openProcessPool<string, KnownLog>({
    entry: join(dirname(settings.assetsDir), 'logReader.js'),
    ...{ settings, heapMb: HEAP_MB, here, lost: unreadable },
    growthPercent: logs === 1 && bytes > LONG_LOG_BYTES ? GROWTH_PERCENT : undefined,
  });
  return { atOnce: AT_ONCE, read: (path) => pool.run(path), close: () => pool.close() };
}

/** It is tried again when it changes. */
function unreadable(path: string): KnownLog {
  const files = openLog(path)?.files ?? [path];
  return { path, files, stamp: stampOf(files), sessions: [], responses: '' };
}
