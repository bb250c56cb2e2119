import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdit, readEdits } from '../../../../src/core/resolution/generation/searchReplace.ts';

function written(path: string, search: string, replace: string): string {
  return `### ${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;
}

describe('edits as models write them', () => {
  it('are read with their paths, whatever is said around them', () => {
    const answer = [
      'I think\n```\n',
      written('a/b.py', 'x = 1', 'x = 2'),
      '```\nand\n',
      written('`c.py`', '', 'new'),
    ].join('');
    assert.deepEqual(readEdits(answer), [
      { path: 'a/b.py', search: 'x = 1', replace: 'x = 2' },
      { path: 'c.py', search: '', replace: 'new' },
    ]);
    assert.deepEqual(
      readEdits(written('a.py', 'x', 'y').replaceAll('\n', '\r\n')),
      readEdits(written('a.py', 'x', 'y')),
    );
  });

  it('may hold lines that underline a title', () => {
    const [search, replace] = ['Title\n=====\nold', 'Title\n=====\nnew'];
    assert.deepEqual(readEdits(written('a.md', search, replace)), [
      { path: 'a.md', search, replace },
    ]);
  });

  it('are left out where they have no end or no path', () => {
    assert.deepEqual(readEdits('### a.py\n<<<<<<< SEARCH\nx\n=======\ny\n'), []);
    assert.deepEqual(readEdits('<<<<<<< SEARCH\nx\n=======\ny\n>>>>>>> REPLACE'), []);
    assert.deepEqual(readEdits('### a.py\nx\n=======\ny\n>>>>>>> REPLACE'), []);
  });

  it('are read in linear time', () => {
    const hostile = '<<<<<<< SEARCH\n'.repeat(20_000) + '#'.repeat(200_000) + ' '.repeat(200_000);
    assert.deepEqual(readEdits(hostile), []);
  });

  it('reach the first and the last line of a file, with a line feed at its end or without', () => {
    for (const end of ['\n', '']) {
      const text = `first\nmiddle\nlast${end}`;
      const edited = (search: string): string | undefined =>
        applyEdit(text, { search, replace: 'other' });
      assert.equal(edited('first'), `other\nmiddle\nlast${end}`);
      assert.equal(edited('last'), `first\nmiddle\nother${end}`);
      assert.equal(edited('middle\nlast'), `first\nother${end}`);
    }
  });

  it('keep line ends and take the indentation of the file', () => {
    assert.equal(
      applyEdit('def f():\r\n    a()\r\n    b()\r\n', {
        search: 'a()\nb()',
        replace: 'if x:\n    a()\nb()',
      }),
      'def f():\r\n    if x:\r\n        a()\r\n    b()\r\n',
    );
  });

  it('are refused where the lines are not there, or more than once', () => {
    assert.equal(applyEdit('a\na\n', { search: 'a', replace: 'b' }), undefined);
    assert.equal(applyEdit('a\n', { search: 'c', replace: 'b' }), undefined);
    assert.equal(applyEdit(undefined, { search: 'c', replace: 'b' }), undefined);
    assert.equal(applyEdit('a\n', { search: '', replace: 'b' }), undefined);
    assert.equal(applyEdit(undefined, { search: '', replace: 'b' }), 'b\n');
  });

  it('put any lines of a text in the place of others', () => {
    const line = fc.constantFrom('a', 'b', 'c', '  d', 'e = 1');
    fc.assert(
      fc.property(fc.uniqueArray(line, { minLength: 1 }), fc.nat(4), (lines, at) => {
        const sought = lines[at % lines.length] ?? '';
        const edited = applyEdit(lines.join('\n'), { search: sought, replace: 'new' });
        assert.deepEqual(
          edited?.split('\n').map((one) => one.trim()),
          lines.map((one) => (one === sought ? 'new' : one.trim())),
        );
      }),
    );
  });
});
