import assert from 'node:assert/strict';
import {
  detailsAfter,
  firstSentence,
} from '../../../../src/core/extraction/describe/description.ts';

/** A comment and what it says after its first sentence. */
const COMMENTS: readonly (readonly [comment: string, details: string])[] = [
  ['// Opens the gate.', ''],
  [
    '// Opens the gate. It stays open\n// until somebody passes.',
    'It stays open until somebody passes.',
  ],
  [
    '/**\n * Opens the gate.\n *\n * Wakes the guard.\n * @param {Key} key of the upper lock\n */',
    'Wakes the guard. key of the upper lock',
  ],
  [
    '/// <summary>Opens the gate.</summary>\n/// <param name="key">of the lock</param>\n/// <remarks>Slow in winter.</remarks>',
    'of the lock Slow in winter.',
  ],
  ['# Opens the gate.\n# -----\n# eslint-disable-next-line\n# Loud.', 'Loud.'],
  ['// Copyright 2020 Somebody. All rights reserved.\n// Opens the gate.', ''],
];

describe('what a comment says after its first sentence', () => {
  for (const [comment, details] of COMMENTS) {
    it(`is ${details === '' ? 'nothing' : `“${details}”`} in ${JSON.stringify(comment)}`, () => {
      const said = detailsAfter(firstSentence(comment), comment);
      assert.equal(said, details);
    });
  }

  it('is bounded, and read in time that does not grow with the comment', () => {
    const long = `// Opens the gate. ${'and then it waits '.repeat(10_000)}`;
    assert.ok(detailsAfter(firstSentence(long), long).length <= 600);
  });
});
