import type { Language, Range } from '../../model/code.ts';
import type { RecordedText } from '../../model/event.ts';
import type { PatternKind } from '../../model/pattern.ts';
import type { NewRecord, StoredColumns } from './records.ts';
import {
  TEXT_PLACE,
  type LongTexts,
  type RowsAndTexts,
  type TextPlace,
} from '../texts/longTexts.ts';

/** A record read back, with the key of its project. */
export interface HeldRecord extends StoredColumns {
  readonly project: string | null;
  readonly subject: string;
  readonly id: string;
  readonly rev: number;
  readonly at: number;
  readonly texts: readonly HeldText[];
}

/** A text read back, with its place. */
export interface HeldText {
  readonly text: RecordedText;
  readonly origin: string;
  readonly kept: boolean;
  readonly confidence: number | null;
  readonly path: string;
  readonly qualifiedName: string;
  readonly range: Range;
}

type RecordRow = Omit<HeldRecord, 'texts'> & { readonly record: number };

interface TextRow extends TextPlace {
  readonly pattern: string;
  readonly origin: string;
  readonly kept: number;
  readonly kind: PatternKind;
  readonly complexity: number;
  readonly lines: number;
  readonly confidence: number | null;
  readonly startLine: number | null;
  readonly startCharacter: number | null;
  readonly endLine: number | null;
  readonly endCharacter: number | null;
  readonly path: string | null;
  readonly qualifiedName: string | null;
  readonly language: Language | null;
  readonly framework: string | null;
  readonly name: string;
  readonly description: string;
  readonly details: string | null;
  readonly tags: string;
  readonly signature: string | null;
  readonly fingerprint: string;
}

/**
 * The records of one type with their texts, in the order of their events; without those of which a
 * text is damaged.
 *
 * @param only row of the one record that is wanted
 */
export function* eachRecord(
  { db, texts: longTexts }: RowsAndTexts,
  type: NewRecord['type'],
  only: number | null = null,
): Iterable<HeldRecord> {
  const records = db.query<[string, number | null], RecordRow>(
    `SELECT r.id AS record, p.key AS project, r.subject, r.event AS id, r.rev, r.at,
       r.content_hash AS contentHash, r.author, r.date_seconds AS dateSeconds, r.message,
       r.tests_changed AS testsChanged, r.reverted, r.issues, r.pack, r.provenance, r.body
     FROM records r LEFT JOIN projects p ON p.id = r.project
     WHERE r.type = ?1 AND r.id = coalesce(?2, r.id)`,
  );
  const texts = db.query<[number], TextRow>(
    `SELECT pattern, origin, kept, kind, complexity, lines, confidence, start_line AS startLine,
       start_character AS startCharacter, end_line AS endLine, end_character AS endCharacter, path,
       qualified_name AS qualifiedName, language, framework, name, description, details, tags, signature,
       fingerprint, ${TEXT_PLACE}
     FROM texts t WHERE record = ? ORDER BY position`,
  );
  for (const { record, ...held } of records.each(type, only)) {
    const rows = [...texts.each(record)];
    if (!rows.every((row) => longTexts.isSound(row))) continue;
    yield { ...held, texts: rows.map((row) => toHeldText(row, longTexts)) };
  }
}

function toHeldText(row: TextRow, longTexts: LongTexts): HeldText {
  const { origin, confidence, startLine, startCharacter, endLine, endCharacter } = row;
  return {
    text: toText(row, longTexts),
    origin,
    kept: row.kept === 1,
    confidence,
    path: row.path ?? '',
    qualifiedName: row.qualifiedName ?? '',
    range: {
      start: { line: startLine ?? 0, character: startCharacter ?? 0 },
      end: { line: endLine ?? 0, character: endCharacter ?? 0 },
    },
  };
}

function toText(row: TextRow, longTexts: LongTexts): RecordedText {
  const { pattern, kind, language, framework, name, signature, description, tags } = row;
  const { details, complexity, lines, fingerprint } = row;
  const { code, before, template, holes } = longTexts.read(row);
  return {
    ...{ id: pattern, kind, language, framework, name, signature, description },
    ...(details === null ? {} : { details }),
    tags: JSON.parse(tags) as RecordedText['tags'],
    code,
    ...(before === null ? {} : { before }),
    ...{ complexity, lines, fingerprint, template },
    ...(holes === null ? {} : { holes: JSON.parse(holes) as RecordedText['holes'] & object }),
  };
}
