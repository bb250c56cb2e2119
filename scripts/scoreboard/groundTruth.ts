import { createHash } from 'node:crypto';

import type { SearchDocument } from '../../src/core/model/ports/corpus.ts';

/** A query and the documents that answer it. */
export interface JudgedQuery {
  readonly text: string;
  readonly relevant: ReadonlySet<number>;
  /** Constants are chosen on `tuning` and judged on `report`. */
  readonly half: 'tuning' | 'report';
}

export interface GroundTruth {
  readonly name: string;
  readonly documents: readonly SearchDocument[];
  readonly queries: readonly JudgedQuery[];
}

/** The same half for the same text on every machine. */
export function halfOf(text: string): JudgedQuery['half'] {
  const [first = 0] = createHash('sha256').update(text).digest();
  return first < 128 ? 'tuning' : 'report';
}

/** A document of a function, without what would give the query away. */
export function toScoredDocument(
  rowId: number,
  fields: Pick<
    SearchDocument,
    'language' | 'name' | 'context' | 'signature' | 'description' | 'code'
  >,
): SearchDocument {
  const id = createHash('sha256').update(`${rowId} ${fields.code}`).digest('hex').slice(0, 16);
  return {
    rowId,
    id,
    kind: 'function',
    framework: null,
    tags: [],
    before: '',
    message: '',
    template: '',
    value: 0,
    details: '',
    ...fields,
  };
}
