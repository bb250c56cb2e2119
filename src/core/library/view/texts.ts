import type { LibraryEvent, RecordedText } from '../../model/event.ts';
import type { Range } from '../../model/code.ts';
import { isRegistered } from './registered.ts';
import { isDocumented } from './value.ts';
import type { RowsAndTexts, TextPlace } from '../texts/longTexts.ts';
import type { Dirty } from './dirty.ts';
import type { Sqlite, SqlValue } from '../../platform/sqlite.ts';

export type Origin = 'code' | 'history' | 'kept' | 'added' | 'imported';

/** A recorded text with its place, as one row of `texts` holds it. */
export interface PlacedText {
  readonly text: RecordedText;
  readonly origin: Origin;
  readonly kept: boolean;
  readonly confidence: number | null;
  readonly path: string | null;
  readonly qualifiedName: string | null;
  readonly range: Range | null;
}

/** The record that holds texts or, for texts that an event in force replaced, the event itself. */
export type TextOwner =
  | { readonly record: number }
  | {
      readonly project: number;
      readonly path: string;
      readonly event: Pick<LibraryEvent, 'id' | 'rev' | 'at'>;
    };

const COLUMNS = [
  'pattern',
  'record',
  'position',
  'origin',
  'kept',
  'kind',
  'complexity',
  'lines',
  'documented',
  'registered',
  'confidence',
  'project',
  'rev',
  'event',
  'at',
  'start_line',
  'start_character',
  'end_line',
  'end_character',
  'path',
  'qualified_name',
  'language',
  'framework',
  'name',
  'description',
  'details',
  'tags',
  'signature',
  'fingerprint',
  'text_at',
  'text_sum',
  'code_bytes',
  'before_bytes',
  'template_bytes',
  'holes_bytes',
];

const MARKS = COLUMNS.map(() => '?');

const INSERT = `INSERT INTO texts (${COLUMNS.join(', ')}) VALUES (${MARKS.join(', ')})`;

export function insertTexts(
  { db, dirty, texts }: RowsAndTexts & { readonly dirty: Dirty },
  owner: TextOwner,
  placed: readonly PlacedText[],
): void {
  const insert = db.prepare<SqlValue[]>(INSERT);
  placed.forEach((one, position) => {
    const { id, code, before, template, holes } = one.text;
    const place = texts.add({
      ...{ code, template },
      before: before ?? null,
      holes: holes === undefined ? null : JSON.stringify(holes),
    });
    insert.run(...toRow(one, position, owner), ...toColumns(place));
    dirty.add(id);
  });
}

function toColumns(place: TextPlace): SqlValue[] {
  const { textAt, textSum, codeBytes, beforeBytes, templateBytes, holesBytes } = place;
  return [textAt, textSum, codeBytes, beforeBytes, templateBytes, holesBytes];
}

function toRow(placed: PlacedText, position: number, owner: TextOwner): SqlValue[] {
  const { text, range } = placed;
  const held = 'record' in owner;
  return [
    text.id,
    held ? owner.record : null,
    position,
    placed.origin,
    placed.kept ? 1 : 0,
    text.kind,
    text.complexity,
    text.lines,
    isDocumented(text) ? 1 : 0,
    isRegistered(text) ? 1 : 0,
    placed.confidence,
    ...(held
      ? [null, null, null, null]
      : [owner.project, owner.event.rev, owner.event.id, owner.event.at]),
    ...(range === null
      ? [null, null, null, null]
      : [range.start.line, range.start.character, range.end.line, range.end.character]),
    placed.path ?? (held ? null : owner.path),
    placed.qualifiedName,
    text.language,
    text.framework,
    text.name,
    text.description,
    text.details ?? null,
    JSON.stringify(text.tags),
    text.signature,
    text.fingerprint,
  ];
}

/** Takes a record's texts out of force; they stay as last known texts until refreshed. */
export function demoteTexts(db: Sqlite, dirty: Dirty, record: number): void {
  const demote = db.prepare<[number], [string]>(
    `UPDATE texts SET record = NULL, project = r.project, rev = r.rev, event = r.event, at = r.at,
       path = coalesce(path, r.subject)
     FROM records r WHERE r.id = texts.record AND texts.record = ? RETURNING pattern`,
  );
  for (const [pattern] of demote.all(record)) dirty.add(pattern);
}

/** Removes a record's texts; each of them has a newer text in force. */
export function deleteTexts(db: Sqlite, record: number, below: number): void {
  db.prepare<[number, number]>('DELETE FROM texts WHERE record = ? AND id < ?').run(record, below);
}
