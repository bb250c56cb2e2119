import type { Corpus, DocumentChange, SearchDocument } from '../../model/ports/corpus.ts';
import type { Language } from '../../model/code.ts';
import { rowIdsByValue } from './attention.ts';
import {
  TEXT_PLACE,
  type LongText,
  type RowsAndTexts,
  type TextPlace,
} from '../texts/longTexts.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import type { View } from '../view/view.ts';
import { qualify } from './patterns.ts';

type ReadDocument = Omit<SearchDocument, 'context' | 'tags' | keyof LongText>;

interface DocumentRow extends ReadDocument, TextPlace {
  readonly language: Language | null;
  readonly qualifiedName: string | null;
  /** JSON array. */
  readonly tags: string;
}

const DOCUMENT = `
  SELECT s.id AS rowId, s.uid AS id, s.kind, s.language, s.framework, s.name,
    t.qualified_name AS qualifiedName, t.signature, s.description, coalesce(t.details, '') AS details,
    s.tags, coalesce(r.message, '') AS message, s.value, ${TEXT_PLACE}
  FROM standings s JOIN texts t ON t.id = s.text LEFT JOIN records r ON r.id = t.record`;

/** The view in use; another one takes its place when it is made anew. */
export interface CurrentView {
  readonly view: View;
  /**
   * What `work` makes of the view. Where it meets a damaged text, the view is made anew from the
   * journal, and `work` is asked once more.
   *
   * @throws AppError `library-damaged` where the journal is damaged as well
   */
  withSoundTexts<T>(work: () => T): T;
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
    documents: (rowIds) =>
      current.withSoundTexts(() => rowIds.flatMap((row) => documentOf(current.view, row) ?? [])),
  };
}

function* changesSince(current: CurrentView, version: number): Generator<DocumentChange> {
  const { view, formerRows } = current;
  const { db } = view;
  // Rows first: a statement cannot be used again while it is being read. In the order of their texts,
  // so that these are read from the disk in one go.
  const rows = db
    .prepare<[number, number], [number, number]>(
      `SELECT s.id, s.state = 'live' FROM standings s LEFT JOIN texts t ON t.id = s.text
       WHERE s.version > ? AND (s.state = 'live' OR ? > 0) ORDER BY t.text_at, s.id`,
    )
    .all(version, version);
  for (const [rowId, live] of rows) {
    const read = (): SearchDocument | undefined => documentOf(current.view, rowId);
    const document = live === 1 ? current.withSoundTexts(read) : undefined;
    if (current.view !== view) {
      // It was made anew under other rows, all of which count as changed.
      yield* changesSince(current, Math.max(version, 1));
      return;
    }
    yield { rowId, document };
  }
  for (let rowId = highestRow(db) + 1; version > 0 && rowId <= formerRows; rowId++) {
    yield { rowId, document: undefined };
  }
}

export function highestRow(db: Sqlite): number {
  return db.prepare<[], [number]>('SELECT coalesce(max(id), 0) FROM standings').get()?.[0] ?? 0;
}

function documentOf({ db, texts }: RowsAndTexts, row: number): SearchDocument | undefined {
  const found = db
    .query<[number], DocumentRow>(`${DOCUMENT} WHERE s.id = ? AND s.state = 'live'`)
    .get(row);
  if (found === undefined) return undefined;
  const { rowId, id, kind, language, framework, name, signature, description, details } = found;
  const { code, before, template } = texts.read(found);
  const qualified = qualify(name, found.qualifiedName);
  return {
    ...{ rowId, id, kind, language, framework, name, signature, description, details },
    ...{ code, before: before ?? '', template, message: found.message, value: found.value },
    context: qualified.slice(0, Math.max(0, qualified.length - name.length - 1)),
    tags: JSON.parse(found.tags) as readonly string[],
  };
}
