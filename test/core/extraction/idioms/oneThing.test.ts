import assert from 'node:assert/strict';
import { doesOneThing } from '../../../../src/core/extraction/idioms/oneThing.ts';

describe('a function that does one thing', () => {
  for (const text of [
    'def weight(self, unit: str) -> Weight:\n    return self.scale.read(unit)',
    'getWeight(unit) { return this.scale.read(unit); }',
    'fn weigh(&self, unit: Unit) -> Weight { self.scale.weigh(unit) }',
    'func (s Shop) Weigh(w wire.Writer) {\n\tweigh(w, s.unit)\n}',
    'public static void close(Shop shop) { shop.door.close(true); }',
    'async function load(key) { await store.load(key); }',
  ]) {
    it(`is ${JSON.stringify(text)}`, () => {
      assert.ok(doesOneThing(text));
    });
  }

  for (const text of [
    'if (isClosed(shop)) { return false; }',
    'func weigh(a int) { open(a); close(a) }',
    'price = rounded(cart)',
    'weigh(unit) { scale.read(unit) }',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.ok(!doesOneThing(text));
    });
  }

  it('is told from any text in time that grows with it', () => {
    for (const part of ['(::()', ':', '()', '@a ', 'pub ', ' ', 'a:(', '):']) {
      for (const end of ['=!', '{', '}', '']) {
        assert.ok(!doesOneThing(`func (${part.repeat(50_000)}${end}`), part);
      }
    }
  });
});
