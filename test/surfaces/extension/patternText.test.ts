import assert from 'node:assert/strict';
import type { Pattern } from '../../../src/core/model/pattern.ts';
import { asPlainLabel, asPlainMessage } from '../../../src/extension/plainText.ts';
import {
  parsePatternPath,
  sideOf,
  toPatternPath,
} from '../../../src/extension/documents/patternPath.ts';

const CODE = {
  kind: 'function',
  name: 'retry',
  language: 'go',
  pack: null,
  code: 'func retry() {}',
} as Pattern;
const CHANGE = {
  kind: 'fix',
  name: 'close',
  language: 'go',
  pack: null,
  before: 'a',
  after: 'b',
} as Pattern;

describe('the path of a pattern document', () => {
  it('names id, side and a file that editors highlight', () => {
    const path = toPatternPath({ id: '01ab', language: 'csharp', name: 'Get/All users?' }, 'after');
    assert.equal(path, '/01ab/after/Get-All-users.cs');
    assert.deepEqual(parsePatternPath(path), { id: '01ab', side: 'after' });
  });

  it('is readable for any name', () => {
    const named = (name: string): string =>
      toPatternPath({ id: '01ab', language: null, name }, 'code');
    assert.equal(named('../..'), '/01ab/code/01ab.txt');
    assert.equal(named('größe 測定'), '/01ab/code/größe-測定.txt');
    assert.equal(named('x'.repeat(100)), `/01ab/code/${'x'.repeat(60)}.txt`);
  });

  it('is none where a part is missing or unknown', () => {
    for (const path of ['', '/', '/01ab', '/01ab/left/a.txt', '//code/a.txt']) {
      assert.equal(parsePatternPath(path), undefined);
    }
  });

  it('leads to the side it names', () => {
    assert.deepEqual(
      (['code', 'before', 'after'] as const).map((side) => [
        sideOf(CODE, side),
        sideOf(CHANGE, side),
      ]),
      [
        ['func retry() {}', undefined],
        [undefined, 'a'],
        [undefined, 'b'],
      ],
    );
  });
});

describe('a plain label', () => {
  it('has no icons, however they are written', () => {
    assert.equal(asPlainLabel('a $(zap) b'), 'a \\$(zap) b');
    assert.equal(asPlainLabel('$(sync~spin)\n$x $(document)'), '\\$(sync~spin) $x \\$(document)');
  });
});

describe('text of others in a message', () => {
  /** How VS Code finds links in what a notification says. */
  const LINK = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/gi;

  it('is no link and looks the same', () => {
    const text = 'a [Show](command:evil.run?%22x%22) [b](https://a.example "t") [](c) d';
    assert.equal(text.match(LINK)?.length, 2);
    assert.equal(asPlainMessage(text).match(LINK), null);
    assert.equal(asPlainMessage(text).replaceAll('\u200B', ''), text);
    assert.equal(asPlainMessage('at(1)[2] (3)'), 'at(1)[2] (3)');
  });
});
