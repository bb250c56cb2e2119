import type { Corpus, DocumentChange, SearchDocument } from '../../model/ports/corpus.ts';
import type { Language } from '../../model/code.ts';
import { rowIdsByValue } from './attention.ts';
import type { Sqlite } from '../view/sqlite.ts';
import type { View } from '../view/view.ts';

type DocumentRow = [
  rowId: number,
  id: string,
  kind: string,
  language: Language | null,
  framework: string | null,
  name: string,
  signature: string | null,
  description: string,
  tags: string,
  code: string,
  before: string,
  message: string,
  template: string,
  value: number,
];

const DOCUMENT = `
  SELECT s.id, s.uid, s.kind, s.language, s.framework, s.name, t.signature, s.description, s.tags,
    t.code, coalesce(t.code_before, ''), coalesce(r.message, ''), t.template, s.value
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record`;

/** The view in use; another one takes its place when it is made anew. */
export interface CurrentView {
  readonly view: View;
  readonly snapshot: Corpus['snapshot'];
  /** The highest row of any view that was replaced; rows up to it are reported as gone. */
  readonly formerRows: number;
}

/**
 * The view as search sees it. A row counts as changed when its words may have; its value alone is
 * always read as it is.
 */
export function createCorpus(current: CurrentView): Corpus {
  return {
    get version() {
      return current.view.version;
    },
    get snapshot() {
      return current.snapshot;
    },
    changesSince: (version) => changesSince(current, version),
    rowIdsByValue: (attention) => rowIdsByValue(current.view.db, attention),
    documents: (rowIds) => rowIds.flatMap((row) => documentOf(current.view.db, row) ?? []),
  };
}

function* changesSince(
  { view: { db }, formerRows }: CurrentView,
  version: number,
): Generator<DocumentChange> {
  // Rows first: a statement cannot be used again while it is being read.
  const rows = db
    .prepare<[number, number], [number, number]>(
      `SELECT id, state = 'live' FROM standings WHERE version > ?
       AND (state = 'live' OR ? > 0) ORDER BY id`,
    )
    .all(version, version);
  for (const [rowId, live] of rows) {
    yield { rowId, document: live === 1 ? documentOf(db, rowId) : undefined };
  }
  for (let rowId = highestRow(db) + 1; version > 0 && rowId <= formerRows; rowId++) {
    yield { rowId, document: undefined };
  }
}

export function highestRow(db: Sqlite): number {
  return db.prepare<[], [number]>('SELECT coalesce(max(id), 0) FROM standings').get()?.[0] ?? 0;
}

function documentOf(db: Sqlite, row: number): SearchDocument | undefined {
  const found = db
    .prepare<[number], DocumentRow>(`${DOCUMENT} WHERE s.id = ? AND s.state = 'live'`)
    .get(row);
  if (found === undefined) return undefined;
  const [rowId, id, kind, language, framework, name, signature, description, tags, ...texts] =
    found;
  const [code, before, message, template, value] = texts;
  return {
    rowId,
    id,
    kind,
    language,
    framework,
    name,
    signature,
    description,
    tags: JSON.parse(tags) as readonly string[],
    code,
    before,
    message,
    template,
    value,
  };
}
