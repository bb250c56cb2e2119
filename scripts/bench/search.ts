import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { performance } from 'node:perf_hooks';

import { openVectors, type VectorStore } from '../../src/core/library/vectors/vectors.ts';
import type { RecordedText } from '../../src/core/model/event.ts';
import type { Embedder } from '../../src/core/model/ports/embedder.ts';
import type { SearchDocument } from '../../src/core/model/ports/corpus.ts';
import { openEmbedder } from '../../src/core/retrieval/embedder/embedder.ts';
import { openWords, type Words } from '../../src/core/retrieval/words/words.ts';
import { createMemoryCorpus, type MemoryCorpus } from '../../test/support/library/memoryCorpus.ts';
import {
  createMemorySearch,
  type MemorySearch,
  type TextQuery,
} from '../../test/support/library/memorySearch.ts';
import { seededRandom } from '../../src/core/platform/seededRandom.ts';
import { syntheticEvents } from './syntheticLibrary.ts';
import type { BenchOptions, BenchTable } from './table.ts';

const SIZES = [1000, 10_000, 100_000];
const QUERIES = 60;
const DIMENSIONS = 384;
const VECTOR_BATCH = 5000;

/** Everything that was opened for one size. */
interface Bed {
  readonly documents: readonly SearchDocument[];
  readonly corpus: MemoryCorpus;
  readonly words: Words;
  readonly vectors: VectorStore;
}

