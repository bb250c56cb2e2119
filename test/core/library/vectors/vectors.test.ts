import assert from 'node:assert/strict';
import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import { openVectors, type VectorStore } from '../../../../src/core/library/vectors/vectors.ts';
import { compileVectorScan, VECTOR_SCAN } from '../../../../scripts/wasm/compile.ts';
import { ASSETS } from '../../../support/assets.ts';

describe('vectors', () => {
  let folder: string;
  let open: VectorStore[];
  beforeEach(() => {
    folder = fs.mkdtempSync(join(tmpdir(), 'vectors-'));
    open = [];
  });
  afterEach(() => {
    for (const store of open) store.close();
    fs.rmSync(folder, { recursive: true });
  });

  function openStore(model = 'model-a'): VectorStore {
    const store = openVectors({ folder, assetsDir: ASSETS, model });
    open.push(store);
    return store;
  }

  /** Path of the only file. */
  function onlyFile(): string {
    const names = fs.readdirSync(folder);
    assert.equal(names.length, 1);
    return join(folder, names[0] ?? '');
  }

  it('is scanned by the bytes that its text compiles to', async () => {
    assert.deepEqual(
      new Uint8Array(fs.readFileSync(`${VECTOR_SCAN}.wasm`)),
      new Uint8Array(await compileVectorScan()),
    );
  });

  it('gives a vector back as it was, in this process and the next', () => {
    const vector = unit(7);
    const store = openStore();
    store.add([{ textHash: 'a', vector }]);
    for (const reader of [store, openStore()]) {
      assert.deepEqual(reader.get('a'), vector);
      assert.equal(reader.has('a'), true);
      assert.equal(reader.has('b'), false);
      assert.equal(reader.get('b'), undefined);
      assert.equal(reader.size, 1);
    }
  });

  it('writes nothing before the first vector, and a known text once', () => {
    const store = openStore();
    assert.deepEqual(store.nearest(unit(1), 3), []);
    assert.deepEqual(fs.readdirSync(folder), []);
    store.add([
      { textHash: 'a', vector: unit(1) },
      { textHash: 'a', vector: unit(1) },
    ]);
    const size = fs.statSync(onlyFile()).size;
    store.add([{ textHash: 'a', vector: unit(2) }]);
    assert.equal(fs.statSync(onlyFile()).size, size);
    assert.equal(store.size, 1);
  });

  it('finds the nearest as a search in float does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 400 }), fc.nat(), (count, seed) => {
        const place = fs.mkdtempSync(join(folder, 'run-'));
        const store = openVectors({ folder: place, assetsDir: ASSETS, model: 'm' });
        const entries = Array.from({ length: count }, (_entry, index) => ({
          textHash: `t${index}`,
          vector: unit(seed + index),
        }));
        store.add(entries);
        const query = unit(seed + count);
        const expected = entries
          .map(({ textHash, vector }) => ({ textHash, cosine: dot(query, vector) }))
          .sort((a, b) => b.cosine - a.cosine)
          .slice(0, 5);
        assert.deepEqual(store.nearest(query, 5), expected);
        store.close();
      }),
      { numRuns: 20 },
    );
  });

  it('orders equal cosines by hash and looks among candidates only', () => {
    const store = openStore();
    store.add(['c', 'a', 'b'].map((textHash) => ({ textHash, vector: unit(3) })));
    store.add([{ textHash: 'far', vector: unit(4) }]);
    const hashes = (found: ReturnType<VectorStore['nearest']>): readonly string[] =>
      found.map(({ textHash }) => textHash);
    assert.deepEqual(hashes(store.nearest(unit(3), 2)), ['a', 'b']);
    assert.deepEqual(hashes(store.nearest(unit(3), 9)), ['a', 'b', 'c', 'far']);
    assert.deepEqual(hashes(store.nearest(unit(3), 9, (hash) => hash > 'b')), ['c', 'far']);
  });

  it('tells the cosines of some texts, in their order', () => {
    const store = openStore();
    const vectors = [1, 2, 3].map(unit);
    store.add(vectors.map((vector, at) => ({ textHash: `t${at}`, vector })));
    const query = unit(4);
    const found = store.cosines(query, ['t2', 'absent', 't0']);
    assert.equal(found.length, 3);
    assert.equal(found[1], undefined);
    for (const [at, vector] of [
      [0, vectors[2]],
      [2, vectors[0]],
    ] as const) {
      const exact = query.reduce((sum, value, index) => sum + value * (vector?.[index] ?? 0), 0);
      assert.ok(Math.abs((found[at] ?? 1) - exact) < 0.01);
    }
  });

  it('meets on refresh what other processes added', () => {
    const [one, other] = [openStore(), openStore()];
    one.add([{ textHash: 'a', vector: unit(1) }]);
    assert.equal(other.has('a'), true);
    one.add([{ textHash: 'b', vector: unit(2) }]);
    assert.equal(other.has('b'), false);
    other.refresh();
    assert.deepEqual(other.get('b'), unit(2));
    other.add([{ textHash: 'c', vector: unit(3) }]);
    one.refresh();
    assert.deepEqual(one.nearest(unit(3), 1)[0]?.textHash, 'c');
  });

  it('passes over vectors of another model and files that are none', () => {
    openStore('model-b').add([{ textHash: 'a', vector: unit(1) }]);
    fs.writeFileSync(join(folder, `vectors-${'0'.repeat(24)}.bin`), 'garbage');
    fs.writeFileSync(join(folder, 'notes.txt'), 'something else');
    assert.equal(openStore('model-a').size, 0);
    assert.equal(openStore('model-b').size, 1);
  });

  it('keeps what stands before a torn tail, whatever its length, and adds beside it', () => {
    const writer = openStore();
    writer.add([{ textHash: 'a', vector: unit(1) }]);
    const whole = fs.statSync(onlyFile()).size;
    writer.add([{ textHash: 'b', vector: unit(2) }]);
    const file = onlyFile();
    const bytes = fs.readFileSync(file);
    for (let size = whole; size < bytes.length; size += 97) {
      fs.writeFileSync(file, bytes.subarray(0, size));
      const store = openStore();
      assert.equal(store.has('a'), true);
      assert.equal(store.has('b'), false, `cut to ${size}`);
    }
    const later = openStore();
    later.add([{ textHash: 'b', vector: unit(2) }]);
    assert.equal(openStore().size, 2);
  });

  it('counts damaged blocks, leaves out those whose scanned part is damaged, and goes on', () => {
    const writer = openStore();
    for (const [index, textHash] of ['a', 'b', 'c'].entries()) {
      writer.add([{ textHash, vector: unit(index) }]);
    }
    assert.deepEqual(openStore().verify(), { vectors: 3, damagedBlocks: 0 });
    const file = onlyFile();
    const bytes = fs.readFileSync(file);
    const block = (bytes.length - 256) / 3;
    const damage = (at: number): void => {
      fs.writeFileSync(
        file,
        bytes.map((byte, index) => (index === at ? byte ^ 1 : byte)),
      );
    };
    damage(256 + block + 100);
    const scanned = openStore();
    assert.deepEqual(scanned.verify(), { vectors: 2, damagedBlocks: 1 });
    assert.deepEqual([scanned.has('a'), scanned.has('b'), scanned.has('c')], [true, false, true]);
    damage(256 + block + 1000);
    assert.deepEqual(openStore().verify(), { vectors: 3, damagedBlocks: 1 });
    damage(256 + block + 4);
    assert.deepEqual(openStore().verify(), { vectors: 1, damagedBlocks: 1 });
  });

  it('drops all but the texts to keep, from memory and from every file', () => {
    const [one, other] = [openStore(), openStore()];
    one.add(['a', 'b', 'c'].map((textHash, index) => ({ textHash, vector: unit(index) })));
    other.add([{ textHash: 'd', vector: unit(3) }]);
    assert.equal(
      one.keepOnly((hash) => hash === 'a' || hash === 'd'),
      true,
    );
    for (const store of [one, openStore()]) {
      assert.deepEqual(
        ['a', 'b', 'c', 'd'].map((hash) => store.has(hash)),
        [true, false, false, true],
      );
      assert.deepEqual(store.get('d'), unit(3));
      assert.equal(store.nearest(unit(1), 9).length, 2);
    }
    const bytes = fs.readFileSync(onlyFile());
    assert.equal(bytes.includes(Buffer.from(unit(1).buffer)), false);
  });

  it('goes on in a file of its own when another process took its file away', () => {
    const [one, other] = [openStore(), openStore()];
    one.add([{ textHash: 'a', vector: unit(1) }]);
    other.keepOnly(() => true);
    one.add([{ textHash: 'b', vector: unit(2) }]);
    one.refresh();
    for (const store of [one, openStore()]) {
      assert.deepEqual([store.get('a'), store.get('b')], [unit(1), unit(2)]);
    }
  });

  it('joins many files into one and leaves few alone', () => {
    for (let index = 0; index < 17; index++) {
      openStore().add([{ textHash: `t${index}`, vector: unit(index) }]);
    }
    const store = openStore();
    store.compact();
    onlyFile();
    assert.equal(store.size, 17);
    const before = onlyFile();
    store.compact();
    assert.equal(onlyFile(), before);
    assert.deepEqual(openStore().get('t9'), unit(9));
  });

  it('says with a stable code that it cannot write', () => {
    fs.writeFileSync(join(folder, 'file'), '');
    const inside = join(folder, 'file', 'derived');
    const store = openVectors({ folder: inside, assetsDir: ASSETS, model: 'm' });
    assert.throws(
      () => {
        store.add([{ textHash: 'a', vector: unit(1) }]);
      },
      { code: 'library-write-failed' },
    );
    assert.equal(store.size, 0);
  });
});

/** A direction that follows from the seed; those of different seeds are nearly at right angles. */
function unit(seed: number): Float32Array {
  let state = (seed * 2_654_435_761 + 12_345) >>> 0;
  const vector = Float32Array.from({ length: 384 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32 - 0.5;
  });
  const length = Math.sqrt(dot(vector, vector));
  return vector.map((value) => value / length);
}

function dot(a: Float32Array, b: Float32Array): number {
  return a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
}
