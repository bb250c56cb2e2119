import assert from 'node:assert/strict';
import { toHeading, toSentence } from '../../../../src/extension/heading.ts';

describe('what failed, as a heading', () => {
  it('begins with a capital letter and has no full stop', () => {
    assert.equal(toHeading('there is no pattern 12ab'), 'There is no pattern 12ab');
    assert.equal(toHeading('git is missing: install it.\n'), 'Git is missing: install it');
    assert.equal(toHeading('a disk is full'), 'A disk is full');
  });

  it('leaves names as they are', () => {
    for (const message of [
      '.pattern-foundry.yaml:3: minLines is no number',
      'src/rows.ts cannot be read',
      'minLines is no number',
      'pattern-foundry stopped',
      '',
    ]) {
      assert.equal(toHeading(message), message);
    }
  });
});

describe('what is noted, as a sentence', () => {
  it('ends with a full stop or a sign of its own', () => {
    const notes = ['the clone is shallow', 'did you mean search?', '浅い。'];
    assert.deepEqual(notes.map(toSentence), [
      'the clone is shallow.',
      'did you mean search?',
      '浅い。',
    ]);
  });
});
