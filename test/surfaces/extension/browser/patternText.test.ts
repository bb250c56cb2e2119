import assert from 'node:assert/strict';
import { NOWHERE, type Pattern } from '../../../../src/core/model/pattern.ts';
import {
  asPlainLabel,
  asPlainMarkdown,
  asPlainMessage,
} from '../../../../src/extension/plainText.ts';
import {
  parsePatternQuery,
  sideOf,
  toPatternPlace,
  type Documented,
} from '../../../../src/extension/documents/patternPath.ts';

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

describe('the place of a pattern document', () => {
  const DOCUMENTED: Documented = {
    id: '01ab',
    language: 'csharp',
    name: 'All',
    qualifiedName: 'Users.All',
    provenance: { ...NOWHERE, projectName: 'my shop', path: 'src/Get/Users.cs' },
  };

  it('is read as where the pattern is from, under a name that editors highlight', () => {
    const { path, query } = toPatternPlace(DOCUMENTED, 'after');
    assert.equal(path, '/my-shop/src/Get/Users.cs/Users.All.cs');
    assert.deepEqual(parsePatternQuery(query), { id: '01ab', side: 'after' });
  });

  it('is readable for any name and path', () => {
    const named = (name: string, path: string | null = null): string =>
      toPatternPlace(
        {
          ...DOCUMENTED,
          ...{ name, qualifiedName: name, language: null },
          provenance: { ...NOWHERE, path },
        },
        'code',
      ).path;
    assert.equal(named('../..'), '/01ab.txt');
    assert.equal(named('größe 測定'), '/größe-測定.txt');
    assert.equal(named('x'.repeat(100)), `/${'x'.repeat(60)}.txt`);
    assert.equal(named('get', '../../etc/./a b?c'), '/etc/a-b-c/get.txt');
  });

  it('is none where a part is missing or unknown', () => {
    for (const query of ['', 'id=01ab', 'id=01ab&side=left', 'id=&side=code', 'side=code']) {
      assert.equal(parsePatternQuery(query), undefined);
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

describe('text of others in Markdown', () => {
  it('is one line in which nothing means anything', () => {
    assert.equal(
      asPlainMarkdown('a [b](command:x)\n# `c` <d> $(zap)'),
      'a \\[b\\]\\(command:x\\) \\# \\`c\\` \\<d\\> \\$\\(zap\\)',
    );
  });
});
