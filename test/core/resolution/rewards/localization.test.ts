import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CodePointer } from '../../../../src/core/model/resolution/codePointer.ts';
import {
  goldFunctions,
  readGoldFiles,
} from '../../../../src/core/resolution/rewards/goldPlaces.ts';
import {
  lineRecall,
  linesHandedOn,
  ranksOfGold,
  recallWithin,
  reciprocalRank,
} from '../../../../src/core/resolution/rewards/localization.ts';

const DIFF = `diff --git a/shop/cart.py b/shop/cart.py
--- a/shop/cart.py
+++ b/shop/cart.py
@@ -2,3 +2,4 @@ def total(cart):
     sum = 0
-    for line in cart:
+    for line in cart.lines:
+        check(line)
         sum += line.price
@@ -20,0 +22,2 @@
+
+LIMIT = 3
diff --git a/shop/new.py b/shop/new.py
new file mode 100644
--- /dev/null
+++ b/shop/new.py
@@ -0,0 +1 @@
+x = 1
diff --git a/shop/old.py b/shop/older.py
similarity index 90%
rename from shop/old.py
rename to shop/older.py
--- a/shop/old.py
+++ b/shop/older.py
@@ -1 +1 @@
-y = 1
\\ No newline at end of file
+y = 2
\\ No newline at end of file
`;

const PLACE = { score: 1, signals: {}, why: [] } as const;
const file = (path: string): CodePointer => ({
  ...{ ...PLACE, kind: 'file', path, symbol: null, range: null },
});
const lines = (path: string, first: number, end: number, symbol: string | null = null) =>
  ({
    ...{ ...PLACE, kind: symbol === null ? 'lines' : 'declaration', path, symbol },
    range: { start: { line: first, character: 0 }, end: { line: end, character: 0 } },
  }) satisfies CodePointer;

describe('what a gold patch changes', () => {
  it('is told by file as it was before, added lines by the line before them', () => {
    assert.deepEqual(readGoldFiles(DIFF), [
      { path: 'shop/cart.py', lines: [2, 19] },
      { path: 'shop/old.py', lines: [0] },
    ]);
    assert.deepEqual(readGoldFiles('no diff at all'), []);
  });

  it('is told by the innermost functions', () => {
    const [cart] = readGoldFiles(DIFF);
    assert.ok(cart !== undefined);
    const declaration = (qualifiedName: string, first: number, last: number) => ({
      ...{ kind: 'function' as const, name: qualifiedName, qualifiedName, comment: '' },
      lines: [first, last] as const,
    });
    const declarations = [declaration('total', 0, 9), declaration('total.inner', 2, 3)];
    assert.deepEqual(goldFunctions(cart, declarations), [
      { path: 'shop/cart.py', symbol: 'total.inner' },
    ]);
  });
});

describe('rewards of a localization', () => {
  const gold = {
    files: [
      { path: 'a.py', lines: [3, 4, 9] },
      { path: 'b.py', lines: [0] },
    ],
    functions: [{ path: 'a.py', symbol: 'f' }],
  };

  it('rank files among files and functions among functions', () => {
    const places = [file('x.py'), lines('x.py', 0, 5, 'f'), file('a.py'), lines('a.py', 3, 5, 'f')];
    assert.deepEqual(ranksOfGold(places, gold), { files: [2, Infinity], functions: [2] });
  });

  it('are the share found, and the first rank', () => {
    assert.equal(recallWithin([2, Infinity, 4], 1), 0);
    assert.equal(recallWithin([2, Infinity, 4], 4), 2 / 3);
    assert.equal(recallWithin([2, Infinity], Infinity), 0.5);
    assert.equal(recallWithin([], 5), undefined);
    assert.equal(reciprocalRank([4, 2, Infinity]), 0.5);
    assert.equal(reciprocalRank([Infinity]), 0);
    assert.equal(reciprocalRank([]), undefined);
  });

  it('count lines within ranges, and all lines of a file in which nothing finer is named', () => {
    assert.equal(lineRecall([file('a.py'), file('b.py'), lines('a.py', 3, 9)], gold), 3 / 4);
    assert.equal(lineRecall([file('a.py')], gold), 3 / 4);
    assert.equal(lineRecall([lines('b.py', 1, 9)], gold), 0);
    assert.equal(lineRecall([], { files: [] }), undefined);
    assert.equal(linesHandedOn([lines('a.py', 3, 9), lines('a.py', 7, 11), file('b.py')]), 8);
  });

  const place = fc
    .tuple(fc.constantFrom('a.py', 'b.py', 'c.py'), fc.nat(9), fc.nat(9))
    .map(([path, first, size]) => lines(path, first, first + size, 'f'));

  it('lie from 0 to 1, and never fall when more is handed on', () => {
    fc.assert(
      fc.property(fc.array(place), fc.array(place), fc.integer({ min: 1, max: 9 }), (...drawn) => {
        const [some, more, limit] = drawn;
        const few = ranksOfGold(some, gold).functions;
        const all = ranksOfGold([...some, ...more], gold).functions;
        assertRising([0, recallWithin(few, limit), recallWithin(all, limit), 1]);
        assertRising([0, recallWithin(few, limit), recallWithin(few, limit + 1), 1]);
        assertRising([0, reciprocalRank(few), reciprocalRank(all), 1]);
        assertRising([0, lineRecall(some, gold), lineRecall([...some, ...more], gold), 1]);
      }),
    );
  });
});

function assertRising(values: readonly (number | undefined)[]): void {
  const known = values.map((value) => value ?? NaN);
  assert.deepEqual(
    known,
    [...known].sort((a, b) => a - b),
  );
}
