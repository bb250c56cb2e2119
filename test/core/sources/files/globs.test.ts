import assert from 'node:assert/strict';

import { createGlobs } from '../../../../src/core/sources/files/globs.ts';

/** Globs, paths they match and paths they do not. */
const CASES: readonly (readonly [
  globs: readonly string[],
  matched: readonly string[],
  others: readonly string[],
])[] = [
  [[], [], ['a.py']],
  [['dist'], ['dist/a.js', 'dist/deep/a.js'], ['src/dist/a.js', 'dist2/a.js']],
  [['./dist/'], ['dist/a.js'], ['a/dist/b.js']],
  [['**/*.{gen,snap}.ts'], ['a.gen.ts', 'b/c.snap.ts'], ['gen.ts']],
  [['dist\\**'], ['dist/a.js', 'dist/b/c.js'], ['src/a.js']],
  [['src\\old\\*.js'], ['src/old/a.js'], ['src/a.js']],
  [['pages/\\[id\\].ts'], ['pages/[id].ts'], ['pages/i.ts']],
  [['gen/**', '!gen/keep.py'], ['gen/a.py'], ['gen/keep.py', 'b.py']],
  [['lib', '!lib/own/', 'lib/own/old.py'], ['lib/a.py', 'lib/own/old.py'], ['lib/own/new.py']],
  [['!keep.py'], [], ['keep.py', 'a.py']],
  [['caf\u00e9*'], ['cafe\u0301.py', 'caf\u00e9.py'], ['cafe.py']],
  [['**/cafe\u0301/**'], ['a/caf\u00e9/b.py'], ['a/cafe/b.py']],
];

describe('globs', () => {
  for (const [globs, matched, others] of CASES) {
    it(`match ${JSON.stringify(matched)} by ${JSON.stringify(globs)} and not ${JSON.stringify(others)}`, () => {
      const matches = createGlobs(globs);
      assert.deepEqual([...matched, ...others].filter(matches), matched);
    });
  }
});
