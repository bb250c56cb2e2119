import type { VersionEvent } from '../../../model/event.ts';
import { TEXT_CONTENT, TEXT_PLACE, type TextPlace } from '../../texts/longTexts.ts';
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
      -- Where the code stands; see TextPlace.
      text_at INTEGER NOT NULL,
      text_sum INTEGER NOT NULL,
      code_bytes INTEGER NOT NULL,
      before_bytes INTEGER,
      template_bytes INTEGER NOT NULL,
      holes_bytes INTEGER,
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
  apply(event, { db, texts, dirty }) {
    const { pattern, since, name, description, code, before = null, rev } = event;
    const place = texts.add({ code, before, template: '', holes: null });
    db.command<VersionRow>(WRITE)({
      ...{ pattern, since, name, description, rev, event: event.id, version: event.version },
      projects: JSON.stringify(event.projects),
      tags: JSON.stringify(event.tags),
      withdrawn: Number(event.withdrawn === true),
      ...place,
    });
    dirty.add(pattern);
  },
  dump: [
    `SELECT t.pattern, t.version, t.since, t.projects, t.name, t.description, t.tags,
       ${TEXT_CONTENT}, t.withdrawn, t.rev, t.event FROM versions t`,
  ],
  *recall({ db, texts }) {
    type Row = Order & Omit<VersionRow, 'event' | 'withdrawn'> & { readonly isWithdrawn: number };
    const rows = db.query<[], Row>(
      `SELECT t.pattern, t.version, t.since, t.projects, t.name, t.description, t.tags,
         ${TEXT_PLACE}, t.withdrawn AS isWithdrawn, t.rev, t.event AS id FROM versions t`,
    );
    for (const row of rows.each()) {
      if (!texts.isSound(row)) continue;
      const { id, rev, pattern, version: recorded, since, name, description } = row;
      const { code, before } = texts.read(row);
      yield {
        body: {
          ...{ type: 'version', pattern, version: recorded, since, name, description, code },
          projects: JSON.parse(row.projects) as VersionEvent['projects'],
          tags: JSON.parse(row.tags) as VersionEvent['tags'],
          ...(before !== null && { before }),
          ...(row.isWithdrawn === 1 && { withdrawn: true }),
        },
        order: { id, rev },
      };
    }
  },
});

interface VersionRow extends TextPlace {
  readonly pattern: string;
  readonly version: string;
  readonly since: number;
  /** JSON array of keys. */
  readonly projects: string;
  readonly name: string;
  readonly description: string;
  /** JSON array. */
  readonly tags: string;
  readonly withdrawn: number;
  readonly rev: number;
  readonly event: string;
}

const WRITE = `
  INSERT INTO versions (pattern, version, since, projects, name, description, tags, text_at,
    text_sum, code_bytes, before_bytes, template_bytes, holes_bytes, withdrawn, rev, event)
  VALUES (:pattern, :version, :since, :projects, :name, :description, :tags, :textAt,
    :textSum, :codeBytes, :beforeBytes, :templateBytes, :holesBytes, :withdrawn, :rev, :event)
  ON CONFLICT (pattern, version) DO UPDATE SET since = excluded.since,
    projects = excluded.projects, name = excluded.name, description = excluded.description,
    tags = excluded.tags, text_at = excluded.text_at, text_sum = excluded.text_sum,
    code_bytes = excluded.code_bytes, before_bytes = excluded.before_bytes,
    withdrawn = excluded.withdrawn, rev = excluded.rev, event = excluded.event ${WHERE_NEWER}`;