/** How long a search takes and what it holds in memory, at three sizes of a synthetic library. */
export async function benchSearch({ assetsDir }: BenchOptions): Promise<readonly BenchTable[]> {
  const embedder = openEmbedder({ assetsDir, entry: resolve(assetsDir, '../embedder.js') });
  await embedder.embed(['warm up']);
  const times: (string | number)[][] = [];
  const sizes: (string | number)[][] = [];
  for (const size of SIZES) {
    const folder = mkdtempSync(join(tmpdir(), 'bench-search-'));
    try {
      await benchSize(size, { folder, assetsDir, embedder, times, sizes });
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
  await embedder.close();
  return [
    {
      title: 'Search, milliseconds',
      columns: ['patterns', 'query', 'p50', 'p95'],
      rows: times,
      note: 'bars: p95 ≤ 50 at 10,000, ≤ 150 at 100,000; vector scan ≤ 3 at 100,000',
    },
    {
      title: 'Word index and vectors',
      columns: ['patterns', 'build, ms', 'save, ms', 'load, ms', 'vectors open, ms', 'word MB'],
      rows: sizes,
      note: 'word MB: memory that building the index and searching it by words adds to the process',
    },
  ];
}

interface SizeParts {
  readonly folder: string;
  readonly assetsDir: string;
  readonly embedder: Embedder;
  readonly times: (string | number)[][];
  readonly sizes: (string | number)[][];
}

async function benchSize(size: number, parts: SizeParts): Promise<void> {
  const { folder, assetsDir, embedder, times, sizes } = parts;
  const documents = syntheticDocuments(size);
  const corpus = createMemoryCorpus(documents);
  corpus.takeSnapshot('bench');
  const open = (): Words => openWords({ folder, corpus });
  const before = process.memoryUsage.rss();
  const [words, buildMs] = timed(() => {
    const built = open();
    built.refresh();
    return built;
  });
  const [, saveMs] = timed(() => words.save());
  const [, loadMs] = timed(open);
  const vectors = openVectors({ folder, assetsDir, model: embedder.model });
  const bed = { documents, corpus, words, vectors };
  const byWords = createMemorySearch({ corpus, words, vectors, embedder: undefined });
  const add = async (
    name: string,
    search: MemorySearch,
    queries: readonly TextQuery[],
  ): Promise<void> => {
    times.push([size, name, ...(await percentiles(queries, (query) => search.search(query)))]);
  };
  await add('words', byWords, plainQueries(bed));
  await add('words, one letter wrong', byWords, plainQueries(bed).map(misspelled));
  await add('words, 200 lines of code', byWords, codeQueries(bed));
  const wordBytes = process.memoryUsage.rss() - before;
  fillVectors(bed, embedder.model, { folder, assetsDir });
  const [, openMs] = timed(() => vectors.size);
  const search = createMemorySearch({ corpus, words, vectors, embedder });
  await add('words and meaning', search, plainQueries(bed));
  await add('words and meaning, filtered', search, plainQueries(bed).map(filtered(bed)));
  await add('words and meaning, 200 lines of code', search, codeQueries(bed));
  const scan = await percentiles(documents.slice(0, QUERIES), () =>
    vectors.nearest(randomVector(seededRandom(3)), 50),
  );
  times.push([size, 'vector scan alone', ...scan]);
  sizes.push([size, buildMs, saveMs, loadMs, openMs, wordBytes / 1e6]);
  vectors.close();
}

function syntheticDocuments(size: number): readonly SearchDocument[] {
  const texts = [...syntheticEvents(size)].flatMap((event): readonly RecordedText[] => {
    if (event.type === 'file') return event.fragments;
    return event.type === 'commit' ? event.changes : [];
  });
  return texts.slice(0, size).map((text, row) => ({
    ...text,
    rowId: row + 1,
    context: '',
    details: text.details ?? '',
    before: text.before ?? '',
    message: '',
    value: 0.5,
  }));
}

/** Vectors as another process would have left them: random, which no scan can profit from. */
function fillVectors(
  { words, documents }: Bed,
  model: string,
  place: { readonly folder: string; readonly assetsDir: string },
): void {
  const writer = openVectors({ ...place, model });
  const random = seededRandom(5);
  for (let start = 0; start < documents.length; start += VECTOR_BATCH) {
    writer.add(
      documents.slice(start, start + VECTOR_BATCH).flatMap(({ rowId }) => {
        const textHash = words.textHashOf(rowId);
        return textHash === undefined ? [] : [{ textHash, vector: randomVector(random) }];
      }),
    );
  }
  writer.close();
}

function randomVector(random: () => number): Float32Array {
  const vector = Float32Array.from({ length: DIMENSIONS }, () => random() - 0.5);
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
  return vector.map((value) => value / length);
}

function plainQueries({ documents }: Bed): readonly TextQuery[] {
  return sample(documents).map(({ description }) => toQuery(description));
}

function codeQueries({ documents }: Bed): readonly TextQuery[] {
  const lines = documents.slice(0, 400).flatMap(({ code }) => code.split('\n'));
  return sample(documents).map((_document, at) =>
    toQuery(lines.slice(at * 10, at * 10 + 200).join('\n')),
  );
}

function sample(documents: readonly SearchDocument[]): readonly SearchDocument[] {
  const step = Math.floor(documents.length / QUERIES);
  return documents.filter((_document, at) => at % step === 0).slice(0, QUERIES);
}

function toQuery(text: string): TextQuery {
  return { text, limit: 5, minRelevance: 0 };
}

function misspelled(query: TextQuery): TextQuery {
  return { ...query, text: query.text.replaceAll(/(\w)(\w)(\w{3,})/g, '$2$1$3') };
}

/** Keeps to the functions in one language. */
function filtered({ documents }: Bed): (query: TextQuery) => TextQuery {
  const passing = documents.filter(
    ({ language, kind }) => language === 'python' && kind === 'function',
  );
  const rows = new Set(passing.map(({ rowId }) => rowId));
  return (query) => ({ ...query, rows });
}

function timed<Value>(work: () => Value): readonly [Value, number] {
  const start = performance.now();
  const value = work();
  return [value, performance.now() - start];
}

async function percentiles<Item>(
  items: readonly Item[],
  work: (item: Item) => unknown,
): Promise<readonly [p50: number, p95: number]> {
  const times: number[] = [];
  for (const item of items) {
    const start = performance.now();
    await work(item);
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  return [times[Math.floor(times.length * 0.5)] ?? 0, times[Math.floor(times.length * 0.95)] ?? 0];
}
