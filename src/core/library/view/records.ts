import type { CommitEvent, FileEvent, LibraryEvent, PatternEvent } from '../../model/event.ts';
import type { Sqlite } from './sqlite.ts';
import type { Dirty } from './dirty.ts';
import { deleteTexts, demoteTexts, insertTexts, type PlacedText } from './texts.ts';

/** Columns of `records` beside its subject and order. */
interface RecordColumns {
  readonly contentHash?: string | null;
  readonly author?: string;
  readonly dateSeconds?: number;
  readonly message?: string;
  readonly testsChanged?: boolean;
  readonly issues?: readonly string[];
  readonly pack?: string;
  readonly provenance?: PatternEvent['provenance'];
}

interface NewRecord {
  readonly type: 'file' | 'commit' | 'pattern';
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
  issues: string | null,
  pack: string | null,
  provenance: string | null,
];

export function applyFile(
  db: Sqlite,
  dirty: Dirty,
  event: LibraryEvent & FileEvent,
  project: number,
): void {
  const texts = event.fragments.map((fragment): PlacedText => ({
    text: fragment,
    origin: 'code',
    kept: fragment.kept,
    confidence: null,
    path: null,
    qualifiedName: fragment.qualifiedName,
    range: fragment.range,
  }));
  const { contentHash } = event;
  const subject = event.path;
  putRecord(db, dirty, event, { type: 'file', project, subject, columns: { contentHash }, texts });
}

export function applyCommit(
  db: Sqlite,
  dirty: Dirty,
  event: LibraryEvent & CommitEvent,
  project: number,
): void {
  const texts = event.changes.map((change): PlacedText => ({
    text: change,
    origin: 'history',
    kept: true,
    confidence: change.confidence,
    path: change.path,
    qualifiedName: change.qualifiedName,
    range: change.range,
  }));
  const columns = event;
  putRecord(db, dirty, event, { type: 'commit', project, subject: event.commit, columns, texts });
}

export function applyPattern(db: Sqlite, dirty: Dirty, event: LibraryEvent & PatternEvent): void {
  const { text, origin, pack, provenance, change } = event;
  const placed: PlacedText = {
    text,
    origin,
    kept: true,
    confidence: change?.confidence ?? null,
    path: null,
    qualifiedName: null,
    range: null,
  };
  putRecord(db, dirty, event, {
    type: 'pattern',
    project: 0,
    subject: [text.id, origin, pack ?? ''].join(' '),
    columns: { ...change, ...(pack === undefined ? {} : { pack }), provenance },
    texts: [placed],
  });
}

/** The newest event of a subject holds its texts; texts of the others are last known ones. */
function putRecord(db: Sqlite, dirty: Dirty, event: LibraryEvent, fresh: NewRecord): void {
  const { project, type, subject, texts } = fresh;
  const held = db
    .prepare<[number, string, string], [number, number, string]>(
      'SELECT id, rev, event FROM records WHERE project = ? AND type = ? AND subject = ?',
    )
    .get(project, type, subject);
  if (held === undefined) {
    insertTexts(db, dirty, { record: insertRecord(db, event, fresh) }, texts);
    return;
  }
  const [record, rev, id] = held;
  if (rev === event.rev && id === event.id) return;
  if (event.rev < rev || (event.rev === rev && event.id < id)) {
    // A pattern event has one text, and a newer one of the same pattern is in force.
    if (type !== 'pattern') insertTexts(db, dirty, { project, path: subject, event }, texts);
    return;
  }
  if (type !== 'pattern') demoteTexts(db, dirty, record);
  updateRecord(db, event, fresh.columns, record);
  const below = nextTextId(db);
  insertTexts(db, dirty, { record }, texts);
  if (type === 'pattern') deleteTexts(db, record, below);
}

function nextTextId(db: Sqlite): number {
  return db.prepare<[], [number]>('SELECT coalesce(max(id), 0) + 1 FROM texts').get()?.[0] ?? 1;
}

function insertRecord(db: Sqlite, event: LibraryEvent, fresh: NewRecord): number {
  const row = db
    .prepare<[string, number, string, number, string, number, ...Columns], [number]>(
      `INSERT INTO records (type, project, subject, rev, event, at, content_hash, author,
         date_seconds, message, tests_changed, issues, pack, provenance)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
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

function updateRecord(
  db: Sqlite,
  event: LibraryEvent,
  columns: RecordColumns,
  record: number,
): void {
  db.prepare<[number, string, number, ...Columns, number]>(
    `UPDATE records SET rev = ?, event = ?, at = ?, content_hash = ?, author = ?, date_seconds = ?,
       message = ?, tests_changed = ?, issues = ?, pack = ?, provenance = ? WHERE id = ?`,
  ).run(event.rev, event.id, event.at, ...toColumns(columns), record);
}

function toColumns(columns: RecordColumns): Columns {
  const { testsChanged, issues, provenance } = columns;
  return [
    columns.contentHash ?? null,
    columns.author ?? null,
    columns.dateSeconds ?? null,
    columns.message ?? null,
    testsChanged === undefined ? null : Number(testsChanged),
    issues === undefined ? null : JSON.stringify(issues),
    columns.pack ?? null,
    provenance === undefined ? null : JSON.stringify(provenance),
  ];
}
