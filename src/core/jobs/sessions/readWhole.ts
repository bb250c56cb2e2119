import type { Watch } from '../../model/api/watch.ts';
import type { Session } from '../../model/sessions/session.ts';
import { WHOLE } from '../../sessions/draft.ts';
import { mergeSessions, withoutCopies } from '../../sessions/merge.ts';
import { openLog } from '../../sessions/readLog.ts';
import { rest } from '../rest.ts';
import { foundLogs, isSessionNamed, logsAt } from './sessionLogs.ts';
import type { SessionParts } from './sessionLogs.ts';

/** The sessions that a log, a folder or an id names, with the whole of what was said in them. */
export async function readWhole(
  parts: SessionParts,
  name: string,
  watch: Watch,
): Promise<readonly Session[]> {
  const named = logsAt(parts, name);
  const isNamed = ({ id }: Session): boolean => named !== undefined || isSessionNamed(id, name);
  const sessions: Session[] = [];
  // A log of a session that is named by its id has the id in its name.
  for (const { path } of named ?? foundLogs(parts).filter((log) => log.path.includes(name))) {
    await rest(watch);
    sessions.push(...(await readLogWhole(parts, path)).filter(isNamed));
  }
  return sessions;
}

export async function readLogWhole(
  { assetsDir }: SessionParts,
  path: string,
): Promise<readonly Session[]> {
  return withoutCopies(mergeSessions((await openLog(path)?.read(assetsDir, WHOLE)) ?? []));
}
