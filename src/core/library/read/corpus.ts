import type { Corpus, DocumentChange, SearchDocument } from '../../model/ports/corpus.ts';
import type { Language } from '../../model/code.ts';
import { rowIdsByValue } from './attention.ts';
import type { Sqlite } from '../view/sqlite.ts';
import type { View } from '../view/view.ts';
import { qualify } from './patterns.ts';

interface DocumentRow extends Omit<SearchDocument, 'context' | 'tags'> {
  readonly language: Language | null;
  readonly qualifiedName: string | null;
  /** JSON array. */
  readonly tags: string;
}

const DOCUMENT = `
  SELECT s.id AS rowId, s.uid AS id, s.kind, s.language, s.framework, s.name,
    t.qualified_name AS qualifiedName, t.signature, s.description, s.tags, t.code,
    coalesce(t.code_before, '') AS before, coalesce(r.message, '') AS message, t.template, s.value
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
    .query<[number], DocumentRow>(`${DOCUMENT} WHERE s.id = ? AND s.state = 'live'`)
    .get(row);
  if (found === undefined) return undefined;
  const { qualifiedName, tags, ...fields } = found;
  const qualified = qualify(found.name, qualifiedName);
  return {
    ...fields,
    context: qualified.slice(0, Math.max(0, qualified.length - found.name.length - 1)),
    tags: JSON.parse(tags) as readonly string[],
  };
}
