import { sessionKey, type LibrarySessions } from '../../../model/ports/librarySessions.ts';
import type { AgentName } from '../../../model/sessions/session.ts';
import type { LastingReport } from '../../../model/sessions/sessionReport.ts';
import type { Sqlite } from '../../../platform/sqlite.ts';

export function sessionReads(db: () => Sqlite): LibrarySessions {
  return {
    hashes() {
      const rows = db().prepare<[], [AgentName, string, string]>(
        'SELECT agent, session, content_hash FROM agent_sessions',
      );
      return new Map(rows.all().map(([agent, id, hash]) => [sessionKey(agent, id), hash]));
    },
    recent: () =>
      reports(
        db()
          .prepare<[], [string]>(
            `SELECT report FROM agent_sessions WHERE found = 1
           ORDER BY coalesce(started_at, 0) DESC, agent, session`,
          )
          .all(),
      ),
    byId: (id) =>
      reports(
        db()
          .prepare<[string], [string]>(
            'SELECT report FROM agent_sessions WHERE session = ? ORDER BY agent',
          )
          .all(id),
      ),
  };
}

function reports(rows: readonly (readonly [string])[]): readonly LastingReport[] {
  return rows.map(([report]) => JSON.parse(report) as LastingReport);
}
