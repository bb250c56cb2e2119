import assert from 'node:assert/strict';
import type { Pattern } from '../../../../src/core/model/pattern.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { listed } from '../../../support/engine/found.ts';
import {
  claudeRows,
  writeClaudeLog,
  type ClaudeRows,
} from '../../../support/sessions/sessionLogs.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../../support/temporaryFolder.ts';

/** Two functions that are worth keeping, under any name. */
const CODE = {
  clamp: (name: string) =>
    `def ${name}(value, low, high):\n    if value < low:\n        return low\n    if value > high:\n        return high\n    return value\n`,
  total: (name: string) =>
    `def ${name}(items):\n    total = 0\n    for item in items:\n        if item.price is None:\n            continue\n        total += item.price * item.count\n    return total\n`,
};

describe('learning from sessions of agents', () => {
  let home: TemporaryFolder;
  let bench: Bench;

  beforeEach(async () => {
    home = createTemporaryFolder();
    bench = await openBench(undefined, Date.now, undefined, home.path);
    bench.write('old.py', `${CODE.clamp('clamp_old')}\n\n${CODE.total('total_rest')}`);
    await bench.extract();
  });
  afterEach(async () => {
    await bench.close();
    home.remove();
  });

  const PASSED = { text: '==== 3 passed in 0.1s ====' };
  const FAILED = { text: 'Exit code 1\n==== 1 failed, 2 passed in 0.1s ====', isError: true };

  function session(id: string, build: (rows: ClaudeRows) => ClaudeRows): string {
    const log = { id, folder: bench.project, startMs: Date.now() - 3_600_000 };
    return writeClaudeLog(home.path, log, build(claudeRows(log).prompt('do it')));
  }

  const writes = (path: string, content: string): Readonly<Record<string, string>> => ({
    file_path: `${bench.project}/${path}`,
    content,
  });

  async function patternNamed(name: string): Promise<Pattern> {
    const { patterns } = await listed(bench.engine, {}, 50);
    return patterns.find((pattern) => pattern.name === name) ?? assert.fail(name);
  }

  it('takes patterns from the files that one which succeeded changed, and tells what it used', async () => {
    const fresh = CODE.clamp('fresh').replace('value < low', 'value <= low or value is None');
    const again = CODE.clamp('again');
    bench.write('new.py', `${fresh}\n\n${again}`);
    session('good', (rows) =>
      rows
        .call('Write', writes('new.py', `${fresh}\n\n${again}`))
        .call('Bash', { command: 'pytest -q' }, PASSED),
    );
    const { id } = await patternNamed('clamp_old');
    const weightOf = async (): Promise<number | undefined> =>
      (await bench.engine.patterns.show(id))?.successRate.weight;
    const [learned] = await bench.engine.sessions.learn({ names: ['good'] });
    assert.deepEqual(learned?.files, ['new.py']);
    assert.deepEqual([learned.outcome, learned.told], ['success', 1]);
    await patternNamed('fresh');
    const weight = await weightOf();
    assert.ok((weight ?? 0) > 0);
    assert.equal((await patternNamed('total_rest')).successRate.weight, 0);
    const [twice] = await bench.engine.sessions.learn({ names: ['good'] });
    assert.equal(twice?.told, 0);
    assert.equal(await weightOf(), weight);
  });

  it('blames a failure on what was used since the tests last passed alone', async () => {
    session('bad', (rows) =>
      rows
        .call('Write', writes('one.py', CODE.clamp('first')))
        .call('Bash', { command: 'pytest -q' }, PASSED)
        .call('Write', writes('two.py', CODE.total('second')))
        .call('Bash', { command: 'pytest -q' }, FAILED),
    );
    const before = await patternNamed('total_rest');
    const [learned] = await bench.engine.sessions.learn({ names: ['bad'] });
    assert.deepEqual([learned?.outcome, learned?.files, learned?.told], ['failure', [], 1]);
    const { successRate: blamed } = await patternNamed('total_rest');
    assert.ok(blamed.weight > 0 && blamed.mean < before.successRate.mean);
    assert.equal((await patternNamed('clamp_old')).successRate.weight, 0);
  });

  it('of all sessions takes those that succeeded', async () => {
    session('good', (rows) =>
      rows
        .call('Write', writes('new.py', CODE.clamp('again')))
        .call('Bash', { command: 'pytest -q' }, PASSED),
    );
    session('bad', (rows) => rows.call('Bash', { command: 'pytest -q' }, FAILED));
    session('silent', (rows) => rows.say('done'));
    const learned = await bench.engine.sessions.learn({ names: [] });
    assert.deepEqual(
      learned.map(({ id }) => id),
      ['good'],
    );
    await assert.rejects(bench.engine.sessions.learn({ names: ['none'] }), {
      code: 'session-not-found',
    });
  });

  it('reports which patterns were put into it, and which it wrote again', async () => {
    const path = session('good', (rows) =>
      rows.call('Write', writes('new.py', CODE.clamp('again'))).say('done'),
    );
    const shown = await patternNamed('total_rest');
    await bench.engine.outcomes.show({
      ...{ surface: 'mcp', session: 'good', shown: [{ pattern: shown.id }] },
    });
    const { sessions } = await bench.engine.sessions.analyze({ names: [path] });
    const [report] = sessions;
    assert.deepEqual(
      report?.patterns.map(({ name, evidence, used }) => [name, evidence, used]),
      [['clamp_old', 'code', true]],
    );
    assert.equal(report.exactness.patterns, 'estimate');
  });
});
