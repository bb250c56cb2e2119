import type { LibraryEvent, RecordedText } from '../../model/event.ts';
import type { Range } from '../../model/code.ts';
import { isRegistered } from './registered.ts';
import { isDocumented } from './value.ts';
import type { RowsAndTexts, TextPlace } from '../texts/longTexts.ts';
import type { Dirty } from './dirty.ts';
import type { Sqlite } from '../../platform/sqlite.ts';

export type Origin = 'code' | 'history' | 'session' | 'kept' | 'added' | 'imported';

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

interface TextRow extends TextPlace {
  readonly pattern: string;
  readonly record: number | null;
  readonly position: number;
  readonly origin: Origin;
  readonly kept: number;
  readonly kind: string;
  readonly complexity: number;
  readonly lines: number;
  readonly documented: number;
  readonly registered: number;
  readonly confidence: number | null;
  readonly project: number | null;
  readonly rev: number | null;
  readonly event: string | null;
  readonly at: number | null;
  readonly startLine: number | null;
  readonly startCharacter: number | null;
  readonly endLine: number | null;
  readonly endCharacter: number | null;
  readonly path: string | null;
  readonly qualifiedName: string | null;
  readonly language: string | null;
  readonly framework: string | null;
  readonly name: string;
  readonly description: string;
  readonly details: string | null;
  readonly tags: string;
  readonly signature: string | null;
  readonly fingerprint: string;
}

const INSERT = `
  INSERT INTO texts (pattern, record, position, origin, kept, kind, complexity, lines, documented,
    registered, confidence, project, rev, event, at, start_line, start_character, end_line, end_character,
    path, qualified_name, language, framework, name, description, details, tags, signature, fingerprint,
    text_at, text_sum, code_bytes, before_bytes, template_bytes, holes_bytes)
  VALUES (:pattern, :record, :position, :origin, :kept, :kind, :complexity, :lines, :documented,
    :registered, :confidence, :project, :rev, :event, :at, :startLine, :startCharacter, :endLine, :endCharacter,
    :path, :qualifiedName, :language, :framework, :name, :description, :details, :tags,
    :signature, :fingerprint, :textAt, :textSum, :codeBytes, :beforeBytes, :templateBytes, :holesBytes)`;

export function insertTexts(
  { db, dirty, texts }: RowsAndTexts & { readonly dirty: Dirty },
  owner: TextOwner,
  placed: readonly PlacedText[],
): void {
  const insert = db.command<TextRow>(INSERT);
  placed.forEach((one, position) => {
    const { id, code, before, template, holes } = one.text;
    const place = texts.add({
      ...{ code, template },
      before: before ?? null,
      holes: holes === undefined ? null : JSON.stringify(holes),
    });
    insert(toRow(one, owner, { place, position }));
    dirty.add(id);
  });
}

/** All by name: an object that others are spread into takes many times as long to make and to read. */
function toRow(
  placed: PlacedText,
  owner: TextOwner,
  { place, position }: { readonly place: TextPlace; readonly position: number },
): TextRow {
  const { text } = placed;
  const source = sourceOf(owner);
  const lines = linesOf(placed.range);
  return {
    pattern: text.id,
    position,
    record: source.record,
    project: source.project,
    rev: source.rev,
    event: source.event,
    at: source.at,
    path: placed.path ?? source.path,
    startLine: lines.startLine,
    startCharacter: lines.startCharacter,
    endLine: lines.endLine,
    endCharacter: lines.endCharacter,
    textAt: place.textAt,
    textSum: place.textSum,
    codeBytes: place.codeBytes,
    beforeBytes: place.beforeBytes,
    templateBytes: place.templateBytes,
    holesBytes: place.holesBytes,
    origin: placed.origin,
    kept: Number(placed.kept),
    kind: text.kind,
    complexity: text.complexity,
    lines: text.lines,
    documented: Number(isDocumented(text)),
    registered: Number(isRegistered(text)),
    confidence: placed.confidence,
    qualifiedName: placed.qualifiedName,
    language: text.language,
    framework: text.framework,
    name: text.name,
    description: text.description,
    details: text.details ?? null,
    tags: JSON.stringify(text.tags),
    signature: text.signature,
    fingerprint: text.fingerprint,
  };
}

type Source = Pick<TextRow, 'record' | 'project' | 'rev' | 'event' | 'at' | 'path'>;

function sourceOf(owner: TextOwner): Source {
  if ('record' in owner) {
    return { record: owner.record, project: null, rev: null, event: null, at: null, path: null };
  }
  const { project, path, event } = owner;
  return { record: null, project, path, rev: event.rev, event: event.id, at: event.at };
}

type Lines = Pick<TextRow, 'startLine' | 'startCharacter' | 'endLine' | 'endCharacter'>;

function linesOf(range: Range | null): Lines {
  return {
    startLine: range?.start.line ?? null,
    startCharacter: range?.start.character ?? null,
    endLine: range?.end.line ?? null,
    endCharacter: range?.end.character ?? null,
  };
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
