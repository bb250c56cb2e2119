import assert from 'node:assert/strict';
import { COMMANDS } from '../../../src/cli/commands.ts';
import { AppError } from '../../../src/core/model/errors.ts';
import { localized } from '../../../src/core/model/localizedText.ts';
import type { Progress } from '../../../src/core/model/api/watch.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';
import type { Io } from '../../../src/cli/io.ts';
import { changePattern, codePattern } from '../../support/cli/cliPatterns.ts';

const ESCAPE = '\u001b';
const PROGRESS: readonly Progress[] = [
  { stage: 'files', done: 1, total: 2, patterns: 3 },
  { stage: 'files', done: 2, total: 2, patterns: 5 },
];

describe('the command line', () => {
  it('prints the version', async () => {
    assert.deepEqual(await runCli(['--version']), { code: 0, out: '1.2.3\n', err: '', opened: [] });
  });

  it('shows its commands when asked nothing', async () => {
    const { code, out } = await runCli([]);
    assert.equal(code, 0);
    assert.match(out, /\n {2}search .*\n/);
    assert.match(out, /\nExamples:\n/);
  });

  it('shows what a group of commands is about where its next word is missing', async () => {
    for (const group of ['team', 'pack', 'adapters', 'learn', 'team key']) {
      const { code, out, err, opened } = await runCli(group.split(' '));
      if (COMMANDS.some(({ name }) => name === group)) continue;
      assert.deepEqual([code, err, opened], [0, '', []], group);
      assert.match(out, new RegExp(`^Usage: pattern-foundry ${group} `));
      for (const { name } of COMMANDS.filter((command) => command.name.startsWith(`${group} `))) {
        const [next = ''] = name.slice(group.length + 1).split(' ');
        assert.match(out, new RegExp(`\\n {2}${next} .*[a-z]`), name);
      }
    }
  });

  it('shows by help what --help shows', async () => {
    for (const [words, flags] of [
      [['help'], ['--help']],
      [
        ['help', 'list'],
        ['list', '--help'],
      ],
    ] as const) {
      const shown = await runCli(words);
      assert.equal(shown.code, 0);
      assert.deepEqual(shown, await runCli(flags));
    }
  });

  it('takes global options before and after the command', async () => {
    const before = await runCli(['--library', 'x', '--json', 'list']);
    const after = await runCli(['list', '--json', '--library', 'x']);
    assert.deepEqual(before, after);
    assert.equal(before.opened[0]?.library, 'x');
  });

  for (const [argv, message] of [
    [['frobnicate'], /unknown command 'frobnicate'/],
    [['help', 'frobnicate'], /unknown command 'frobnicate'/],
    [['search', 'retry', '-test'], /unknown option '-test'.* goes behind --/],
    [['search', '-1 index'], /search -- -1/],
    [['list', '--frobnicate'], /unknown option '--frobnicate'/],
    [['serch'], /did you mean search\?/],
    [['show'], /missing required argument 'id'/],
    [['show', 'a', 'b'], /too many arguments/],
    [['search'], /nothing to look for/],
    [['search', 'x', '--limit', 'many'], /--limit is "many", not a whole number from 1 to 1000/],
    [['search', 'x', '--limit', '0'], /--limit is "0"/],
    [['search', 'x', '--limit'], /argument missing/],
    [['search', 'x', '--min-relevance', '2'], /--min-relevance is "2", not a number from 0 to 1/],
    [['search', 'x', '--kind', 'thing'], /not one of function, class/],
    [['search', 'x', '--language', 'klingon'], /"klingon" is not a known language/],
    [['search', '--at', 'nowhere'], /--at is "nowhere", not a file and a line/],
    [['search', '--at', 'nowhere.ts:3'], /there is no file/],
    [['search', 'x', '--stdin'], /standard input only/],
    [['extract', '--since', 'yesterday'], /--since is "yesterday", not a date/],
    [['extract', '--since-date', '2024-02-31'], /not a date/],
    [['rate', 'a', '6'], /"6" is not up, down/],
    [['rate', 'a', 'constructor'], /"constructor" is not up, down/],
    [['edit', 'a'], /nothing to change/],
    [['forget'], /id of a pattern, --project or --pack/],
    [['forget', 'a', '--project', 'b'], /give either/],
    [['restore', '--pack', 'a', '--project', 'b'], /give either/],
    [['accept'], /id of a pattern or --pack/],
    [['add', 'nowhere.ts'], /nowhere.ts cannot be read: there is no such file/],
    [['export', '--format', 'xml'], /--format is "xml"/],
    [['export', '--format', 'sqlite'], /needs --output/],
    [['list', '--library', ''], /--library is empty/],
    [['import', 'team.pack', '--pack', ''], /--pack is empty/],
  ] as const) {
    it(`refuses ${argv.join(' ')} as a bad argument, in text and in JSON`, async () => {
      const text = await runCli([...argv]);
      assert.deepEqual([text.code, text.out, text.opened], [2, '', []]);
      assert.match(text.err, message);
      const json = await runCli(['--json', ...argv]);
      const { error } = JSON.parse(json.out) as { error: { code: string; message: string } };
      assert.deepEqual([json.code, json.err, error.code], [2, '', 'bad-argument']);
      assert.match(error.message, message);
    });
  }

  it('says a failure with its code and what to do, on standard error', async () => {
    const { code, out, err } = await runCli(['rate', '999', 'up']);
    assert.deepEqual([code, out], [2, '']);
    assert.match(
      err,
      /^error: no pattern has the id 999\n.*list or pattern-foundry search \(pattern-not-found\)\n$/,
    );
  });

  it('says a library that cannot be opened, and a bug, with stable codes', async () => {
    for (const [thrown, code] of [
      [new AppError('library-on-shared-drive', localized`no`), 'library-on-shared-drive'],
      [new TypeError('x is not a function'), 'internal-error'],
    ] as const) {
      const open = (): Promise<never> => Promise.reject(thrown);
      const run = await runCli(['stats', '--json'], { open });
      assert.equal(run.code, 2);
      assert.deepEqual(JSON.parse(run.out), { error: { code, message: thrown.message } });
    }
  });

  it('says every command that could not in one document and nothing else', async () => {
    const open = (): Promise<never> =>
      Promise.reject(new AppError('disk-full', localized`no room`));
    const operands: Readonly<Record<string, readonly string[]>> = {
      search: ['retry'],
      show: ['ffffffff'],
      edit: ['ffffffff', '--name', 'x'],
      rate: ['ffffffff', 'up'],
      versions: ['ffffffff'],
      rollback: ['ffffffff', '41d0'],
      compare: ['ffffffff', '77b0d411'],
      outcome: ['aaaaaaaaaaaa.0', 'accepted'],
      why: ['aaaaaaaaaaaa.0'],
      forget: ['ffffffff'],
      dismiss: ['ffffffff', 'a.py:3'],
      restore: ['--project', 'shop'],
      accept: ['--pack', 'team'],
      import: ['-'],
      resolve: ['an issue'],
      'experiment run': ['places', '--fixes'],
      'experiment show': ['places'],
      'experiment compare': ['places'],
      'experiment export': ['places'],
      'experiment import': ['loc_outputs.jsonl', 'lite.jsonl'],
      'experiment forget': ['places'],
      inject: ['--task', 'a task'],
      context: ['a task'],
      'adapters merge': ['--adapters', 'x'],
      'adapters show': ['v1'],
      'adapters activate': ['v1'],
      'adapters evaluate': ['v1'],
      'learn attribute': ['run.traj'],
      'learn show': ['ffffffff'],
      'learn recall': ['a task'],
      'learn restore': ['--all'],
      'pack build': ['out', '--name', 'fixes'],
      'pack sign': ['out'],
      'pack verify': ['out'],
      'pack add': ['fixes'],
      'pack remove': ['fixes'],
      'team connect': ['http://127.0.0.1:1'],
      'team share': ['ffffffff'],
      'team take': ['ffffffff'],
      'team search': ['retry'],
      'team key add': ['ann'],
      'team key rotate': ['f'],
      'team key revoke': ['f'],
    };
    // Whoever names a server in a client's file or serves a team needs no library.
    const without = ['mcp install', 'serve'];
    for (const { name } of COMMANDS.filter((command) => !without.includes(command.name))) {
      const run = await runCli([...name.split(' '), ...(operands[name] ?? []), '--json'], {
        open,
        stdin: '{}',
      });
      assert.equal(run.code, 2, name);
      assert.equal(run.out, '{"error":{"code":"disk-full","message":"no room"}}\n', name);
    }
  });

  it('refuses an empty token before anything is opened', async () => {
    for (const token of ['', ' ']) {
      const env = { PATTERN_FOUNDRY_MCP_TOKEN: token };
      const { code, err, opened } = await runCli(['mcp', '--http'], { env });
      assert.deepEqual([code, opened], [2, []]);
      assert.match(err, /PATTERN_FOUNDRY_MCP_TOKEN is empty/);
    }
  });

  it('closes the library after an answer and after a failure', async () => {
    for (const argv of [['list'], ['rate', '999', 'up']]) {
      const engine = createMemoryEngine();
      await runCli(argv, { engine });
      assert.deepEqual(engine.calls.at(-1), ['close']);
    }
  });

  it('keeps progress out of standard output', async () => {
    for (const columns of [undefined, 80]) {
      const engine = createMemoryEngine({ progress: PROGRESS });
      const { out, err } = await runCli(['extract', '--json'], {
        engine,
        ...(columns !== undefined && { columns }),
      });
      assert.doesNotThrow(() => JSON.parse(out) as unknown);
      assert.match(err, /reading files/);
    }
  });

  it('stops when interrupted, keeps what was found and says so', async () => {
    let interrupt = (): void => undefined;
    const engine = createMemoryEngine({
      progress: PROGRESS,
      pause: () => {
        interrupt();
        return Promise.resolve();
      },
    });
    let released = 0;
    const onInterrupt: Io['onInterrupt'] = (listener) => {
      interrupt = () => {
        listener('SIGINT');
      };
      return () => released++;
    };
    const { code, out, err } = await runCli(['extract'], { engine, onInterrupt });
    assert.equal(code, 130);
    assert.match(out, /stopped; what was found is kept; run again to go on/);
    assert.match(err, /stopping/);
    assert.equal(released, 1);
  });

  it('says that a job without an answer was stopped', async () => {
    let interrupt = (): void => undefined;
    const engine = createMemoryEngine({
      progress: PROGRESS,
      pause: () => {
        interrupt();
        return Promise.resolve();
      },
    });
    const onInterrupt: Io['onInterrupt'] = (listener) => {
      interrupt = () => {
        listener('SIGTERM');
      };
      return () => undefined;
    };
    const { code, out } = await runCli(['history', '--json'], { engine, onInterrupt });
    assert.equal(code, 143);
    assert.equal((JSON.parse(out) as { error: { code: string } }).error.code, 'stopped');
  });

  describe('colours', () => {
    const coloured = async (
      argv: readonly string[],
      env: Record<string, string>,
      columns?: number,
    ): Promise<boolean> => {
      const { out } = await runCli(['search', 'retries', ...argv], {
        env,
        ...(columns !== undefined && { columns }),
      });
      return out.includes(ESCAPE);
    };

    for (const [what, expected, argv, env, columns] of [
      ['are shown on a terminal', true, [], {}, 80],
      ['are not shown elsewhere', false, [], {}, undefined],
      ['are not shown with NO_COLOR', false, [], { NO_COLOR: '1' }, 80],
      ['are shown with an empty NO_COLOR', true, [], { NO_COLOR: '' }, 80],
      ['are not shown with --no-color', false, ['--no-color'], { FORCE_COLOR: '1' }, 80],
      ['are not shown on a dumb terminal', false, [], { TERM: 'dumb' }, 80],
      ['are shown anywhere with FORCE_COLOR', true, [], { FORCE_COLOR: '1' }, undefined],
      ['are not shown with FORCE_COLOR=0', false, [], { FORCE_COLOR: '0' }, 80],
      ['are not shown with both', false, [], { FORCE_COLOR: '1', NO_COLOR: '1' }, 80],
    ] as const) {
      it(what, async () => {
        assert.equal(await coloured(argv, env, columns), expected);
      });
    }
  });

  describe('hostile text', () => {
    const EVIL = `a${ESCAPE}]0;owned\u0007b${ESCAPE}[2Jc\u009b31md\re\u202ef\u0000`;
    const hostile = [
      codePattern({
        name: EVIL,
        code: EVIL,
        description: EVIL,
        tags: [EVIL],
        signature: EVIL,
        framework: EVIL,
        provenance: { ...codePattern().provenance, path: EVIL, author: EVIL, project: EVIL },
        valueSignals: { [EVIL]: 1 },
      }),
      changePattern({ name: EVIL, before: EVIL, after: `${EVIL}!`, message: EVIL, issues: [EVIL] }),
    ];
    // eslint will not take control characters in a literal; these are all but tab and line feed.
    const UNSAFE = new RegExp('[^\\P{Cc}\\n\\t]|\\u202e', 'u');

    for (const argv of [
      ['search', 'a'],
      ['list'],
      ['show', '1a2b'],
      ['show', 'feed'],
      ['extract'],
    ]) {
      it(`is neutralised by ${argv.join(' ')}`, async () => {
        const engine = createMemoryEngine({
          patterns: hostile,
          summary: {
            ...(await createMemoryEngine().jobs.extract({ folder: '.', git: true, embed: true })),
            reusable: hostile,
            lessons: hostile,
            project: EVIL,
            notes: [localized`${EVIL}`],
            files: { seen: 1, parsed: 1, unchanged: 0, skipped: { [EVIL]: 1 } },
          },
        });
        const { out } = await runCli(argv, { engine });
        assert.match(out, /a␛\]0;owned/);
        assert.doesNotMatch(out, UNSAFE);
      });
    }

    it('is neutralised in errors', async () => {
      const { err } = await runCli(['rate', EVIL, 'up']);
      assert.match(err, /a␛\]0;owned/);
      assert.doesNotMatch(err, UNSAFE);
    });

    it('stays as it is in JSON', async () => {
      const engine = createMemoryEngine({ patterns: hostile });
      const { out } = await runCli(['show', '1a2b', '--json'], { engine });
      assert.deepEqual((JSON.parse(out) as { pattern: unknown }).pattern, hostile[0]);
    });
  });
});
