import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';
import { PATTERNS } from '../../support/cli/cliPatterns.ts';

const [, CART_TEST] = PATTERNS;

describe('the commands that change the library', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-cli-'));
    writeFileSync(join(folder, 'sum.py'), 'def total(a, b):\n    return a + b\n');
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  describe('dismiss', () => {
    const at = (path: string, line: number, mark: string) => {
      const position = { line: line - 1, character: 0 };
      return { path, mark, range: { start: position, end: position } };
    };
    const deviations = [at('a.py', 3, '00000001'), at('a.py', 9, '00000002'), at('b.py', 4, '3')];
    const id = CART_TEST?.id ?? '';

    it('takes the place that show lists out of sight', async () => {
      for (const [place, mark] of [
        ['a.py:9', '00000002'],
        ['b.py', '3'],
      ] as const) {
        const engine = createMemoryEngine({ deviations });
        const { code, out } = await runCli(['dismiss', id.slice(0, 6), place], { engine });
        assert.equal(code, 0);
        assert.match(out, /^[ab]\.py:\d is no longer shown\n$/);
        assert.deepEqual(engine.calls.at(1), ['dismiss', id, mark]);
      }
    });

    it('dismisses nothing where no place or several are meant', async () => {
      const engine = createMemoryEngine({ deviations });
      assert.equal((await runCli(['dismiss', id, 'c.py:1'], { engine })).code, 1);
      assert.equal((await runCli(['dismiss', id, 'a.py'], { engine })).code, 2);
      const unknown = await runCli(['dismiss', 'ffff', 'a.py:3'], { engine });
      assert.match(unknown.err, /there is no pattern ffff/);
      assert.ok(engine.calls.every(([name]) => name !== 'dismiss'));
    });
  });

  describe('add and edit', () => {
    it('add keeps the code of a file with what is said of it', async () => {
      const engine = createMemoryEngine();
      const said = ['--name', 'total', '--description', 'adds up', '--tags', 'a, b'];
      const { code, out } = await runCli(['add', 'sum.py', ...said, '--json'], {
        engine,
        cwd: folder,
      });
      assert.equal(code, 0);
      assert.deepEqual(engine.calls[0], [
        'add',
        {
          code: 'def total(a, b):\n    return a + b\n',
          path: 'sum.py',
          place: { file: join(folder, 'sum.py'), firstLine: 0, lastLine: 1 },
          name: 'total',
          description: 'adds up',
          tags: ['a', 'b'],
        },
      ]);
      assert.equal((JSON.parse(out) as { pattern: { name: string } }).pattern.name, 'total');
    });

    it('add reads files and standard input of any encoding, and says what is no text', async () => {
      const engine = createMemoryEngine();
      const code = "const größe = 'groß';\n";
      const utf16 = Buffer.from(`\ufeff${code}`, 'utf16le');
      writeFileSync(join(folder, 'wide.ts'), utf16);
      writeFileSync(join(folder, 'western.ts'), Buffer.from(code, 'latin1'));
      writeFileSync(join(folder, 'picture.ts'), Buffer.from([0x89, 0x50, 0, 0, 1, 2]));
      const placeOf = (file: string) => ({
        ...{ file: join(folder, file), firstLine: 0, lastLine: 0 },
      });
      for (const file of ['wide.ts', 'western.ts']) {
        assert.equal((await runCli(['add', file], { engine, cwd: folder })).code, 0);
      }
      const wrong = await runCli(['add', 'picture.ts'], { engine, cwd: folder });
      assert.equal(wrong.code, 2);
      assert.match(wrong.err, /picture\.ts cannot be read: it is not text/);
      assert.deepEqual(
        engine.calls.filter(([call]) => call === 'add'),
        [
          ['add', { code, path: 'wide.ts', place: placeOf('wide.ts') }],
          ['add', { code, path: 'western.ts', place: placeOf('western.ts') }],
        ],
      );
    });

    it('add keeps the lines of a file however they end', async () => {
      for (const [code, lastLine] of [
        ['x', 0],
        ['x\n', 0],
        ['x\r\ny\r\n', 1],
        ['x\ry\r', 1],
        ['x\n\n', 1],
      ] as const) {
        const engine = createMemoryEngine();
        writeFileSync(join(folder, 'ends.py'), code);
        await runCli(['add', 'ends.py'], { engine, cwd: folder });
        const [, draft] = engine.calls[0] as [string, { place: { lastLine: number } }];
        assert.equal(draft.place.lastLine, lastLine, JSON.stringify(code));
      }
    });

    it('add reads standard input without a file', async () => {
      const engine = createMemoryEngine();
      await runCli(['add', '--language', 'py'], { engine, stdin: 'x = 1' });
      assert.deepEqual(engine.calls[0], ['add', { code: 'x = 1', language: 'python' }]);
    });

    it('edit changes what is given and nothing else', async () => {
      const engine = createMemoryEngine();
      await runCli(['edit', '1a2b', '--tags', '', '--code', '-'], { engine, stdin: 'y = 2' });
      assert.deepEqual(engine.calls[0], ['edit', '1a2b', { tags: [], code: 'y = 2' }]);
    });
  });

  describe('rate', () => {
    it('answers with the id and the statistics', async () => {
      const { code, out } = await runCli(['rate', '1a2b', 'up', '--json']);
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), {
        id: '1a2b3c4d5e6f7081',
        ratingCount: 1,
        successCount: 1,
        avgRating: 5,
        successRate: { mean: 0.71, low: 0.4, high: 0.92, weight: 2 },
      });
    });

    for (const [word, rating] of [
      ['up', 5],
      ['down', 1],
      ['3', 3],
      ['none', undefined],
    ] as const) {
      it(`takes ${word} for ${rating ?? 'no rating'}`, async () => {
        const engine = createMemoryEngine();
        const where = ['--session', 's1', '--task', 't1'];
        const { code } = await runCli(['rate', '1a2b', word, ...where], { engine });
        assert.equal(code, 0);
        const context = { session: 's1', task: 't1' };
        assert.deepEqual(engine.calls[0], ['rate', '1a2b', rating, context]);
      });
    }
  });

  describe('forget, restore and accept', () => {
    for (const [argv, call, document] of [
      [['forget', '1a2b'], ['forget', { pattern: '1a2b' }, false], 'forgotten'],
      [['forget', '1a2b', '--purge'], ['forget', { pattern: '1a2b' }, true], 'forgotten'],
      [['restore', '1a2b'], ['restore', { pattern: '1a2b' }], 'restored'],
      [['accept', '1a2b'], ['accept', { pattern: '1a2b' }], 'accepted'],
    ] as const) {
      it(`${argv.join(' ')} answers with the ids`, async () => {
        const engine = createMemoryEngine();
        const { code, out } = await runCli([...argv, '--json'], { engine });
        assert.equal(code, 0);
        assert.deepEqual(engine.calls[0], call);
        const ids = (JSON.parse(out) as Record<string, unknown>)[document];
        assert.deepEqual(ids, ['1a2b3c4d5e6f7081']);
      });
    }

    for (const [argv, call, expected] of [
      [['forget', '--project', 'shop'], ['forget', { project: 'shop' }, false], 0],
      [['restore', '--project', 'shop'], ['restore', { project: 'shop' }], 0],
      [['accept', '--pack', 'team'], ['accept', { pack: 'team' }], 1],
    ] as const) {
      it(`${argv.join(' ')} ends with ${expected} where there is no pattern`, async () => {
        const engine = createMemoryEngine();
        const { code } = await runCli([...argv], { engine });
        assert.equal(code, expected);
        assert.deepEqual(engine.calls[0], call);
      });
    }
  });

  describe('export and import', () => {
    it('export prints the text itself', async () => {
      const { code, out } = await runCli(['export', '--format', 'jsonl', '--language', 'python']);
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), CART_TEST);
    });

    it('export puts the text into one document with --json', async () => {
      const { out } = await runCli(['export', '--language', 'python', '--json']);
      assert.deepEqual(JSON.parse(out), {
        format: 'pack',
        count: 1,
        projects: [],
        text: `${JSON.stringify(CART_TEST)}\n`,
      });
    });

    it('export writes a file and answers where', async () => {
      const { code, out } = await runCli(['export', '-o', 'all.pack', '--json'], { cwd: folder });
      const output = join(folder, 'all.pack');
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), { format: 'pack', count: 3, projects: [], output });
      assert.equal(readFileSync(output, 'utf8').split('\n').length, 4);
    });

    it('export leaves writing SQLite to the engine', async () => {
      const engine = createMemoryEngine();
      await runCli(['export', '--format', 'sqlite', '-o', 'x.out'], { engine, cwd: folder });
      const options = { format: 'sqlite', folders: [folder] };
      assert.deepEqual(engine.calls[0], ['export', options, join(folder, 'x.out')]);
    });

    for (const [name, format] of [
      ['fixes.jsonl', 'jsonl'],
      ['whole.sqlite', 'sqlite'],
      ['team.pack', 'pack'],
      ['no-extension', 'pack'],
    ] as const) {
      it(`export writes what the name ${name} says`, async () => {
        const engine = createMemoryEngine();
        await runCli(['export', '-o', name], { engine, cwd: folder });
        const options = { format, folders: [folder] };
        assert.deepEqual(engine.calls[0], ['export', options, join(folder, name)]);
      });
    }

    it('export takes every project with --all', async () => {
      const engine = createMemoryEngine();
      await runCli(['export', '--all'], { engine, cwd: folder });
      assert.deepEqual(engine.calls[0], ['export', { format: 'pack', folders: [] }, undefined]);
    });

    it('export passes ids on', async () => {
      const engine = createMemoryEngine();
      await runCli(['export', '1a2b', 'feed', '--pack', 'team'], { engine, cwd: folder });
      const options = { format: 'pack', folders: [folder], ids: ['1a2b', 'feed'], pack: 'team' };
      assert.deepEqual(engine.calls[0], ['export', options, undefined]);
    });

    it('export and import leave files to the engine, and tell how far it is', async () => {
      const progress = [{ stage: 'import', done: 512, total: 2048, patterns: 3 } as const];
      const engine = createMemoryEngine({ progress });
      const pack = join(folder, 'told.pack');
      await runCli(['export', '-o', 'told.pack'], { engine, cwd: folder });
      const { err } = await runCli(['import', 'told.pack'], { engine, cwd: folder });
      assert.deepEqual(
        engine.calls.filter(([name]) => name !== 'close'),
        [
          ['export', { format: 'pack', folders: [folder] }, pack],
          ['import', { file: pack }, 'told'],
        ],
      );
      assert.match(err, /reading patterns · 512\/2,048 bytes · 3 patterns/);
    });

    it('import names a pack after its file and counts bad lines', async () => {
      writeFileSync(join(folder, 'team.jsonl'), '{}\nrubbish\n{}\n');
      const { code, out } = await runCli(['import', 'team.jsonl', '--json'], { cwd: folder });
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), {
        pack: 'team',
        imported: 2,
        unchanged: 0,
        bad: [{ line: 2, reason: 'is not JSON' }],
        badCount: 1,
        stopped: false,
      });
    });
  });
});
