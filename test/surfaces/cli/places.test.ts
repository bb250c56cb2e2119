import assert from 'node:assert/strict';
import { join } from 'node:path';

import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';

const MADE = { path: 'a.js', before: 'open(a);', after: 'openSafely(a);', line: 6 };
const PLACE = {
  path: 'b.js',
  startLine: 2,
  endLine: 3,
  before: '  open(b);',
  after: '  openSafely(b);',
};

describe('places', () => {
  let folder: TemporaryFolder;

  before(() => {
    folder = createTemporaryFolder({ 'a.js': 'openSafely(a);\n' });
  });

  after(() => {
    folder.remove();
  });

  it('shows what looked as the changed place did, and what it would become', async () => {
    const engine = createMemoryEngine({ repeated: [{ id: '1', made: MADE, places: [PLACE] }] });
    const { code, out } = await runCli(['places', 'a.js', '--lines', '1-3'], {
      engine,
      cwd: folder.path,
    });
    assert.equal(code, 0);
    assert.equal(out, 'like a.js:7\n  b.js:3\n    -   open(b);\n    +   openSafely(b);\n');
    assert.deepEqual(engine.calls[0], [
      'places',
      {
        file: join(folder.path, 'a.js'),
        folder: folder.path,
        source: { kind: 'file', text: 'openSafely(a);\n', lines: { start: 0, end: 2 } },
        isAsked: true,
      },
    ]);
  });

  it('says so where nothing else looks like that, and what it needs', async () => {
    const around = { cwd: folder.path };
    const { code, out } = await runCli(['places', '--commit', 'HEAD'], around);
    assert.deepEqual([code, out], [1, 'no other place looks like that\n']);
    const wrong = [
      ['a.js', '--commit', 'HEAD'],
      [],
      ['no.js'],
      ...['x', '3', '3-1', '0-2'].map((lines) => ['a.js', '--lines', lines]),
      ['--commit', 'HEAD', '--lines', '1-3'],
      ['--pattern', 'some', '--lines', '1-3'],
    ];
    for (const argv of wrong) {
      assert.equal((await runCli(['places', ...argv], around)).code, 2, argv.join(' '));
    }
  });
});
