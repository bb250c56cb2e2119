import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../../src/cli/commands.ts';
import type { Engine } from '../../../src/core/model/engine.ts';
import { localized } from '../../../src/core/model/localizedText.ts';
import { COMMITS, NO_HISTORY, SUMMARY } from '../../support/cli/cliAnswers.ts';
import { createMemoryEngine, type MemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';
import { PATTERNS } from '../../support/cli/cliPatterns.ts';

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

    it('takes the former name of an option', async () => {
      const named = createMemoryEngine();
      const former = createMemoryEngine();
      await runCli(['extract', '--since', '2024-05-31'], { engine: named, cwd: folder });
      await runCli(['extract', '--since-date', '2024-05-31'], { engine: former, cwd: folder });
      assert.deepEqual(former.calls, named.calls);
      const { out } = await runCli(['extract', '--help']);
      assert.ok(out.includes('--since <date>') && !out.includes('--since-date'));
    });

    it('passes settings that flags name to the engine', async () => {
      const flags = ['--min-complexity', '5', '--languages', 'ts,py', '--exclude', 'dist/**'];
      const more = ['--exclude', 'old/**, {gen,tmp/{a,b}}/**,x', '--exclude', '{y,z'];
      const { opened } = await runCli(['extract', ...flags, ...more]);
      assert.deepEqual(opened, [
        {
          library: undefined,
          configFlags: {
            extraction: {
              minComplexity: 5,
              languages: ['typescript', 'python'],
              exclude: ['dist/**', 'old/**', '{gen,tmp/{a,b}}/**', 'x', '{y', 'z'],
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
          seeksName: true,
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
        seeksName: true,
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
      const given = { surface: 'cli', versions: 'all', seeksName: true, text: 'a\nb\n' };
      const query = { filter: {}, folders: [], ...given };
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
      assert.match(found.out, /^nothing in shop: these are from all projects\n/);
      const strange = await runCli(['search', 'retries'], { engine: scoped([]) });
      const engine = scoped(['shop']);
      const place = { path: 'a.py', file: '/shop/a.py', line: 3, why: localized`a value` };
      const head = { name: 'MOST', kind: 'value', language: 'python', absence: 'value' } as const;
      const told = { ...head, ...place, signature: 'MOST = 5', code: 'MOST = 5', description: '' };
      const patterns: Engine['find']['patterns'] = async (query) => ({
        ...(await engine.find.patterns(query)),
        ...{ rows: [], total: 0, unknownName: { name: 'MOST', declared: [told] } },
      });
      const ofSource = await runCli(['search', 'MOST'], {
        engine: { ...engine, find: { patterns } },
      });
      assert.match(ofSource.out, /MOST = 5/);
      assert.doesNotMatch(ofSource.out, /all projects/);
      assert.doesNotMatch(strange.out, /all projects/);
      const bad = await runCli(['list', '--all', '--project', 'shop']);
      assert.equal(bad.code, 2);
    });

    it('says that a list is empty of the project one stands in, and what would show more', async () => {
      const engine = createMemoryEngine({ scope: { projects: ['shop'], widened: false } });
      const { code, out } = await runCli(['list', '--language', 'go'], { engine });
      assert.equal(code, 1);
      assert.match(out, /^nothing in shop; --all looks in all projects\nno pattern matches\n/);
    });

    it('mentions what was imported and waits to be accepted', async () => {
      const engine = createMemoryEngine({ waiting: { team: 3 } });
      const waits = /3 imported patterns wait to be accepted: pattern-foundry accept --pack team/;
      for (const argv of [['list'], ['search', 'retries'], ['list', '--language', 'go']]) {
        assert.match((await runCli(argv, { engine })).out, waits, argv.join(' '));
      }
    });

    it('pack list answers one question at a time', async () => {
      const { code, err } = await runCli(['pack', 'list', '--search', 'retry', '--versions', 'a']);
      assert.equal(code, 2);
      assert.match(err, /--search and --versions/);
    });

    it('list says what it counts: rows, changes one by one, or lessons, which are one a commit', async () => {
      const lastLine = async (...options: string[]): Promise<string | undefined> =>
        (await runCli(['list', ...options])).out.trimEnd().split('\n').at(-1);
      assert.equal(await lastLine('--limit', '1'), '1 of 3 listed; --limit shows more');
      assert.equal(
        await lastLine('--kind', 'fix'),
        '1 of 1 change, one for each function that a commit changed',
      );
      assert.match(
        (await lastLine('--lessons')) ?? '',
        / lessons?, one for each commit that tells /,
      );
      assert.match((await lastLine('--reuse')) ?? '', / patterns? to use again$/);
    });

    it('list answers an empty document with exit code 1', async () => {
      const { code, out } = await runCli(['list', '--language', 'go', '--json']);
      assert.deepEqual([code, out], [1, '{"patterns":[],"total":0}\n']);
    });

    it('show answers with the pattern', async () => {
      const { code, out } = await runCli(['show', 'feed', '--json']);
      assert.equal(code, 0);
      const history = { changes: 0, fixes: 0, tests: 0, gone: false };
      assert.deepEqual(JSON.parse(out), {
        ...{ pattern: FIX, history, changes: [], variants: [] },
        ...{ tests: [], deviations: [] },
      });
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
      assert.deepEqual(JSON.parse(out), {
        commits: [
          { ...COMMITS[0], kind: 'fix' },
          { ...COMMITS[1], kind: 'other' },
        ],
      });
    });

    it('shows the newest commits where that is asked for, and counts all', async () => {
      const { out } = await runCli(['history', '--limit', '1', '--json']);
      assert.deepEqual(JSON.parse(out), { commits: [{ ...COMMITS[0], kind: 'fix' }] });
      const shown = await runCli(['history', '-n', '1']);
      assert.match(shown.out, new RegExp(`^1 of ${COMMITS.length} commits: `, 'm'));
      assert.equal((await runCli(['history', '--limit', '0'])).code, 2);
    });

    it('answers an empty document with exit code 1', async () => {
      const engine = createMemoryEngine(EMPTY);
      const { code, out } = await runCli(['history', '--json'], { engine });
      assert.deepEqual([code, out], [1, '{"commits":[]}\n']);
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

  it('stats says what a state means that patterns are counted by', async () => {
    const engine = createMemoryEngine();
    const counts = await engine.library.stats();
    const stats = () => Promise.resolve({ ...counts, states: { live: 5, retired: 3 } });
    const { out } = await runCli(['stats'], {
      engine: { ...engine, library: { ...engine.library, stats } },
    });
    assert.match(out, /^live +5$/m);
    assert.match(out, /^retired: no longer in the code, or joined with a near duplicate +3$/m);
  });

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
