import assert from 'node:assert/strict';

import { createLineIndex } from '../../../src/core/suggestions/lines/lineIndex.ts';
import { createLineShapes } from '../../../src/core/suggestions/lines/lineShape.ts';
import { renamedLines } from '../../../src/core/suggestions/lines/renamedLines.ts';

/** What follows, in a file, lines that are built like those before the cursor. */
function after(text: string, context: readonly string[], line = 1000) {
  const index = createLineIndex();
  index.put('a.js', text);
  return renamedLines(
    { lines: index.linesAround({ path: 'a.js', line }), context, line },
    () => true,
    createLineShapes(),
  );
}

describe('lines below lines that are built alike', () => {
  it('have the names and values of here', () => {
    const text = 'const size = read("size", 4);\ncheck(size, "size");\n';
    const { lines, found } = after(text, ['const width = read("width", 9);']);
    assert.equal(found, 1);
    assert.deepEqual(
      lines.map((one) => [one.text, one.matched, one.same]),
      [['check(width, "width");', 1, 0]],
    );
  });

  it('come first from where most lines before are built alike, then from where most places are', () => {
    const text = [
      ...['open(a, 1);', 'load(a).now;', 'close(a);'],
      ...['skip;', 'load(b).now;', 'drop(b);'],
      ...['skip;', 'load(c).now;', 'drop(c);'],
      ...['skip;', 'load(d).now;', 'free(d);', ''],
    ].join('\n');
    const { lines } = after(text, ['open(z, 1);', 'load(z).now;']);
    assert.deepEqual(
      lines.map((one) => [one.text, one.matched, one.count]),
      [
        ['close(z);', 2, 1],
        ['drop(z);', 1, 2],
        ['free(z);', 1, 1],
      ],
    );
  });

  it('tell how many of the lines before are the same to the letter', () => {
    const { lines } = after('start(x);\nopen(door);\nwalk();\n', ['start(y);', 'open(door);']);
    assert.deepEqual([lines[0]?.matched, lines[0]?.same], [2, 1]);
  });

  it('are none where one name would have to be two, and none at the cursor itself', () => {
    assert.deepEqual(after('swap(a, a);\ndone();\n', ['swap(x, y);']).lines, []);
    assert.deepEqual(after('load(a);\nload(b);\n', ['load(b);'], 1).lines.length, 1);
    assert.deepEqual(after('load(a);\nhalf writ', ['load(a);'], 0).lines, []);
  });

  it('leave out lines that are data, and look around the cursor in a long file', () => {
    const data = `values(${'1, '.repeat(200)}2);`;
    assert.deepEqual(after(`${data}\ndone();\n`, [data]).lines, []);
    const far = Array.from({ length: 9000 }, (_, at) => `step(${at === 8000 ? 'x' : '0'});`);
    const index = createLineIndex();
    index.put('a.js', far.join('\n'));
    const around = index.linesAround({ path: 'a.js', line: 8000 });
    assert.ok(around.some(({ line }) => line === 8000) && around.length < far.length);
    assert.equal(index.linesAround({ path: 'a.js', line: 0 })[0]?.line, 0);
  });
});
