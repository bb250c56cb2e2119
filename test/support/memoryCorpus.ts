import { LANGUAGES } from '../../src/core/model/code.ts';
import type { Pattern, PatternFilter } from '../../src/core/model/pattern.ts';
import type { Corpus, DocumentChange, SearchDocument } from '../../src/core/model/ports/corpus.ts';

/** A corpus in memory, with snapshots that a later corpus can start from. */
export interface MemoryCorpus extends Corpus {
  put(document: SearchDocument): void;
  remove(rowId: number): void;
  /** Marks the state of this moment as snapshot `id`. */
  takeSnapshot(id: string): void;
  /** Success rates, which documents do not carry, for `byRowIds`. */
  readonly successOf: Map<number, number>;
}

export function createMemoryCorpus(initial: readonly SearchDocument[] = []): MemoryCorpus {
  const documents = new Map<number, SearchDocument>();
  const changedAt = new Map<number, number>();
  const successOf = new Map<number, number>();
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
    successOf,
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
    matching(filter) {
      if (Object.values(filter).every((value) => value === undefined)) return undefined;
      const rows = [...documents.values()].filter((document) => passes(document, filter));
      return new Set(rows.map(({ rowId }) => rowId));
    },
    byRowIds: (rowIds) =>
      rowIds.flatMap((rowId) => {
        const document = documents.get(rowId);
        return document === undefined ? [] : [toPattern(document, successOf.get(rowId) ?? 0.5)];
      }),
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
    signature: null,
    description: '',
    tags: [],
    code: '',
    before: '',
    message: '',
    template: '',
    value: 0.5,
    ...fields,
  };
}

function passes(document: SearchDocument, filter: PatternFilter): boolean {
  const { language, framework, kind, tag } = filter;
  return (
    (language ?? document.language) === document.language &&
    (framework ?? document.framework) === document.framework &&
    (kind ?? document.kind) === document.kind &&
    (tag === undefined || document.tags.includes(tag))
  );
}

function toPattern(document: SearchDocument, success: number): Pattern {
  const nowhere = {
    project: null,
    path: null,
    range: null,
    commit: null,
    author: null,
    date: null,
  };
  return {
    id: document.id,
    kind: 'function',
    language: LANGUAGES.find((language) => language === document.language) ?? null,
    framework: document.framework,
    name: document.name,
    signature: document.signature,
    description: document.description,
    tags: document.tags,
    complexity: 3,
    lines: document.code.split('\n').length,
    fingerprint: document.id.repeat(4),
    template: document.template,
    source: 'code',
    support: 1,
    usageCount: 0,
    successCount: 0,
    avgRating: 0,
    successRate: { mean: success, low: 0, high: 1 },
    value: document.value,
    valueSignals: {},
    variants: [],
    state: 'live',
    pack: null,
    provenance: nowhere,
    occurrences: [nowhere],
    code: document.code,
  };
}
