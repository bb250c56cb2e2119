import { AppError } from '../../model/errors.ts';
import type { SessionEvent } from '../../model/event.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import { sessionKey } from '../../model/ports/librarySessions.ts';
import type { Library } from '../../model/ports/library.ts';
import type { LastingReport } from '../../model/sessions/sessionReport.ts';
import { folderName, hashOf } from './lasting.ts';

export interface RecordParts {
  readonly library: Pick<Library, 'record' | 'introduce' | 'readOnlyReason' | 'sessions'>;
  /** The project of the library that a folder is in. */
  readonly projectOf: (folder: string) => Promise<ProjectKey | undefined>;
}

/** Puts what was learned of sessions into the library, as far as it does not know it yet. */
export async function recordSessions(
  { library, projectOf }: RecordParts,
  reports: readonly LastingReport[],
  isFound: boolean,
): Promise<void> {
  if (library.readOnlyReason !== undefined) return;
  const known = library.sessions.hashes();
  const events: SessionEvent[] = [];
  for (const report of reports) {
    const contentHash = hashOf(report);
    if (known.get(sessionKey(report.agent, report.id)) === contentHash) continue;
    const { folder, startedAt, completion } = report;
    const project = folder === null ? undefined : await projectOf(folder);
    events.push({
      ...{ type: 'session', agent: report.agent, session: report.id },
      ...{ project: project ?? null, projectName: folderName(folder) },
      startedAt: startedAt === null ? null : Date.parse(startedAt),
      completionRate: completion?.rate ?? null,
      ...{ isFound, report, contentHash },
    });
  }
  try {
    await library.record(events);
  } catch (error) {
    // What was asked for has been read; a full disk says so at the next real write.
    if (!(error instanceof AppError)) throw error;
  }
}
