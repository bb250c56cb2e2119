import type { Watch } from '../../model/api/watch.ts';
import type { Session } from '../../model/sessions/session.ts';
import type { LastingReport, SessionReport } from '../../model/sessions/sessionReport.ts';
import { workAhead } from '../../platform/workAhead.ts';
import { openLog } from '../../sessions/readLog.ts';
import { rest } from '../rest.ts';
import { fromLasting, toLasting } from './lasting.ts';
import { stampOf } from './logCache.ts';
import { openLogIndex } from './logIndex.ts';
import { cleanReports } from './reading/cleanReports.ts';
import { openReports } from './reading/logFile.ts';
import type { KnownLog, LogParts } from './reading/logFile.ts';
import { openLogReader } from './reading/logReader.ts';
import type { NamedLog } from './sessionLogs.ts';
import { groupShared } from './sharedLogs.ts';

/** A session that was found, whose whole report is read when it is wanted. */
export interface FoundSession {
  readonly brief: LastingReport;
  whole(): Promise<SessionReport>;
}

/** Whether what was read is all that was asked for, and none of the logs that follow needs to be read. */
export type IsEnough = (briefs: readonly LastingReport[], next: NamedLog | undefined) => boolean;

/**
 * Reads logs in their order until what is asked for is there. Sessions that several logs hold, and
 * responses that were copied from one log to another, count once.
 *
 * @throws an `AbortError` when stopped
 */
export async function readSessions(
  logs: readonly NamedLog[],
  parts: LogParts,
  isEnough: IsEnough,
  watch: Watch,
): Promise<readonly FoundSession[]> {
  const known = await readUntil(logs, parts, isEnough, watch);
  const found: FoundSession[] = [];
  for (const group of groupShared(known)) found.push(...(await foundIn(group, parts)));
  return found;
}

async function readUntil(
  logs: readonly NamedLog[],
  parts: LogParts,
  isEnough: IsEnough,
  watch: Watch,
): Promise<readonly KnownLog[]> {
  const index = openLogIndex(parts.settings);
  const due = logs.filter(({ path }) => index.get(path) === undefined);
  const bytes = due.reduce((all, log) => all + log.bytes, 0);
  const reader = openLogReader({ logs: due.length, bytes }, parts);
  const kept: KnownLog[] = [];
  const briefs: LastingReport[] = [];
  const options = {
    atOnce: reader.atOnce,
    run: ({ path }: NamedLog) => {
      const former = index.get(path);
      return former === undefined ? reader.read(path) : Promise.resolve(former);
    },
    isStopped: async () => {
      await rest(watch);
      watch.signal?.throwIfAborted();
      return false;
    },
  };
  try {
    for await (const [{ path }, log] of workAhead(logs, options)) {
      if (index.get(path) === undefined) index.put(log);
      kept.push(log);
      briefs.push(...log.sessions);
      watch.onProgress?.({ stage: 'files', done: kept.length, total: logs.length, patterns: 0 });
      if (isEnough(briefs, logs[kept.length])) break;
    }
  } finally {
    await reader.close();
    index.save();
  }
  return kept;
}

async function foundIn(
  group: readonly KnownLog[],
  parts: LogParts,
): Promise<readonly FoundSession[]> {
  const [only] = group;
  // What was kept of a log is all there is to know of it where no other holds parts of it.
  const isAlone = group.length === 1 && only !== undefined;
  const briefs = isAlone ? only.sessions : (await reportsOf(group, parts)).map(toLasting);
  return briefs.map((brief) => ({
    brief,
    whole: async () =>
      (await reportsOf(group, parts)).find(
        ({ agent, id }) => agent === brief.agent && id === brief.id,
      ) ?? fromLasting(brief),
  }));
}

/** Whole reports of what logs hold together, as they were kept or out of the logs. */
async function reportsOf(
  group: readonly KnownLog[],
  { settings, gate }: LogParts,
): Promise<readonly SessionReport[]> {
  const reports = openReports(settings);
  const name = group.map(({ path }) => path).join('\n');
  const stamp = stampOf(group.flatMap(({ files }) => files));
  const kept = reports.get(name, stamp);
  if (kept !== undefined) return kept;
  const read: Session[] = [];
  for (const { path } of group) {
    read.push(...((await openLog(path)?.read(settings.assetsDir)) ?? []));
  }
  const made = await cleanReports(read, settings.prices, gate);
  reports.set(name, stamp, made);
  return made;
}
