import type {
  Corpus,
  DocumentChange,
  SearchDocument,
} from '../../../src/core/model/ports/corpus.ts';

/** A corpus in memory, with snapshots that a later corpus can start from. */
export interface MemoryCorpus extends Corpus {
  put(document: SearchDocument): void;
  remove(rowId: number): void;
  /** Marks the state of this moment as snapshot `id`. */
  takeSnapshot(id: string): void;
  /** Success rates, which documents do not carry. */
  readonly promiseOf: Map<number, number>;
}

export function createMemoryCorpus(initial: readonly SearchDocument[] = []): MemoryCorpus {
  const documents = new Map<number, SearchDocument>();
  const changedAt = new Map<number, number>();
  const promiseOf = new Map<number, number>();
  let version = 0;
  let snapshot: Corpus['snapshot'];

  function put(document: SearchDocument): void {
    documents.set(document.rowId, document);
    changedAt.set(document.rowId, ++version);
  }

  function* changesSince(since: number): IterableIterator<DocumentChange> {
    for (const [rowId, at] of changedAt) {
      if (at > since) yield { rowId, document: documents.get(rowId) };
    }
  }

  initial.forEach(put);
  return {
    promiseOf,
    put,
    remove(rowId) {
      documents.delete(rowId);
      changedAt.set(rowId, ++version);
    },
    takeSnapshot(id) {
      snapshot = { id, version };
    },
    get version() {
      return version;
    },
    get snapshot() {
      return snapshot;
    },
    changesSince,
    rowIdsByValue: () =>
      [...documents.values()]
        .sort((a, b) => b.value - a.value || a.rowId - b.rowId)
        .map(({ rowId }) => rowId),
    documents: (rowIds) => rowIds.flatMap((rowId) => documents.get(rowId) ?? []),
  };
}

/** A function with the given fields; the others say nothing. */
export function toDocument(rowId: number, fields: Partial<SearchDocument> = {}): SearchDocument {
  return {
    rowId,
    id: rowId.toString(16).padStart(16, '0'),
    kind: 'function',
    language: 'typescript',
    framework: null,
    name: `name${rowId}`,
    context: '',
    signature: null,
    description: '',
    details: '',
    tags: [],
    code: '',
    before: '',
    message: '',
    template: '',
    value: 0.5,
    ...fields,
  };
}
