import assert from 'node:assert/strict';
import { basename, dirname, join, resolve } from 'node:path';
import { BUILT_CLI, cliJson, runCli } from '../support/cli/builtCli.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../support/temporaryFolder.ts';

const PRINT_READ_FILES = resolve(import.meta.dirname, '../support/printReadFiles.cjs');

describe('large packages that few runs need', () => {
  let folder: TemporaryFolder;

  beforeEach(() => {
    folder = createTemporaryFolder();
  });

  afterEach(() => {
    folder.remove();
  });

  function place(): { readonly library: string; readonly cwd: string } {
    return { library: join(folder.path, 'library'), cwd: folder.path };
  }

  /** The packages beside the bundle that a run reads. */
  async function packagesRead(argv: readonly string[]): Promise<readonly string[]> {
    const env = { NODE_OPTIONS: `--require ${PRINT_READ_FILES}` };
    const { err } = await runCli({ ...place(), env }, argv);
    const packages = join(dirname(BUILT_CLI), 'packages');
    const files = err.split('\n').filter((line) => dirname(line) === packages);
    return files.map((file) => basename(file, '.js'));
  }

  it('are not read where nothing asks for them', async () => {
    folder.write({
      'code/plain.py': 'def add(a, b):\n    """Adds – in UTF-8."""\n    return a + b\n',
    });
    assert.deepEqual(await packagesRead(['--version']), []);
    const read = await packagesRead(['extract', 'code', '--no-embed']);
    const needless = ['jschardet', 'iconv-lite', 're2js', 'genai-prices', 'yaml'];
    assert.deepEqual(
      read.filter((name) => needless.includes(name)),
      [],
    );
  });

  it('are read for a file in another encoding and for settings', async () => {
    // A description in Chinese, in GB 18030.
    const description = Buffer.from('b7b5bbd8bdcfd0a1b5c4d2bbb0eb', 'hex');
    folder.write({
      'code/.pattern-foundry.yaml': 'extraction:\n  min_complexity: 1\n  min_lines: 2\n',
      'code/halves.py': Buffer.concat([
        Buffer.from('def smaller_half(x):\n    """'),
        description,
        Buffer.from('"""\n    if x % 2:\n        return (x - 1) // 2\n    return x // 2\n'),
      ]),
    });
    const read = await packagesRead(['extract', 'code', '--no-embed']);
    assert.ok(['jschardet', 'iconv-lite', 'yaml'].every((name) => read.includes(name)));
    const { patterns } = await cliJson<{ patterns: readonly { description: string }[] }>(place(), [
      'list',
    ]);
    assert.deepEqual(
      patterns.map(({ description: text }) => text),
      ['返回较小的一半'],
    );
  });
});
