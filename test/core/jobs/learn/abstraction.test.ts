import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { LoggedDeed } from '../../../support/sessions/claudeLog.ts';
import { createLogFolder, type LogFolder } from '../../../support/sessions/logFolder.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

const PASSES: LoggedDeed = { run: 'pytest tests', output: '1 passed in 0.10s' };

/** Reads what stands in a file and hands it on in its own way. */
const loader = (name: string, rest: string): string =>
  [
    `def ${name}(path):`,
    '    if not os.path.exists(path):',
    '        raise MissingSettings(path)',
    '    with open(path, encoding="utf-8") as handle:',
    '        found = json.load(handle)',
    `    ${rest}`,
    '',
  ].join('\n');

const SUM = [
  'def sum_prices(items):',
  '    total = 0',
  '    for item in items:',
  '        if item.ok:',
  '            total += item.price',
  '    return total',
  '',
].join('\n');

describe('what the code of several sessions has in common', () => {
  let bench: Bench;
  let logs: LogFolder;

  beforeEach(async () => {
    bench = await openBench();
    logs = createLogFolder();
  });
  afterEach(async () => {
    await bench.close();
    logs.remove();
  });

  /** @param id the name of its project, and a number */
  function write(id: string, deeds: readonly LoggedDeed[], day: number): void {
    logs.write(id, [...deeds, PASSES], Date.UTC(2026, 0, day));
  }
  const batch = () => bench.engine.learning.learn({ names: [logs.path], batch: true });
  const learned = async (): Promise<readonly (readonly [string, string])[]> =>
    (await bench.engine.learning.lessons('code')).map(({ name, text }) => [name, text] as const);
  const reasonsOf = async (id: string): Promise<readonly string[]> =>
    (await bench.engine.learning.experience(id)).reasons.filter((one) => one.startsWith('code '));

  it('is a function that both wrote, with the reasons for keeping it', async () => {
    write('shop-1', [{ edit: ['a.py', '', SUM] }], 1);
    write('cart-2', [{ edit: ['b.py', '', SUM.replaceAll('item', 'row')] }], 2);
    assert.equal((await batch()).batch?.patterns, 1);
    assert.deepEqual(
      (await learned()).map(([name]) => name),
      ['sum_prices'],
    );
    assert.deepEqual(await reasonsOf('shop-1'), [
      'code that recurs, sum_prices: kept: new to the library; general: in sessions of several projects; complexity 3 in 6 lines',
    ]);
    const [first] = await bench.engine.learning.lessons('code');
    assert.deepEqual(first?.sessions, ['claude-code cart-2', 'claude-code shop-1']);
  });

  it('is nothing that did not survive the session: written over, removed or taken back', async () => {
    const made: LoggedDeed = { edit: ['a.py', '', SUM] };
    write('shop-1', [made], 1);
    write('cart-2', [made, { edit: ['a.py', SUM, 'total = sum(prices)\n'] }], 2);
    write('till-3', [made, { run: 'rm -r a.py', output: '' }], 3);
    write('bill-4', [made, { run: 'git checkout -- .', output: '' }], 4);
    assert.equal((await batch()).batch?.patterns, 0);
    assert.deepEqual(await learned(), []);
  });

  it('is nothing of one project alone unless many sessions wrote it, nor what is too simple', async () => {
    const plain = 'def name_of(item):\n    name = item.name\n    text = name\n    return text\n';
    write('shop-1', [{ edit: ['a.py', '', SUM + plain] }], 1);
    write('shop-2', [{ edit: ['b.py', '', SUM] }], 2);
    write('cart-3', [{ edit: ['b.py', '', plain] }], 3);
    assert.equal((await batch()).batch?.patterns, 0);
    assert.deepEqual(await reasonsOf('shop-1'), [
      'code that recurs, name_of: not kept: too simple: 4 lines without a branch',
      'code that recurs, sum_prices: not kept: only 2 sessions of one project have it',
    ]);
    write('shop-4', [{ edit: ['c.py', '', SUM] }], 4);
    assert.equal((await batch()).batch?.patterns, 1);
    assert.match(
      (await reasonsOf('shop-1'))[1] ?? '',
      /general: in at least 3 sessions of one project/,
    );
  });

  it('is a template where they wrote the same steps in functions that differ', async () => {
    const wrote = [
      [
        'shop-1',
        loader('load_users', 'return sorted(found)'),
        'for row in rows:\n        add(row)',
      ],
      ['cart-2', loader('load_rates', 'cache.update(found)'), 'while rows:\n        rows.pop()'],
      ['till-3', loader('load_tills', 'print(len(found))'), 'level = depth + 1\n    go(level)'],
    ] as const;
    for (const [at, [id, code, other]] of wrote.entries()) {
      const plain = `\n\ndef run_${at}(rows, depth):\n    ${other}\n    return rows\n`;
      write(id, [{ edit: [`${id}.py`, '', code + plain] }], at + 1);
    }
    await batch();
    const lessons = await bench.engine.learning.lessons('code');
    assert.deepEqual(
      lessons.map(({ text, sessions }) => [text, sessions.length]),
      [
        [
          [
            'if not os.path.exists(path):',
            '    raise MissingSettings(path)',
            'with open(path, encoding="utf-8") as handle:',
            '    found = json.load(handle)',
          ].join('\n'),
          3,
        ],
      ],
    );
  });

  it('is the shape of a change that they made, whatever the variables are called', async () => {
    write(
      'shop-1',
      [{ edit: ['a.py', 'rates = yaml.load(text)', 'rates = yaml.safe_load(text)'] }],
      1,
    );
    write('cart-2', [{ edit: ['b.py', 'x = yaml.load(page)', 'x = yaml.safe_load(page)'] }], 2);
    write('till-3', [{ edit: ['b.py', 'x = yaml.dump(page)', 'x = yaml.safe_dump(page)'] }], 3);
    await batch();
    const [strategy, ...others] = await bench.engine.learning.lessons('strategy');
    assert.equal(others.length, 0);
    assert.equal(
      strategy?.text,
      'When: Python code says `$1 = $2.load($3)`\nDo:\n1. say `$1 = $2.safe_load($3)` instead',
    );
    assert.equal(strategy.sessions.length, 2);
  });

  it('is found once, however often it is looked for', async () => {
    write('shop-1', [{ edit: ['a.py', '', SUM] }], 1);
    write('cart-2', [{ edit: ['b.py', '', SUM] }], 2);
    await batch();
    const { journalBytes } = await bench.engine.library.stats();
    const again = await batch();
    assert.deepEqual([again.learned, again.batch?.patterns], [0, 0]);
    const after = await bench.engine.library.stats();
    // A batch is recorded, and no session anew.
    assert.ok(after.journalBytes - journalBytes < 600);
  });

  it('is recorded in no session anew because one more session wrote it', async () => {
    const grown: number[] = [];
    for (const at of [1, 2, 3, 4, 5]) {
      const { journalBytes } = await bench.engine.library.stats();
      write(`shop${at}-1`, [{ edit: ['a.py', '', SUM] }], at);
      await batch();
      grown.push((await bench.engine.library.stats()).journalBytes - journalBytes);
    }
    const [, , third = 0, , fifth = 0] = grown;
    assert.ok(fifth < third + 300, grown.join());
  });

  it('is no lesson any more once the code of a project holds it, unless it was rated', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'shop-'));
    try {
      write('shop-1', [{ edit: ['a.py', '', SUM] }], 1);
      write('cart-2', [{ edit: ['b.py', '', SUM] }], 2);
      await batch();
      assert.equal((await learned()).length, 1);
      writeFileSync(join(folder, 'a.py'), SUM);
      await bench.engine.jobs.extract({ folder, embed: false, git: false }, {});
      await batch();
      assert.deepEqual(await learned(), []);
      assert.match((await reasonsOf('shop-1'))[0] ?? '', /not kept: the library has it/);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
