import type { LibraryEvent, PatternEvent } from '../../model/event.ts';
import type { FactTables } from '../facts/kind.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import { deleteTexts, demoteTexts, insertTexts, type PlacedText } from './texts.ts';
import { TEXT_CONTENT } from '../texts/longTexts.ts';

type EventOrder = Pick<LibraryEvent, 'id' | 'rev' | 'at'>;

/** Columns of `records` beside its subject and order. */
interface RecordColumns {
  readonly contentHash?: string | null;
  readonly author?: string;
  readonly dateSeconds?: number | null;
  readonly message?: string;
  readonly testsChanged?: boolean;
  readonly reverted?: boolean;
  readonly issues?: readonly string[];
  readonly pack?: string;
  readonly provenance?: PatternEvent['provenance'];
  /** JSON of what no other column holds. */
  readonly body?: string;
}

/** What an event that holds texts says of its subject. */
export interface NewRecord {
  readonly type: 'file' | 'idioms' | 'commit' | 'experience' | 'pattern';
  readonly project: number;
  readonly subject: string;
  readonly columns: RecordColumns;
  readonly texts: readonly PlacedText[];
}

/** Columns of a record that say something of its event. */
export interface StoredColumns {
  readonly contentHash: string | null;
  readonly author: string | null;
  readonly dateSeconds: number | null;
  readonly message: string | null;
  readonly testsChanged: number | null;
  readonly reverted: number;
  readonly issues: string | null;
  readonly pack: string | null;
  readonly provenance: string | null;
  readonly body: string | null;
}

interface RecordRow extends StoredColumns {
  readonly type: string;
  readonly project: number;
  readonly subject: string;
  readonly rev: number;
  readonly event: string;
  readonly at: number;
}

/** The newest event of a subject holds its texts; texts of the others are last known ones. */
export function putRecord(
  tables: Omit<FactTables, 'projects'>,
  event: EventOrder,
  fresh: NewRecord,
): void {
  const { db, dirty } = tables;
  const { project, type, subject, texts } = fresh;
  const held = heldRecord(db, fresh);
  if (held === undefined) {
    insertTexts(tables, { record: writeRecord(db, event, fresh) }, texts);
    return;
  }
  if (held.rev === event.rev && held.event === event.id) return;
  if (event.rev < held.rev || (event.rev === held.rev && event.id < held.event)) {
    // A pattern event has one text, and a newer one of the same pattern is in force.
    if (type !== 'pattern') insertTexts(tables, { project, path: subject, event }, texts);
    return;
  }
  if (type !== 'pattern') demoteTexts(db, dirty, held.id);
  const record = writeRecord(db, event, fresh);
  const below = nextTextId(db);
  insertTexts(tables, { record }, texts);
  if (type === 'pattern') deleteTexts(db, record, below);
}

function nextTextId(db: Sqlite): number {
  return db.prepare<[], [number]>('SELECT coalesce(max(id), 0) + 1 FROM texts').get()?.[0] ?? 1;
}

const WRITE = `
  INSERT INTO records (type, project, subject, rev, event, at, content_hash, author, date_seconds,
    message, tests_changed, reverted, issues, pack, provenance, body)
  VALUES (:type, :project, :subject, :rev, :event, :at, :contentHash, :author, :dateSeconds,
    :message, :testsChanged, :reverted, :issues, :pack, :provenance, :body)
  ON CONFLICT (project, type, subject) DO UPDATE SET rev = excluded.rev, event = excluded.event,
    at = excluded.at, content_hash = excluded.content_hash, author = excluded.author,
    date_seconds = excluded.date_seconds, message = excluded.message,
    tests_changed = excluded.tests_changed, reverted = excluded.reverted, issues = excluded.issues,
    pack = excluded.pack, provenance = excluded.provenance,
    body = excluded.body`;

/** @returns the row that now holds what the event says */
function writeRecord(db: Sqlite, { rev, id, at }: EventOrder, fresh: NewRecord): number {
  const { type, project, subject, columns } = fresh;
  db.command<RecordRow>(WRITE)({
    ...{ type, project, subject, rev, event: id, at },
    ...toColumns(columns),
  });
  const record = heldRecord(db, fresh);
  if (record === undefined) throw new Error('a record that was written is not there');
  return record.id;
}

interface HeldOrder {
  readonly id: number;
  readonly rev: number;
  readonly event: string;
}

function heldRecord(db: Sqlite, { project, type, subject }: NewRecord): HeldOrder | undefined {
  return db
    .query<[number, string, string], HeldOrder>(
      'SELECT id, rev, event FROM records WHERE project = ? AND type = ? AND subject = ?',
    )
    .get(project, type, subject);
}

function toColumns(columns: RecordColumns): StoredColumns {
  const { testsChanged, reverted = false, issues, provenance } = columns;
  return {
    contentHash: columns.contentHash ?? null,
    author: columns.author ?? null,
    dateSeconds: columns.dateSeconds ?? null,
    message: columns.message ?? null,
    testsChanged: testsChanged === undefined ? null : Number(testsChanged),
    reverted: Number(reverted),
    issues: issues === undefined ? null : JSON.stringify(issues),
    pack: columns.pack ?? null,
    provenance: provenance === undefined ? null : JSON.stringify(provenance),
    body: columns.body ?? null,
  };
}

/** All that a view holds of the records of one type and of their texts. */
export function dumpOfRecords(type: NewRecord['type']): readonly string[] {
  return [
    `SELECT r.type, p.key, r.subject, r.rev, r.event, r.at, r.content_hash, r.author,
       r.date_seconds, r.message, r.tests_changed, r.reverted, r.issues, r.pack, r.provenance, r.body
     FROM records r LEFT JOIN projects p ON p.id = r.project WHERE r.type = '${type}'`,
    `SELECT t.pattern, r.event, t.position, t.origin, t.kept, t.start_line, t.end_line,
       t.qualified_name, t.name, ${TEXT_CONTENT}
     FROM texts t JOIN records r ON r.id = t.record WHERE r.type = '${type}'`,
  ];
}
