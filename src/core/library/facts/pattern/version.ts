import type { VersionEvent } from '../../../model/event.ts';
import * as f from '../fields.ts';
import { cell } from '../fold.ts';
import { defineFact, WHERE_NEWER, type Order } from '../kind.ts';
import { areAllPurged } from '../purge.ts';

export const version = defineFact<VersionEvent>({
  type: 'version',
  fields: {
    pattern: f.patternId,
    version: f.digest,
    since: f.number,
    projects: f.list(f.projectKey),
    name: f.text,
    description: f.text,
    tags: f.list(f.text),
    code: f.text,
    before: f.optional(f.text),
    withdrawn: f.optional(f.flag),
  },
  tables: `
    -- What patterns were before they were edited or their source changed.
    CREATE TABLE versions (
      pattern TEXT NOT NULL,
      version TEXT NOT NULL,
      since INTEGER NOT NULL,
      -- JSON array of keys.
      projects TEXT NOT NULL,
      name TEXT NOT NULL,
      description TEXT NOT NULL,
      -- JSON array.
      tags TEXT NOT NULL,
      code TEXT NOT NULL,
      code_before TEXT,
      withdrawn INTEGER NOT NULL,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (pattern, version)
    );`,
  cells: (event) => cell(event.type, event.pattern, event.version),
  withoutPurged: (body, purged) =>
    purged.patterns.has(body.pattern) ||
    purged.keptPatterns.has(body.pattern) ||
    areAllPurged(body.projects, purged)
      ? undefined
      : body,
  apply(event, { db, dirty }) {
    const { pattern, since, projects, name, description, tags, code, before, withdrawn, rev, id } =
      event;
    db.prepare<(string | number | null)[]>(
      `INSERT INTO versions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
       ON CONFLICT (pattern, version) DO UPDATE SET since = excluded.since,
         projects = excluded.projects, name = excluded.name, description = excluded.description,
         tags = excluded.tags, code = excluded.code, code_before = excluded.code_before,
         withdrawn = excluded.withdrawn, rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`,
    ).run(
      ...[pattern, event.version, since, JSON.stringify(projects), name, description],
      ...[JSON.stringify(tags), code, before ?? null, Number(withdrawn === true), rev, id],
    );
    dirty.add(pattern);
  },
  dump: ['SELECT * FROM versions'],
  *recall({ db }) {
    type Row = Order &
      Omit<VersionEvent, 'type' | 'projects' | 'tags' | 'before' | 'withdrawn'> & {
        readonly projects: string;
        readonly tags: string;
        readonly before: string | null;
        readonly isWithdrawn: number;
      };
    const rows = db.query<[], Row>(
      `SELECT pattern, version, since, projects, name, description, tags, code,
         code_before AS before, withdrawn AS isWithdrawn, rev, event AS id FROM versions`,
    );
    for (const { id, rev, projects, tags, before, isWithdrawn, ...said } of rows.each()) {
      const lists = {
        projects: JSON.parse(projects) as VersionEvent['projects'],
        tags: JSON.parse(tags) as VersionEvent['tags'],
      };
      const texts = {
        ...(before !== null && { before }),
        ...(isWithdrawn === 1 && { withdrawn: true }),
      };
      yield { body: { type: 'version', ...said, ...lists, ...texts }, order: { id, rev } };
    }
  },
});
