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
}

/** What an event that holds texts says of its subject. */
export interface NewRecord {
  readonly type: 'file' | 'idioms' | 'commit' | 'pattern';
  readonly project: number;
  readonly subject: string;
  readonly columns: RecordColumns;
  readonly texts: readonly PlacedText[];
}

type Columns = [
  contentHash: string | null,
  author: string | null,
  dateSeconds: number | null,
  message: string | null,
  testsChanged: number | null,
  reverted: number,
  issues: string | null,
  pack: string | null,
  provenance: string | null,
];

/** The newest event of a subject holds its texts; texts of the others are last known ones. */
export function putRecord(
  tables: Omit<FactTables, 'projects'>,
  event: EventOrder,
  fresh: NewRecord,
): void {
  const { db, dirty } = tables;
  const { project, type, subject, texts } = fresh;
  const held = db
    .prepare<[number, string, string], [number, number, string]>(
      'SELECT id, rev, event FROM records WHERE project = ? AND type = ? AND subject = ?',
    )
    .get(project, type, subject);
  if (held === undefined) {
    insertTexts(tables, { record: insertRecord(db, event, fresh) }, texts);
    return;
  }
  const [record, rev, id] = held;
  if (rev === event.rev && id === event.id) return;
  if (event.rev < rev || (event.rev === rev && event.id < id)) {
    // A pattern event has one text, and a newer one of the same pattern is in force.
    if (type !== 'pattern') insertTexts(tables, { project, path: subject, event }, texts);
    return;
  }
  if (type !== 'pattern') demoteTexts(db, dirty, record);
  updateRecord(db, event, fresh.columns, record);
  const below = nextTextId(db);
  insertTexts(tables, { record }, texts);
  if (type === 'pattern') deleteTexts(db, record, below);
}

function nextTextId(db: Sqlite): number {
  return db.prepare<[], [number]>('SELECT coalesce(max(id), 0) + 1 FROM texts').get()?.[0] ?? 1;
}

function insertRecord(db: Sqlite, event: EventOrder, fresh: NewRecord): number {
  const row = db
    .prepare<[string, number, string, number, string, number, ...Columns], [number]>(
      `INSERT INTO records (type, project, subject, rev, event, at, content_hash, author,
         date_seconds, message, tests_changed, reverted, issues, pack, provenance)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
    )
    .get(
      fresh.type,
      fresh.project,
      fresh.subject,
      event.rev,
      event.id,
      event.at,
      ...toColumns(fresh.columns),
    );
  if (row === undefined) throw new Error('an insert returned no row');
  return row[0];
}

function updateRecord(db: Sqlite, event: EventOrder, columns: RecordColumns, record: number): void {
  db.prepare<[number, string, number, ...Columns, number]>(
    `UPDATE records SET rev = ?, event = ?, at = ?, content_hash = ?, author = ?, date_seconds = ?,
       message = ?, tests_changed = ?, reverted = ?, issues = ?, pack = ?, provenance = ? WHERE id = ?`,
  ).run(event.rev, event.id, event.at, ...toColumns(columns), record);
}

function toColumns(columns: RecordColumns): Columns {
  const { testsChanged, reverted = false, issues, provenance } = columns;
  return [
    columns.contentHash ?? null,
    columns.author ?? null,
    columns.dateSeconds ?? null,
    columns.message ?? null,
    testsChanged === undefined ? null : Number(testsChanged),
    Number(reverted),
    issues === undefined ? null : JSON.stringify(issues),
    columns.pack ?? null,
    provenance === undefined ? null : JSON.stringify(provenance),
  ];
}

/** All that a view holds of the records of one type and of their texts. */
export function dumpOfRecords(type: NewRecord['type']): readonly string[] {
  return [
    `SELECT r.type, p.key, r.subject, r.rev, r.event, r.at, r.content_hash, r.author,
       r.date_seconds, r.message, r.tests_changed, r.reverted, r.issues, r.pack, r.provenance
     FROM records r LEFT JOIN projects p ON p.id = r.project WHERE r.type = '${type}'`,
    `SELECT t.pattern, r.event, t.position, t.origin, t.kept, t.start_line, t.end_line,
       t.qualified_name, t.name, ${TEXT_CONTENT}
     FROM texts t JOIN records r ON r.id = t.record WHERE r.type = '${type}'`,
  ];
}
