import type {
  Recorded,
  RecordedImpression,
  RecordedLook,
  ShownEvent,
} from '../../../model/event.ts';
import { LEFT_OUT_REASONS, SURFACES, type LeftOut } from '../../../model/outcomes/outcome.ts';
import type { PatternId } from '../../../model/pattern.ts';
import type { Sqlite } from '../../../platform/sqlite.ts';
import * as f from '../fields.ts';
import { defineFact, type Order } from '../kind.ts';
import { distinctName } from '../textFields.ts';
import { withoutPurgedTask } from './purgedTask.ts';

const impression = f.object<RecordedImpression>({
  pattern: f.optional(f.nullable(f.patternId)),
  version: f.optional(f.nullable(f.digest)),
  chance: f.optional(f.number),
  estimate: f.optional(f.nullable(f.number)),
  arm: f.optional(f.nullable(f.arm)),
  tokens: f.optional(f.nullable(f.count)),
  signals: f.optional(f.numbersByName),
});

const look = f.object<RecordedLook>({
  at: f.number,
  first: f.count,
  context: f.optional(f.nullable(f.digest)),
  leftOut: f.optional(
    f.list(f.object<LeftOut>({ pattern: f.patternId, reason: f.oneOf(LEFT_OUT_REASONS) })),
  ),
  shown: f.list(impression),
});

/** What compaction knows a look by; who folds it to counts wins the same. */
export function lookCell(writer: string, first: number): string {
  return JSON.stringify(['shown', writer, first]);
}

export const shown = defineFact<ShownEvent>({
  type: 'shown',
  fields: {
    writer: f.randomId,
    surface: f.oneOf(SURFACES),
    project: f.optional(f.nullable(f.projectKey)),
    session: f.optional(f.nullable(distinctName)),
    task: f.optional(f.nullable(f.text)),
    held: f.optional(f.flag),
    looks: f.list(look),
  },
  tables: `
    -- Impressions that are not yet folded to counts.
    CREATE TABLE showings (
      writer TEXT NOT NULL,
      number INTEGER NOT NULL,
      -- Number of the first impression of the look.
      look INTEGER NOT NULL,
      pattern TEXT,
      version TEXT,
      surface TEXT NOT NULL,
      project TEXT,
      session TEXT,
      task TEXT,
      context TEXT,
      at INTEGER NOT NULL,
      chance REAL NOT NULL,
      estimate REAL,
      held INTEGER NOT NULL,
      -- JSON object.
      signals TEXT,
      arm TEXT,
      tokens INTEGER,
      -- JSON array, with the first impression of a look: what was left out of it.
      left_out TEXT,
      rev INTEGER NOT NULL,
      event TEXT NOT NULL,
      PRIMARY KEY (writer, look, number)
    );
    CREATE INDEX showings_by_pattern ON showings (pattern);
    CREATE TABLE folded_showings (
      writer TEXT NOT NULL,
      first INTEGER NOT NULL,
      last INTEGER NOT NULL,
      PRIMARY KEY (writer, first, last)
    );`,
  cells: ({ writer, looks }) =>
    looks.map(({ first }) => ({ key: lookCell(writer, first), weight: 0 })),
  withoutPurged: (body, purged) =>
    withoutPurgedTask(
      body,
      purged,
      body.looks.flatMap((one) => one.shown.map(({ pattern }) => pattern)),
    ),
  apply(event, { db, dirty }) {
    const { writer, surface, project = null, session = null, task = null, held, rev, id } = event;
    const replace = replacing(db);
    const put = db.prepare<(string | number | null)[]>(
      'INSERT INTO showings VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    );
    for (const { at, first, context = null, leftOut, shown: impressions } of event.looks) {
      const former = replace(event, first);
      const named = impressions.map(({ pattern }) => pattern);
      for (const pattern of [...(former ?? []), ...named]) {
        if (typeof pattern === 'string') dirty.add(pattern);
      }
      if (former === undefined) continue;
      impressions.forEach((one, index) => {
        const { pattern = null, version = null, chance = 1, estimate = null, signals } = one;
        put.run(
          ...[writer, first + index, first, pattern, version, surface, project, session, task],
          ...[context, at, chance, estimate, Number(held === true)],
          ...[signals === undefined ? null : JSON.stringify(signals)],
          ...[one.arm ?? null, one.tokens ?? null],
          ...[index === 0 && leftOut ? JSON.stringify(leftOut) : null, rev, id],
        );
      });
    }
  },
  dump: ['SELECT * FROM showings', 'SELECT * FROM folded_showings'],
  *recall({ db }) {
    const events = db.query<
      [],
      Order & Omit<ShownEvent, 'type' | 'looks' | 'held'> & { isHeld: number }
    >(
      `SELECT writer, surface, project, session, task, held AS isHeld, rev, event AS id
       FROM showings GROUP BY event`,
    );
    type Row = Omit<RecordedImpression, 'signals'> &
      Required<Omit<RecordedLook, 'shown' | 'leftOut'>> & {
        readonly json: string | null;
        readonly left: string | null;
      };
    const rows = db.query<[string], Row>(
      `SELECT look AS first, at, context, pattern, version, chance, estimate, arm,
         tokens, signals AS json, left_out AS left
       FROM showings WHERE event = ? ORDER BY look, number`,
    );
    for (const { id, rev, isHeld, ...event } of events.each()) {
      const looks: (RecordedLook & { readonly shown: RecordedImpression[] })[] = [];
      for (const { first, at, context, json, left, ...one } of rows.each(id)) {
        const leftOut = left === null ? {} : { leftOut: JSON.parse(left) as readonly LeftOut[] };
        if (looks.at(-1)?.first !== first) {
          looks.push({ first, at, context, ...leftOut, shown: [] });
        }
        const signals =
          json === null ? {} : { signals: JSON.parse(json) as Record<string, number> };
        looks.at(-1)?.shown.push({ ...one, ...signals });
      }
      yield { body: { type: 'shown', ...event, held: isHeld === 1, looks }, order: { id, rev } };
    }
  },
});

/**
 * Makes room for a look. The patterns that stood there before, or `undefined` where the look is folded
 * or a newer event has told of it.
 */
function replacing(
  db: Sqlite,
): (event: Recorded<ShownEvent>, look: number) => readonly PatternId[] | undefined {
  const folded = db.prepare<[string, number], [number]>(
    'SELECT 1 FROM folded_showings WHERE writer = ? AND ? BETWEEN first AND last',
  );
  const known = db.prepare<[string, number, number, string], [number]>(
    `SELECT (rev, event) >= (?3, ?4) FROM showings WHERE writer = ?1 AND look = ?2 LIMIT 1`,
  );
  const remove = db.prepare<[string, number], [string | null]>(
    'DELETE FROM showings WHERE writer = ? AND look = ? RETURNING pattern',
  );
  return ({ writer, rev, id }, look) => {
    if (folded.get(writer, look) !== undefined) return undefined;
    const isNewer = known.get(writer, look, rev, id)?.[0];
    if (isNewer === 1) return undefined;
    if (isNewer === undefined) return [];
    return remove.all(writer, look).flatMap(([pattern]) => pattern ?? []);
  };
}
