import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands.ts';
import { localized } from '../../src/core/model/localizedText.ts';
import {
  COMMITS,
  NO_HISTORY,
  SUMMARY,
  createMemoryEngine,
  type MemoryEngine,
} from '../support/cliEngine.ts';
import { runCli } from '../support/cliIo.ts';
import { PATTERNS } from '../support/cliPatterns.ts';

const [RETRY, CART_TEST, FIX] = PATTERNS;
const EMPTY = { patterns: [], commits: [] };

describe('the commands', () => {
  let folder: string;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-cli-'));
    writeFileSync(join(folder, 'sum.py'), 'def total(a, b):\n    return a + b\n');
  });

  after(() => {
    rmSync(folder, { recursive: true });
  });

  describe('extract', () => {
    it('answers with the whole summary as one JSON document', async () => {
      const { code, out } = await runCli(['extract', '--json']);
      assert.equal(code, 0);
      const timings = { start: 0, ...SUMMARY.timings };
      assert.deepEqual(JSON.parse(out), { ...SUMMARY, timings });
    });

    it('tells on request what the time was spent on, the longest first', async () => {
      const { out } = await runCli(['extract', '--timings']);
      const [, timings = ''] = out.split('\nTimings\n');
      assert.deepEqual(
        timings
          .trim()
          .split(/\s*\n\s*/)
          .slice(0, 3),
        [
          'meaning                           1 min 5 s',
          'history                               4.1 s',
          'parsing and describing                1.5 s',
        ],
      );
      assert.doesNotMatch((await runCli(['extract'])).out, /Timings/);
    });

    it('passes folder, history and embedding on', async () => {
      const engine = createMemoryEngine();
      await runCli(['extract', 'sub', '--no-git', '--no-embed', '--since-date', '2024-05-31'], {
        engine,
        cwd: folder,
      });
      assert.deepEqual(engine.calls, [
        [
          'extract',
          { folder: join(folder, 'sub'), git: false, embed: false, sinceDate: '2024-05-31' },
        ],
        ['close'],
      ]);
    });

    it('passes settings that flags name to the engine', async () => {
      const flags = ['--min-complexity', '5', '--languages', 'ts,py', '--exclude', 'dist/**'];
      const { opened } = await runCli(['extract', ...flags, '--exclude', 'old/**']);
      assert.deepEqual(opened, [
        {
          library: undefined,
          configFlags: {
            extraction: {
              minComplexity: 5,
              languages: ['typescript', 'python'],
              exclude: ['dist/**', 'old/**'],
            },
          },
        },
      ]);
    });

    it('finds nothing where no pattern is', async () => {
      const summary = { ...SUMMARY, patterns: {}, reusable: [], lessons: [] };
      const { code } = await runCli(['extract'], { engine: createMemoryEngine({ summary }) });
      assert.equal(code, 1);
    });
  });

  describe('search', () => {
    it('answers with flat hits, best first', async () => {
      const { code, out } = await runCli(['search', 'retries', '--json']);
      assert.equal(code, 0);
      const signals = { words: 0.61, meaning: 0.22 };
      assert.deepEqual(JSON.parse(out), {
        hits: [
          {
            ...RETRY,
            history: NO_HISTORY,
            impression: 'aaaaaaaaaaaa.0',
            score: 0.83,
            signals,
            relevance: 0.83,
          },
        ],
      });
    });

    it('joins words, and passes filters and limits on', async () => {
      const engine = createMemoryEngine();
      const filters = ['--language', 'TS,go', '--kind', '!test', '--kind', 'fix', '--tag', 'cart'];
      const rest = ['--project', 'shop', '--limit', '7'];
      await runCli(['search', 'empty', 'cart', ...filters, ...rest], { engine, cwd: folder });
      assert.deepEqual(engine.calls[0], [
        'find',
        {
          text: 'empty cart',
          filter: {
            language: { any: ['typescript', 'go'] },
            kind: { any: ['fix'], not: ['test'] },
            tag: { any: ['cart'] },
            project: { any: ['shop'] },
          },
          folders: [folder],
          surface: 'cli',
          versions: 'folded',
          limit: 7,
        },
      ]);
    });

    it('takes a place in a file, with or without a column', async () => {
      const engine = createMemoryEngine();
      await runCli(['search', '--at', 'sum.py:2'], { engine, cwd: folder });
      await runCli(['search', '--at', 'sum.py:2:5'], { engine, cwd: folder });
      const at = { file: join(folder, 'sum.py'), line: 2 };
      const searches = engine.calls.filter(([name]) => name === 'find');
      const query = {
        filter: {},
        folders: [folder],
        surface: 'cli',
        versions: 'folded',
        text: '',
        at,
      };
      assert.deepEqual(searches, [
        ['find', query],
        ['find', query],
      ]);
    });

    it('reads a piece of code from standard input', async () => {
      const engine = createMemoryEngine();
      await runCli(['search', '-', '--all', '--all-versions'], { engine, stdin: 'a\nb\n' });
      const query = { filter: {}, folders: [], surface: 'cli', versions: 'all', text: 'a\nb\n' };
      assert.deepEqual(engine.calls[0], ['find', query]);
    });

    it('answers an empty document with exit code 1 when nothing is found', async () => {
      const { code, out } = await runCli(['search', 'zebra', '--json']);
      assert.deepEqual([code, out], [1, '{"hits":[]}\n']);
    });

    it('answers each line of standard input with one line, in order, past failures', async () => {
      const { code, out, opened } = await runCli(['search', '--stdin'], {
        stdin: 'retries\n\nboom\nzebra\r\ncart',
      });
      const lines = out.trimEnd().split('\n');
      const documents = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
      assert.equal(code, 0);
      assert.equal(opened.length, 1);
      assert.deepEqual(documents.slice(1, 4), [
        { hits: [] },
        { error: { code: 'library-damaged', message: 'the index is damaged' } },
        { hits: [] },
      ]);
      const names = documents.map(({ hits }) => (hits as { id: string }[] | undefined)?.[0]?.id);
      assert.deepEqual([names[0], names[4]], [RETRY?.id, CART_TEST?.id]);
    });
  });

  describe('list and show', () => {
    it('list answers with a page and the number of all', async () => {
      const { code, out } = await runCli(['list', '--limit', '1', '--json']);
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), {
        patterns: [{ ...RETRY, history: NO_HISTORY }],
        total: 3,
      });
    });

    it('says where answers come from that are not of the project one stands in', async () => {
      const scoped = (projects: readonly string[]): MemoryEngine =>
        createMemoryEngine({ scope: { projects, widened: true } });
      const found = await runCli(['list'], { engine: scoped(['shop']) });
      assert.match(found.out, /nothing in shop: these are from all projects/);
      const strange = await runCli(['search', 'retries'], { engine: scoped([]) });
      assert.doesNotMatch(strange.out, /all projects/);
      const bad = await runCli(['list', '--all', '--project', 'shop']);
      assert.equal(bad.code, 2);
    });

    it('list answers an empty document with exit code 1', async () => {
      const { code, out } = await runCli(['list', '--language', 'go', '--json']);
      assert.deepEqual([code, out], [1, '{"patterns":[],"total":0}\n']);
    });

    it('show answers with the pattern', async () => {
      const { code, out } = await runCli(['show', 'feed', '--json']);
      assert.equal(code, 0);
      const history = { changes: 0, fixes: 0, tests: 0, gone: false };
      assert.deepEqual(JSON.parse(out), { pattern: FIX, history, changes: [], variants: [] });
    });

    it('show answers null with exit code 1 for an unknown id', async () => {
      const { code, out } = await runCli(['show', '999', '--json']);
      assert.deepEqual([code, out], [1, '{"pattern":null}\n']);
    });
  });

  describe('history', () => {
    it('answers with how each commit is classified', async () => {
      const { code, out } = await runCli(['history', '--json']);
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), { commits: COMMITS });
    });

    it('answers an empty document with exit code 1', async () => {
      const engine = createMemoryEngine(EMPTY);
      const { code, out } = await runCli(['history', '--json'], { engine });
      assert.deepEqual([code, out], [1, '{"commits":[]}\n']);
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
        text: `${JSON.stringify(CART_TEST)}\n`,
      });
    });

    it('export writes a file and answers where', async () => {
      const { code, out } = await runCli(['export', '-o', 'all.pack', '--json'], { cwd: folder });
      const output = join(folder, 'all.pack');
      assert.equal(code, 0);
      assert.deepEqual(JSON.parse(out), { format: 'pack', count: 3, output });
      assert.equal(readFileSync(output, 'utf8').split('\n').length, 4);
    });

    it('export leaves writing SQLite to the engine', async () => {
      const engine = createMemoryEngine();
      await runCli(['export', '--format', 'sqlite', '-o', 'x.db'], { engine, cwd: folder });
      assert.deepEqual(engine.calls[0], ['export', { format: 'sqlite' }, join(folder, 'x.db')]);
    });

    it('export passes ids on', async () => {
      const engine = createMemoryEngine();
      await runCli(['export', '1a2b', 'feed', '--pack', 'team'], { engine });
      const options = { format: 'pack', ids: ['1a2b', 'feed'], pack: 'team' };
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
          ['export', { format: 'pack' }, pack],
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

  for (const name of ['stats', 'doctor', 'compact']) {
    it(`${name} answers with one document`, async () => {
      const { code, out } = await runCli([name, '--json']);
      assert.equal(code, 0);
      assert.equal(typeof JSON.parse(out), 'object');
      assert.equal(out.trimEnd().split('\n').length, 1);
    });
  }

  it('doctor ends with 1 when something is damaged', async () => {
    const engine = createMemoryEngine();
    const finding = { level: 'error', check: 'journal-lines' } as const;
    const findings = [{ ...finding, message: localized`2 lines lost` }];
    const { code, out } = await runCli(['doctor', '--rebuild', '--json'], {
      engine: {
        ...engine,
        library: { ...engine.library, doctor: () => Promise.resolve({ findings }) },
      },
    });
    assert.deepEqual(
      [code, JSON.parse(out)],
      [1, { findings: [{ ...finding, message: '2 lines lost' }] }],
    );
  });

  for (const { name, examples } of COMMANDS) {
    it(`${name} --help shows what it does, with examples`, async () => {
      const { code, out, opened } = await runCli([...name.split(' '), '--help']);
      assert.equal(code, 0);
      assert.match(out, new RegExp(`^Usage: pattern-foundry ${name}`));
      assert.match(out, /\nExamples:\n/);
      for (const [line] of examples) assert.ok(out.includes(`pattern-foundry ${line}`), line);
      assert.deepEqual(opened, []);
    });
  }
});
