import type { BatchEvent } from '../../../model/experience/recorded.ts';
import type { Experience } from '../../../model/experience/experience.ts';
import type { LibraryExperiences } from '../../../model/ports/libraryExperiences.ts';
import { readExperience } from '../../facts/session/experience.ts';
import type { Sqlite } from '../../../platform/sqlite.ts';
import type { RowsAndTexts } from '../../texts/longTexts.ts';

/** What is read of sessions; those of forgotten projects are left out. */
export function experienceReads(view: () => RowsAndTexts): LibraryExperiences {
  return {
    all: () => readAll(view().db),
    recorded(name) {
      const newest = view()
        .db.query<[string], { record: number }>(
          `SELECT r.id AS record FROM records r JOIN projects p ON p.id = r.project
           WHERE r.type = 'experience' AND r.subject = ? AND p.forgotten = 0
           ORDER BY r.rev DESC, r.event DESC LIMIT 1`,
        )
        .get(name);
      return newest && readExperience(view(), newest.record);
    },
    lastBatch() {
      const row = view()
        .db.query<[], { sessions: string; patterns: number; pruned: number; at: number }>(
          'SELECT sessions, patterns, pruned, at FROM batches',
        )
        .get();
      return row && { ...row, sessions: JSON.parse(row.sessions) as BatchEvent['sessions'] };
    },
  };
}

function readAll(db: Sqlite): readonly Experience[] {
  const rows = db.query<
    [],
    { session: string; project: string; hash: string; body: string; lessons: string }
  >(
    `SELECT r.subject AS session, p.key AS project, r.content_hash AS hash, r.body,
       (SELECT json_group_array(t.pattern) FROM texts t WHERE t.record = r.id) AS lessons
     FROM records r JOIN projects p ON p.id = r.project
     WHERE r.type = 'experience' AND p.forgotten = 0 ORDER BY r.subject, r.rev, r.event`,
  );
  // Of a session that was recorded in two projects the newest counts.
  const byName = new Map<string, Experience>();
  for (const { session, project, hash, body, lessons } of rows.each()) {
    byName.set(session, {
      ...{ session, project, contentHash: hash },
      ...(JSON.parse(body) as Omit<Experience, 'session' | 'project' | 'contentHash' | 'lessons'>),
      lessons: JSON.parse(lessons) as Experience['lessons'],
    });
  }
  return [...byName.values()];
}
