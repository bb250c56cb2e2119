import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { DIMENSIONS } from '../../../../src/core/retrieval/embedder/protocol.ts';
import { openEmbedder } from '../../../../src/core/retrieval/embedder/embedder.ts';
import { ASSETS } from '../../../support/assets.ts';
import { toCosine } from '../../../support/library/cosine.ts';
import { EMBEDDER_ENTRY } from '../../../support/engine/embedderEntry.ts';

const PROJECT = resolve(import.meta.dirname, '../../../..');
const FIXTURE = resolve(PROJECT, 'test/fixtures/embedding');
/** See scripts/model/reference.py, which wrote the vectors. */
const SCALE = 32767;

interface Sample {
  readonly text: string;
  /** What sentence-transformers makes of it with the original weights. */
  readonly reference: Float32Array;
}

describe('vectors beside those of sentence-transformers', function () {
  this.timeout(120_000);
  const samples = readSamples();

  it('agree on 200 texts and more in the native runtime', async () => {
    assert.ok(samples.length >= 200);
    await assertParity(samples, 'native');
  });

  it('agree on a quarter of the texts in WebAssembly', async () => {
    await assertParity(
      samples.filter((_, index) => index % 4 === 0),
      'wasm',
    );
  });

  it('come from the files that the README of the export names', () => {
    const readme = readFileSync(resolve(PROJECT, 'scripts/model/README.md'), 'utf8');
    for (const file of ['onnx/model_quantized.onnx', 'tokenizer.json', 'config.json']) {
      const content = readFileSync(resolve(ASSETS, 'models/all-MiniLM-L6-v2', file));
      const checksum = createHash('sha256').update(content).digest('hex');
      assert.ok(readme.includes(checksum), `${file} has checksum ${checksum}`);
    }
  });
});

async function assertParity(samples: readonly Sample[], runtime: 'native' | 'wasm'): Promise<void> {
  const embedder = openEmbedder({ assetsDir: ASSETS, entry: EMBEDDER_ENTRY, runtime });
  try {
    const vectors = await embedder.embed(samples.map(({ text }) => text));
    assert.equal(embedder.runtime, runtime);
    const references = samples.map(({ reference }) => reference);
    const cosines = vectors.map((vector, index) => toCosine(vector, references[index]));
    assert.ok(mean(cosines) >= 0.99, `mean cosine ${mean(cosines)}`);
    assert.ok(Math.min(...cosines) >= 0.97, `least cosine ${Math.min(...cosines)}`);
    const overlaps = samples.map((_, index) =>
      overlap(nearest(vectors, index), nearest(references, index)),
    );
    assert.ok(mean(overlaps) >= 0.92, `mean overlap ${mean(overlaps)}`);
    assert.ok(Math.min(...overlaps) >= 0.5, `least overlap ${Math.min(...overlaps)}`);
  } finally {
    await embedder.close();
  }
}

function readSamples(): readonly Sample[] {
  const texts = JSON.parse(readFileSync(resolve(FIXTURE, 'texts.json'), 'utf8')) as string[];
  const bytes = readFileSync(resolve(FIXTURE, 'vectors.i16'));
  assert.equal(bytes.length, texts.length * DIMENSIONS * 2);
  return texts.map((text, row) => ({
    text,
    reference: Float32Array.from(
      { length: DIMENSIONS },
      (_, column) => bytes.readInt16LE((row * DIMENSIONS + column) * 2) / SCALE,
    ),
  }));
}

/** The ten others nearest to one. */
function nearest(vectors: readonly Float32Array[], to: number): readonly number[] {
  return vectors
    .map((vector, index) => ({ index, cosine: toCosine(vector, vectors[to]) }))
    .filter(({ index }) => index !== to)
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, 10)
    .map(({ index }) => index);
}

function overlap(left: readonly number[], right: readonly number[]): number {
  return left.filter((index) => right.includes(index)).length / left.length;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
