import assert from 'node:assert/strict';

import fc from 'fast-check';

import { createTokenizer } from '../../../../src/core/platform/text/words.ts';

function partsOf(text: string): readonly string[] {
  return createTokenizer()
    .words(text)
    .flatMap(({ parts }) => parts);
}

describe('tokens', () => {
  it('splits identifiers at case, underscore and digits and stems their parts', () => {
    assert.deepEqual(partsOf('parseJSONFiles'), ['pars', 'json', 'file']);
    assert.deepEqual(partsOf('parse_json_files'), ['pars', 'json', 'file']);
    assert.deepEqual(partsOf('HTMLParser2x'), ['html', 'parser', '2', 'x']);
    assert.deepEqual(partsOf('XMLHttpRequest'), ['xml', 'http', 'request']);
    assert.deepEqual(partsOf('allURLs'), ['all', 'url']);
  });

  it('gives the spellings of one identifier the same joined form', () => {
    const joined = ['parseJSON', 'parse_json', 'PARSE_JSON', 'ParseJson', '__parse_json$'].map(
      (text) => createTokenizer().words(text)[0]?.joined,
    );
    assert.deepEqual(
      joined,
      Array.from({ length: 5 }, () => 'parsejson'),
    );
  });

  it('reads plain language, code and punctuation alike', () => {
    assert.deepEqual(partsOf('Retries a request.send("x-y");'), [
      'retri',
      'a',
      'request',
      'send',
      'x',
      'y',
    ]);
  });

  it('takes British and American spellings for one word, and no other words', () => {
    for (const [british, american] of [
      ['colours', 'colors'],
      ['behaviour', 'behavior'],
      ['serialised', 'serialized'],
      ['initialisation', 'initialization'],
      ['sanitise', 'sanitize'],
      ['tokeniser', 'tokenizer'],
      ['recognising', 'recognizing'],
      ['centres', 'centers'],
    ] as const) {
      assert.deepEqual(partsOf(british), partsOf(american), british);
    }
    assert.deepEqual(partsOf('four hours precise raise'), ['four', 'hour', 'precis', 'rais']);
  });

  it('folds accents and keeps letters of every script', () => {
    assert.deepEqual(partsOf('naïve Größe'), ['naiv', 'große']);
    assert.deepEqual(partsOf('“сортировка” списка'), ['сортировка', 'списка']);
  });

  it('takes scripts without spaces as pairs of characters', () => {
    assert.deepEqual(partsOf('排序列表'), ['排序', '序列', '列表']);
  });

  it('passes over hashes and encoded bytes', () => {
    assert.deepEqual(partsOf('a'.repeat(200)), []);
    assert.deepEqual(partsOf('4f1a9c'.repeat(12)), []);
    assert.deepEqual(partsOf('aGVsbG8gd29ybGQh'.repeat(6)), []);
  });

  it('never fails, and remembers nothing that changes an answer', () => {
    const tokenizer = createTokenizer();
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        assert.deepEqual(tokenizer.words(text), createTokenizer().words(text));
      }),
    );
  });
});
