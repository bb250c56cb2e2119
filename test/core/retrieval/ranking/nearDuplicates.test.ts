import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openVectors, type VectorStore } from '../../../../src/core/library/vectors/vectors.ts';
import type { SearchDocument } from '../../../../src/core/model/ports/corpus.ts';
import {
  findNearDuplicates,
  templateOverlap,
  type NearDuplicate,
} from '../../../../src/core/retrieval/ranking/nearDuplicates.ts';
import { openWords } from '../../../../src/core/retrieval/words/words.ts';
import { ASSETS } from '../../../support/assets.ts';
import { createMemoryCorpus, toDocument } from '../../../support/library/memoryCorpus.ts';

const TEMPLATE = 'function $1 ( $2 ) { if ( $2 === null ) return $3 ; return $2 . $4 ( ) ; }';
const LONGER = TEMPLATE.replace('return $3 ;', 'return $3 ( ) ;');
const OTHER = 'class $1 extends $2 { constructor ( ) { super ( ) ; this . $3 = new $4 ( ) ; } }';

describe('near duplicates', () => {
  let folder: string;
  let vectors: VectorStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'near-'));
    vectors = openVectors({ folder, assetsDir: ASSETS, model: 'angles' });
  });
  afterEach(() => {
    vectors.close();
    rmSync(folder, { recursive: true });
  });

  /** Each document stands at an angle in degrees. */
  function find(
    placed: readonly (readonly [SearchDocument, number])[],
    rowIds: readonly number[] = placed.map(([{ rowId }]) => rowId),
  ): readonly NearDuplicate[] {
    const corpus = createMemoryCorpus(placed.map(([document]) => document));
    const words = openWords({ folder, corpus });
    words.refresh();
    vectors.add(
      placed.map(([{ rowId }, degrees]) => ({
        textHash: words.textHashOf(rowId) ?? '',
        vector: at(degrees),
      })),
    );
    return findNearDuplicates({ corpus, words, vectors, maxSimilarity: 0.9 }, rowIds);
  }

  it('joins the less valuable to the more valuable, with what made them near', () => {
    const found = find([
      [toDocument(1, { template: TEMPLATE, value: 0.2 }), 0],
      [toDocument(2, { template: LONGER, value: 0.7 }), 10],
    ]);
    assert.deepEqual(
      found.map(({ from, to, cosine }) => ({ from, to, cosine })),
      [{ from: '0000000000000001', to: '0000000000000002', cosine: 0.9848 }],
    );
    assert.ok((found[0]?.overlap ?? 0) > 0.9);
  });

  it('joins the greater id of equals', () => {
    const [pair] = find([
      [toDocument(2, { template: TEMPLATE }), 0],
      [toDocument(1, { template: TEMPLATE }), 10],
    ]);
    assert.deepEqual([pair?.from, pair?.to], ['0000000000000002', '0000000000000001']);
  });

  it('leaves apart what is far in meaning, in structure, in kind or in language', () => {
    const alike = { template: TEMPLATE };
    assert.deepEqual(
      find([
        [toDocument(1, alike), 0],
        [toDocument(2, alike), 40],
        [toDocument(3, { template: OTHER }), 5],
        [toDocument(4, { ...alike, kind: 'test' }), 6],
        [toDocument(5, { ...alike, language: 'python' }), 7],
      ]),
      [],
    );
  });

  it('lets nobody join one that joined another', () => {
    const found = find(
      [0, 20, 40].map((degrees, index) => [
        toDocument(index + 1, { template: TEMPLATE, value: 0.9 - index / 10 }),
        degrees,
      ]),
    );
    assert.deepEqual(
      found.map(({ from, to }) => [from.at(-1), to.at(-1)]),
      [['2', '1']],
    );
  });

  it('looks at pairs with at least one of the rows asked for, in any order', () => {
    const placed = [1, 2, 3, 4].map(
      (row) => [toDocument(row, { template: TEMPLATE, value: 1 / row }), row * 15] as const,
    );
    const all = find(placed);
    assert.deepEqual(find(placed, [4, 2, 3, 1]), all);
    assert.deepEqual(
      find(placed, [4]).map(({ from, to }) => [from.at(-1), to.at(-1)]),
      [['4', '3']],
    );
    assert.deepEqual(find(placed, []), []);
  });

  it('measures overlap without regard to the numbers of metavariables', () => {
    assert.equal(templateOverlap('$1 ( $2 )', '$7 ( $9 )'), 1);
    assert.equal(templateOverlap('a b', 'c d'), 0);
    assert.equal(templateOverlap('a b c', 'a b d'), 0.5);
    assert.equal(templateOverlap('', ''), 1);
  });
});

function at(degrees: number): Float32Array {
  const vector = new Float32Array(384);
  vector[0] = Math.cos((degrees * Math.PI) / 180);
  vector[1] = Math.sin((degrees * Math.PI) / 180);
  return vector;
}
