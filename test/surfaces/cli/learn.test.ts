import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../src/core/model/engine.ts';
import { openBench } from '../../support/engine/engine.ts';
import type { Bench } from '../../support/engine/engine.ts';
import { runCli } from '../../support/cli/cliIo.ts';
import { createTemporaryFolder } from '../../support/temporaryFolder.ts';

/** A run of mini-swe-agent: commands with their exit code and output. */
function run(...commands: readonly (readonly [string, number, string])[]): string {
  const messages = commands.flatMap(([command, code, output]) => [
    { role: 'assistant', content: `THOUGHT: go\n\n\`\`\`bash\n${command}\n\`\`\`` },
    { role: 'user', content: `<returncode>${code}</returncode>\n<output>\n${output}\n</output>` },
  ]);
  const begin = [
    { role: 'system', content: 'You are helpful.' },
    { role: 'user', content: 'Mend it.' },
  ];
  return JSON.stringify({ info: { exit_status: 'Submitted' }, messages: [...begin, ...messages] });
}

describe('learn', () => {
  const folder = createTemporaryFolder();
  let bench: Bench;

  before(async () => {
    bench = await openBench();
    mkdirSync(join(folder.path, 'runs'));
    for (const name of ['one', 'two', 'three']) {
      const text = run(
        ['python check.py', 1, "ModuleNotFoundError: No module named 'shop'"],
        [`mkdir shop && touch shop/__init__.py`, 0, ''],
        ['python check.py', 0, 'ok'],
      );
      writeFileSync(join(folder.path, 'runs', `${name}.traj.json`), text);
    }
  });
  after(async () => {
    await bench.close();
    folder.remove();
  });

  const asked = (...argv: readonly string[]) =>
    runCli(['learn', ...argv], { engine: staying(bench.engine), cwd: folder.path });

  it('errors: prints those of a folder of logs with what mended them', async () => {
    const { code, out } = await asked('errors', join(folder.path, 'runs'));
    assert.equal(code, 0);
    assert.match(out, /^module_not_found_error_no_module_named {2}3 × in 3 sessions\n/);
    assert.match(out, /ModuleNotFoundError: No module named 'shop'\n/);
  });

  it('errors --json: one document, with null where there is no common fix', async () => {
    const { out } = await asked('errors', join(folder.path, 'runs'), '--json');
    const { errors } = JSON.parse(out) as { errors: Record<string, unknown>[] };
    assert.deepEqual(Object.keys(errors[0] ?? {}).sort(), [
      'examples',
      'frequency',
      'name',
      'sessions',
      'signature',
      'suggestedFix',
    ]);
    assert.deepEqual(errors[0]?.['sessions'], ['one', 'three', 'two']);
  });

  it('errors: shows no secret that a program printed', async () => {
    const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
    const log = join(folder.path, 'secret.traj.json');
    writeFileSync(log, run(['python check.py', 1, `RuntimeError: cannot log in with ${token}`]));
    const { out } = await asked('errors', log, '--json');
    assert.match(out, /RuntimeError: cannot log in with/);
    assert.ok(!out.includes(token));
  });

  it('errors: names what is not there, and exits with 1', async () => {
    const { code, err } = await asked('errors', 'nosuch');
    assert.equal(code, 1);
    assert.match(err, /there is no session or log "nosuch"/);
  });

  it('attribute --json: shares that add up to 1, the first fault and notes', async () => {
    const log = join(folder.path, 'runs', 'one.traj.json');
    const { code, out } = await asked('attribute', log, '--json');
    assert.equal(code, 0);
    const found = JSON.parse(out) as {
      method: string;
      contributions: [number, number][];
      firstFault: unknown;
      notes: string[];
    };
    assert.equal(found.method, 'heuristic');
    assert.equal(found.firstFault, null, 'the error was got over');
    assert.ok(Math.abs(found.contributions.reduce((sum, [, share]) => sum + share, 0) - 1) < 1e-9);
    assert.ok(found.notes.some((note) => note.startsWith('heuristic stands in: no model is set')));
  });

  it('attribute: tells what each step was', async () => {
    const { out } = await asked('attribute', join(folder.path, 'runs', 'one.traj.json'));
    assert.match(
      out,
      /^Steps that led to the result:\n {2}step 2: 100 % {2}add `shop\/__init__\.py`\n/,
    );
  });

  it('attribute --like: compares with other logs where there is no repository', async () => {
    const [log, other] = ['one', 'two'].map((name) =>
      join(folder.path, 'runs', `${name}.traj.json`),
    );
    const like = ['attribute', log ?? '', '--like', other ?? ''];
    const { code, out } = await asked(...like, '--method', 'counterfactual', '--json');
    assert.equal(code, 0);
    assert.equal(toJson(out)['method'], 'matched-pairs');
    const refused = await asked(...like, '--method', 'simple');
    assert.equal(refused.code, 2);
    assert.match(refused.err, /--like goes with --method counterfactual/);
  });

  it('attribute: refuses a method it does not know and a log that is not there', async () => {
    const log = join(folder.path, 'runs', 'one.traj.json');
    assert.equal((await asked('attribute', log, '--method', 'magic')).code, 2);
    const { code, err } = await asked('attribute', 'nosuch');
    assert.equal(code, 2);
    assert.match(err, /session-not-found/);
  });

  it('reads sessions once, and tells what they taught', async () => {
    const runs = join(folder.path, 'runs');
    const first = await asked(runs, '--outcome', 'success', '--json').then(toJson);
    assert.deepEqual(
      [first['sessions'], first['learned'], first['strategies'], first['batch']],
      [3, 3, 1, null],
    );
    assert.equal((await asked(runs, '--json').then(toJson))['learned'], 0);
    const status = await asked('status', '--json').then(toJson);
    assert.deepEqual(status['outcomes'], { success: 3, failure: 0, unknown: 0 });
    const { strategies } = (await asked('strategies', '--json').then(toJson)) as {
      strategies: { id: string; sessions: string[] }[];
    };
    assert.equal(strategies[0]?.sessions.length, 3);
    const shown = await asked('show', strategies[0].id);
    assert.match(shown.out, /When: ModuleNotFoundError/);
    assert.match((await asked('show', 'one')).out, /^mini-swe-agent one: success/);
    assert.equal((await asked('show', 'nobody')).code, 1);
    const recalled = await asked('recall', 'no', 'module', 'named', 'shop');
    assert.match(recalled.out, /^worked: Mend it\./);
    const rows = (await asked('export')).out.trim().split('\n').map(toJson);
    assert.deepEqual(new Set(rows.map(({ kind }) => kind)), new Set(['sampling', 'refinement']));
  });

  it('aside and restore: what was set aside, why, and how it comes back', async () => {
    const nothing = await asked('aside');
    assert.deepEqual([nothing.code, nothing.out], [0, 'no session is set aside\n']);
    const why = 'it taught nothing';
    const facts = { task: 'look around', endedAt: '2026-01-01T00:00:00.000Z', why };
    const sessions = ['codex b', 'codex a'].map((session) => ({ session, ...facts }));
    const taken: unknown[] = [];
    const learning = {
      ...bench.engine.learning,
      aside: () => Promise.resolve(sessions),
      takeBack: (names: readonly string[] | undefined) => {
        taken.push(names);
        return Promise.resolve(['codex a', 'codex b'].slice(0, names?.length));
      },
    };
    const ask = (...argv: readonly string[]) =>
      runCli(['learn', ...argv], { engine: staying({ ...bench.engine, learning }) });
    const { out } = await ask('aside', '--limit', '1');
    assert.equal(
      out,
      [
        'codex b, ended 2026-01-01T00:00:00.000Z\n  look around\n  it taught nothing',
        'and 1 more; --limit shows more',
        'pattern-foundry learn restore takes sessions back\n',
      ].join('\n\n'),
    );
    assert.deepEqual(await ask('aside', '--json').then(toJson), { sessions });
    assert.equal((await ask('restore', 'a')).out, 'restored 1 session\n');
    assert.deepEqual(await ask('restore', '--all', '--json').then(toJson), {
      restored: ['codex a', 'codex b'],
    });
    assert.deepEqual(taken, [['a'], undefined]);
  });

  it('takes nothing learned for an answer, as a script expects of an empty list', async () => {
    const empty = await openBench();
    const engine = staying(empty.engine);
    const strategies = await runCli(['learn', 'strategies', '--json'], { engine });
    const status = await runCli(['learn', 'status', '--json'], { engine });
    await empty.close();
    assert.deepEqual([strategies.code, toJson(strategies.out)], [0, { strategies: [] }]);
    assert.deepEqual([status.code, toJson(status.out)['sessions']], [0, 0]);
  });

  it('recall: tells what to do, without what came of it that time', async () => {
    const log = join(folder.path, 'tested.traj.json');
    const commands = [
      ['pytest tests', 1, 'AssertionError: 1 is not 2'],
      ["sed -i 's/1/2/' till.py", 0, ''],
      ['pytest tests', 0, '1 passed in 0.10s'],
    ] as const;
    writeFileSync(log, run(...commands).replace('Mend it.', 'Correct the till.'));
    await asked(log, '--outcome', 'success');
    const { out } = await asked('recall', 'correct the till');
    assert.match(out, /\n {2}do: run the tests by `pytest`\n/);
    assert.doesNotMatch(out, /they (?:fail|pass)/);
  });

  it('refuses what makes no sense together', async () => {
    assert.equal((await asked('one', '--all')).code, 2);
    assert.equal((await asked('--outcome', 'success')).code, 2);
    assert.equal((await asked('one', '--outcome', 'maybe')).code, 2);
    assert.equal((await asked('attribute', 'one', '--tests-in', '.')).code, 2);
    assert.equal((await asked('attribute', 'one', '--network')).code, 2);
    assert.equal((await asked('restore')).code, 2);
    assert.equal((await asked('restore', 'one', '--all')).code, 2);
  });
});

function toJson(answer: string | { readonly out: string }): Record<string, unknown> {
  const text = typeof answer === 'string' ? answer : answer.out;
  return JSON.parse(text) as Record<string, unknown>;
}

/** Each command closes its engine; these share one. */
function staying(engine: Engine): Engine {
  return { ...engine, close: () => Promise.resolve() };
}
