import type { SessionEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, WHERE_NEWER, type Order } from '../kind.ts';
import type { Purged } from '../purge.ts';
import { distinctName } from '../textFields.ts';

export const session = defineFact<SessionEvent>({
  type: 'session',
  fields: {
    agent: f.text,
    session: distinctName,
    project: f.nullable(f.projectKey),
    projectName: f.nullable(f.text),
    startedAt: f.nullable(f.number),
    completionRate: f.nullable(f.number),
    isFound: f.flag,
    // Nothing of it is named here, so that every text in it is redacted.
    report: f.object<object>({}),
    contentHash: f.hash,
  },
  tables: `
    CREATE TABLE agent_sessions (
      agent TEXT NOT NULL,
      session TEXT NOT NULL,
      project TEXT,
      project_name TEXT,
      started_at INTEGER,
      completion_rate REAL,
      -- 1 where its log lay where agents leave theirs.
      found INTEGER NOT NULL,
      -- JSON object.
      report TEXT NOT NULL,
      content_hash TEXT NOT NULL,
      at INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (agent, session)
    );`,
  // The last one of a session.
  cells: (event) => cell(event.type, event.agent, event.session),
  withoutPurged(body, purged) {
    if (isOfPurgedProject(body, purged)) return undefined;
    const { patterns } = body.report;
    const kept = patterns.filter(({ id }) => !purged.patterns.has(id));
    if (kept.length === patterns.length) return body;
    return { ...body, report: { ...body.report, patterns: kept } };
  },
  apply(event, { db }) {
    const { agent, session: name, project, projectName, startedAt, completionRate } = event;
    db.prepare<(string | number | null)[]>(
      `INSERT INTO agent_sessions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (agent, session) DO UPDATE SET project = excluded.project,
         project_name = excluded.project_name, started_at = excluded.started_at,
         completion_rate = excluded.completion_rate, found = excluded.found, report = excluded.report,
         content_hash = excluded.content_hash, at = excluded.at, rev = excluded.rev,
         event = excluded.event ${WHERE_NEWER}`,
    ).run(
      ...[agent, name, project, projectName, startedAt, completionRate],
      Number(event.isFound),
      ...[JSON.stringify(event.report), event.contentHash, event.at, event.rev, event.id],
    );
  },
  dump: ['SELECT * FROM agent_sessions'],
  *recall({ db }) {
    type Row = Required<Order> &
      Omit<SessionEvent, 'type' | 'report' | 'isFound'> & { report: string; found: number };
    const rows = db.query<[], Row>(
      `SELECT agent, session, project, project_name AS projectName, started_at AS startedAt,
         completion_rate AS completionRate, found, report, content_hash AS contentHash, at, rev,
         event AS id FROM agent_sessions`,
    );
    for (const { id, rev, at, report, found, ...said } of rows.each()) {
      const read = JSON.parse(report) as SessionEvent['report'];
      yield {
        body: { type: 'session', ...said, isFound: found === 1, report: read },
        order: { id, rev, at },
      };
    }
  },
});

function isOfPurgedProject({ project, projectName }: SessionEvent, purged: Purged): boolean {
  if (project !== null) return purged.projects.has(project);
  return projectName !== null && purged.projectNames.has(projectName);
}
