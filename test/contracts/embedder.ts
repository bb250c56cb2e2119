import assert from 'node:assert/strict';
import type { Embedder } from '../../src/core/model/ports/embedder.ts';
import { toCosine } from '../support/library/cosine.ts';

/** What every embedder keeps, whatever it runs on. */
export function describeEmbedder(name: string, openEmbedder: () => Embedder): void {
  describe(`${name} keeps the contract of an embedder`, function () {
    this.timeout(60_000);
    let embedder: Embedder;

    before(() => {
      embedder = openEmbedder();
    });
    after(async () => {
      await embedder.close();
    });

    it('runs nowhere before the first text', async () => {
      assert.equal(embedder.runtime, 'none');
      assert.deepEqual(await embedder.embed([]), []);
      assert.equal(embedder.runtime, 'none');
      await embedder.embed(['a text']);
      assert.notEqual(embedder.runtime, 'none');
      assert.notEqual(embedder.model, '');
    });

    it('gives a vector of 384 numbers and length 1 for any text', async () => {
      const texts = ['read a file', '', '   ', '\u0000', '🦊 狐', 'word '.repeat(2000), '\ud800'];
      const vectors = await embedder.embed(texts);
      assert.equal(vectors.length, texts.length);
      for (const vector of vectors) {
        assert.equal(vector.length, 384);
        assert.ok(Math.abs(Math.hypot(...vector) - 1) < 1e-4);
      }
    });

    it('answers in the order of the texts, whatever their lengths', async () => {
      const texts = [
        'sort a list',
        'open the red door '.repeat(30),
        'x',
        'close a socket '.repeat(9),
      ];
      const together = await embedder.embed(texts);
      for (const [index, text] of texts.entries()) {
        const [alone] = await embedder.embed([text]);
        assert.ok(toCosine(together[index], alone) > 0.98, text);
      }
    });

    it('puts texts about one thing nearer together than others', async () => {
      const [query, near, far] = await embedder.embed([
        'parse a JSON file',
        'reads and parses the JSON in a file',
        'the violin plays on Thursday evening',
      ]);
      assert.ok(toCosine(query, near) > toCosine(query, far) + 0.2);
    });

    it('answers calls made at once, each with its own vectors', async () => {
      const texts = ['merge two lists', 'encrypt a password', 'draw a circle'];
      const [expected, ...answers] = await Promise.all([
        embedder.embed(texts),
        ...texts.map((text) => embedder.embed([text])),
      ]);
      answers.forEach(([vector], index) => {
        assert.ok(toCosine(vector, expected[index]) > 0.98);
      });
    });

    it('refuses a call that was given up before it began', async () => {
      const reason = new Error('no longer wanted');
      await assert.rejects(embedder.embed(['a text'], AbortSignal.abort(reason)), reason);
    });

    it('stops a call that is given up, and answers the next', async () => {
      const controller = new AbortController();
      const reason = new Error('no longer wanted');
      const given = embedder.embed(['a text', 'another'], controller.signal);
      controller.abort(reason);
      await assert.rejects(given, reason);
      assert.equal((await embedder.embed(['a third'])).length, 1);
    });

    it('works again after it was closed', async () => {
      const [before] = await embedder.embed(['a text']);
      await embedder.close();
      await embedder.close();
      const [after] = await embedder.embed(['a text']);
      assert.ok(toCosine(before, after) > 0.9999);
    });
  });
}
