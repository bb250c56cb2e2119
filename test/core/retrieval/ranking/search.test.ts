import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openVectors, type VectorStore } from '../../../../src/core/library/vectors/vectors.ts';
import { AppError } from '../../../../src/core/model/errors.ts';
import { localized } from '../../../../src/core/model/localizedText.ts';
import type { Embedder } from '../../../../src/core/model/ports/embedder.ts';
import type { SearchDocument } from '../../../../src/core/model/ports/corpus.ts';
import { embeddingText, textHash } from '../../../../src/core/retrieval/embedder/embeddingText.ts';
import { openWords } from '../../../../src/core/retrieval/words/words.ts';
import {
  createMemorySearch,
  type MemorySearch as Search,
  type TextQuery,
} from '../../../support/library/memorySearch.ts';
import { ASSETS } from '../../../support/assets.ts';
import {
  createMemoryCorpus,
  toDocument,
  type MemoryCorpus,
} from '../../../support/library/memoryCorpus.ts';

describe('search', () => {
  let folder: string;
  let vectors: VectorStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'search-'));
    vectors = openVectors({ folder, assetsDir: ASSETS, model: 'letters' });
  });
  afterEach(() => {
    vectors.close();
    rmSync(folder, { recursive: true });
  });

  function createOver(corpus: MemoryCorpus, embedder: Embedder | undefined): Search {
    return createMemorySearch({ corpus, words: openWords({ folder, corpus }), vectors, embedder });
  }

  function embed(documents: readonly SearchDocument[]): void {
    vectors.add(
      documents.map((document) => {
        const text = embeddingText(document);
        return { textHash: textHash(text), vector: countLetters(text) };
      }),
    );
  }

  async function idsFor(search: Search, query: Partial<TextQuery>): Promise<readonly string[]> {
    const hits = await search.search({ ...anything, ...query });
    return hits.map(({ name }) => name);
  }

  it('gives a score that is the sum of its named parts, best first', async () => {
    const corpus = createMemoryCorpus(documents);
    embed(documents);
    const hits = await createOver(corpus, letters).search({ ...anything, text: 'parse json' });
    assert.ok(hits.length > 1);
    for (const { score, signals } of hits) {
      const { words = 0, meaning = 0, name = 0, value = 0 } = signals;
      assert.ok(Math.abs(score - (words + meaning + name + value)) < 1e-12);
    }
    const [named, other] = hits.map(({ signals }) => Object.keys(signals));
    assert.deepEqual(named, ['words', 'meaning', 'name', 'value']);
    assert.deepEqual(other, ['words', 'meaning', 'value']);
    const scores = hits.map(({ score }) => score);
    assert.deepEqual(
      scores,
      scores.toSorted((a, b) => b - a),
    );
    assert.equal(hits[0]?.name, 'parseJSON');
  });

  it('finds by meaning what shares no word with the query', async () => {
    const corpus = createMemoryCorpus(documents);
    embed(documents);
    assert.deepEqual(await idsFor(createOver(corpus, undefined), { text: 'nosjesrap' }), []);
    const [first] = await idsFor(createOver(corpus, letters), { text: 'nosjesrap' });
    assert.equal(first, 'parseJSON');
  });

  it('goes by words alone without an embedder, without vectors, and when the embedder fails', async () => {
    const corpus = createMemoryCorpus(documents);
    const withoutVectors = await createOver(corpus, letters).search({
      ...anything,
      text: 'parse json',
    });
    embed(documents);
    const withoutEmbedder = await createOver(corpus, undefined).search({
      ...anything,
      text: 'parse json',
    });
    const failing = {
      ...letters,
      embed: () => Promise.reject(new AppError('embedder-failed', localized`x`)),
    };
    const withFailure = await createOver(corpus, failing).search({
      ...anything,
      text: 'parse json',
    });
    assert.equal(withoutVectors[0]?.name, 'parseJSON');
    assert.deepEqual(Object.keys(withoutVectors[0].signals), wordSignals);
    assert.deepEqual(withoutEmbedder, withoutVectors);
    assert.deepEqual(withFailure, withoutVectors);
  });

  it('lets a bug of the embedder through', async () => {
    embed(documents);
    const broken = { ...letters, embed: () => Promise.reject(new TypeError('a bug')) };
    const search = createOver(createMemoryCorpus(documents), broken);
    await assert.rejects(search.search({ ...anything, text: 'json' }), TypeError);
  });

  it('does not hold a pattern back that has no vector yet', async () => {
    const corpus = createMemoryCorpus(documents);
    embed(documents.slice(1));
    const [first] = await createOver(corpus, letters).search({ ...anything, text: 'parse json' });
    assert.equal(first?.name, 'parseJSON');
    assert.deepEqual(Object.keys(first.signals), wordSignals);
  });

  it('reads a long query like the code of a pattern, which takes half the tokens', async () => {
    embed(documents);
    const asked: string[] = [];
    const listening: Embedder = {
      ...letters,
      embed: (texts, signal) => {
        asked.push(...texts);
        return letters.embed(texts, signal);
      },
    };
    const search = createOver(createMemoryCorpus(documents), listening);
    await idsFor(search, { text: 'x = parseJSONFile(y);\n'.repeat(100) });
    await idsFor(search, { text: '+'.repeat(1000) });
    assert.deepEqual(asked, ['parse json file', '+'.repeat(1000)]);
  });

  it('keeps to the rows and the limit', async () => {
    const corpus = createMemoryCorpus(documents);
    embed(documents);
    const search = createOver(corpus, letters);
    assert.deepEqual(await idsFor(search, { text: 'json', rows: new Set([3]) }), ['writeJSON']);
    assert.equal((await idsFor(search, { text: 'json', limit: 1 })).length, 1);
    assert.deepEqual(await idsFor(search, { text: 'json', limit: 0 }), []);
    assert.deepEqual(await idsFor(search, { text: ' \n' }), []);
  });

  it('lifts the more valuable and the more successful of equals, and hides what failed', async () => {
    const equals = [1, 2, 3, 4, 5].map((row) =>
      toDocument(row, { name: 'parse', value: row === 2 ? 0.9 : 0.5 }),
    );
    const corpus = createMemoryCorpus(equals);
    corpus.promiseOf.set(3, 1);
    corpus.promiseOf.set(4, 0.6);
    corpus.promiseOf.set(5, 0.3);
    const hits = await createOver(corpus, undefined).search({ ...anything, text: 'parse' });
    assert.deepEqual(
      hits.map(({ id, signals }) => [Number.parseInt(id, 16), Math.sign(signals['success'] ?? 0)]),
      [
        [3, 1],
        [2, 0],
        [1, 0],
        [4, -1],
      ],
    );
  });

  it('answers the same whatever the order the patterns came in', async () => {
    embed(documents);
    const orders = [documents, documents.toReversed()];
    const answers = await Promise.all(
      orders.map((order) =>
        createOver(createMemoryCorpus(order), letters).search({ ...anything, text: 'json file' }),
      ),
    );
    assert.deepEqual(answers[0], answers[1]);
  });

  it('shows nothing for noise at the default relevance, and what the query names', async () => {
    const search = createOver(createMemoryCorpus(documents), undefined);
    assert.deepEqual(await idsFor(search, { text: 'qwzx vblorp', minRelevance: 0.6 }), []);
    const [first] = await idsFor(search, { text: 'parseJSNO', minRelevance: 0.6 });
    assert.equal(first, 'parseJSON');
  });

  it('finds what was typed only to a part, which says nothing to the model', async () => {
    embed(documents);
    const blank = new Float32Array(384).fill(1, 300, 301);
    const knowsNone = { ...letters, embed: () => Promise.resolve([blank]) };
    const search = createOver(createMemoryCorpus(documents), knowsNone);
    assert.deepEqual(await idsFor(search, { text: 'sock', minRelevance: 0.6 }), ['closeSocket']);
    assert.deepEqual(await idsFor(search, { text: 'zzsock', minRelevance: 0.6 }), []);
  });

  it('takes a query of two hundred lines of code', async () => {
    const search = createOver(createMemoryCorpus(documents), undefined);
    const line = 'const value = JSON.parse(readFileSync(path, "utf8"));\n';
    const [first] = await idsFor(search, { text: line.repeat(200) });
    assert.equal(first, 'parseJSON');
  });
});

const anything: TextQuery = { text: '', limit: 10, minRelevance: 0 };

const wordSignals = ['words', 'name', 'value'];

const documents = [
  toDocument(1, { name: 'parseJSON', code: 'return JSON.parse(text)' }),
  toDocument(2, { name: 'openFile', code: 'fs.openSync(path)' }),
  toDocument(3, { name: 'writeJSON', code: 'JSON.stringify(value)', language: 'go' }),
  toDocument(4, { name: 'closeSocket', code: 'socket.end()' }),
];

/** A stand-in whose vectors count letters: texts of the same letters are near. */
const letters: Embedder = {
  model: 'letters',
  runtime: 'none',
  embed: (texts) => Promise.resolve(texts.map(countLetters)),
  close: () => Promise.resolve(),
};

function countLetters(text: string): Float32Array {
  const vector = new Float32Array(384);
  for (const letter of text.toLowerCase()) {
    const at = letter.charCodeAt(0) % 384;
    vector[at] = (vector[at] ?? 0) + 1;
  }
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0)) || 1;
  return vector.map((value) => value / length);
}
