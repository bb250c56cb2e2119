import assert from 'node:assert/strict';

import { createLineIndex } from '../../../src/core/suggestions/lines/lineIndex.ts';

const any = (): boolean => true;
/** A line that no file of these has. */
const NOWHERE = 1000;

function following(
  files: Readonly<Record<string, string>>,
  context: readonly string[],
  path: string,
) {
  const index = createLineIndex();
  for (const [file, text] of Object.entries(files)) index.put(file, text);
  return index.following(context, { path, line: NOWHERE }, any);
}

describe('lines that follow lines', () => {
  it('follow the longest context that is known', () => {
    const files = {
      'a.py': 'open(door)\nwalk(in)\nsit(down)\n',
      'b.py': 'open(window)\nwalk(in)\nlook(around)\n',
    };
    const found = following(files, ['open(window)', 'walk(in)'], 'c.py');
    assert.equal(found?.matched, 2);
    assert.deepEqual(
      found.votes.map(({ text }) => text),
      ['look(around)'],
    );
  });

  it('are the same whatever their layout, and blank lines count as not there', () => {
    const found = following({ 'a.go': '\tif  x {\n\n\t\treturn   y\n' }, ['if x {'], 'b.go');
    assert.deepEqual(
      found?.votes.map(({ text, indent }) => [text, indent]),
      [['return y', '\t\t']],
    );
  });

  it('of the same file count three times, of the same folder one and a half', () => {
    const files = {
      'x/a.py': 'start()\nstop_here()\n',
      'x/b.py': 'start()\nstop_beside()\n',
      'y/c.py': 'start()\nstop_afar()\n',
    };
    const found = following(files, ['start()'], 'x/a.py');
    assert.deepEqual(
      found?.votes.map(({ text, weight }) => [text, weight]),
      [
        ['stop_here()', 3],
        ['stop_beside()', 1.5],
        ['stop_afar()', 1],
      ],
    );
  });

  it('are those of the text a file has now', () => {
    const index = createLineIndex();
    index.put('a.py', 'start()\nformer()\n');
    index.put('a.py', 'start()\npresent()\n');
    assert.deepEqual(
      index
        .following(['start()'], { path: 'b.py', line: NOWHERE }, any)
        ?.votes.map(({ text }) => text),
      ['present()'],
    );
    index.drop('a.py');
    assert.equal(index.following(['start()'], { path: 'b.py', line: NOWHERE }, any), undefined);
    assert.equal(index.size, 0);
  });

  it('never reach from one file into the next', () => {
    assert.equal(
      following({ 'a.py': 'first()\nlast()\n', 'b.py': 'other()\n' }, ['last()'], 'c.py'),
      undefined,
    );
  });

  it('stay right when most of what was read has been replaced', () => {
    const index = createLineIndex();
    index.put('kept.py', 'kept_start()\nkept_end()\n');
    const lines = Array.from({ length: 3000 }, (_, at) => `line_${at}()`);
    for (let round = 0; round < 20; round += 1) {
      index.put('busy.py', [...lines, `round_${round}()`].join('\n'));
    }
    assert.equal(index.size, 3003);
    const after = (line: string) =>
      index.following([line], { path: 'x.py', line: NOWHERE }, any)?.votes.map((v) => v.text);
    assert.deepEqual(after('kept_start()'), ['kept_end()']);
    assert.deepEqual(after('line_2999()'), ['round_19()']);
  });
});
