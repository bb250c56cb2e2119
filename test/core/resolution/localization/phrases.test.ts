import assert from 'node:assert/strict';

import {
  phrasesOfString,
  phrasesOfText,
} from '../../../../src/core/resolution/localization/phrases.ts';

describe('phrases of messages', () => {
  it('are three words in a row, what is filled in standing for any word', () => {
    assert.deepEqual(phrasesOfString('"No cart named {name!r} here"'), [
      'no cart named',
      'cart named *',
      'named * here',
    ]);
    for (const place of ['%s', '%(cart)d', '${cart.id}', '#{cart}', '{}', '{0:>4}']) {
      assert.deepEqual(phrasesOfString(`'total of ${place}'`), ['total of *'], place);
    }
  });

  it('leave out what is mostly filled in, and texts too long to be a message', () => {
    assert.deepEqual(phrasesOfString('"%s and %s"'), []);
    assert.deepEqual(phrasesOfString(`"${'word '.repeat(100)}"`), []);
  });

  it('are met by what a program printed', () => {
    const printed = phrasesOfText('ERROR: No cart named "blue" here.');
    const message = phrasesOfString('f"No cart named {name} here"');
    assert.deepEqual(
      message.filter((phrase) => !printed.has(phrase)),
      [],
    );
  });
});
