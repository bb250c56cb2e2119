import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { claudeLog, type LoggedDeed } from '../../../support/sessions/claudeLog.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { createTemporaryFolder } from '../../../support/temporaryFolder.ts';

const FAILS: LoggedDeed = { run: 'pytest tests', output: 'KeyError: 3', fails: true };
const PASSES: LoggedDeed = { run: 'pytest tests', output: '1 passed in 0.10s' };

describe('steps that mattered, in the report of a session', () => {
  const folder = createTemporaryFolder();
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());
  after(() => {
    folder.remove();
  });

  async function report(...deeds: readonly LoggedDeed[]) {
    const file = join(folder.path, 'one.jsonl');
    writeFileSync(file, claudeLog('one', '/projects/one', deeds));
    const { sessions } = await bench.engine.sessions.analyze({ names: [file] });
    const [steps] = sessions.map((session) => session.steps ?? []);
    const [md, html] = [
      await bench.engine.sessions.describe(sessions, 'md'),
      await bench.engine.sessions.describe(sessions, 'html'),
    ];
    return { steps: steps ?? [], md, html };
  }

  it('are those that made what it led to, with when and what', async () => {
    const { steps, md, html } = await report(
      FAILS,
      { edit: ['cart.py', 'a = 1', 'a = 2'] },
      PASSES,
    );
    assert.deepEqual(
      steps.map(({ step, at, what, faults }) => [step, at, what, faults]),
      [[2, '2026-01-05T10:02:00.000Z', 'change the code in `cart.py`', []]],
    );
    assert.match(md, /## Steps That Mattered\n\n\| Step .*\n.*\n\| 2 \| .* \| 100\.0% \|/);
    assert.match(html, /<h2>Steps That Mattered<\/h2>\n<table>.*change the code in `cart\.py`/);
  });

  it('are also where it went wrong first, with what speaks for it', async () => {
    const { steps, md } = await report({ edit: ['cart.py', 'a = 1', 'a = 2'] }, FAILS, {
      run: 'ls',
      output: 'cart.py',
    });
    const fault = steps.find(({ faults }) => faults.length > 0);
    assert.equal(fault?.step, 2);
    assert.equal(fault.what, 'run the tests by `pytest`: they fail');
    assert.match(fault.faults.join('\n'), /fails, and is passed over: KeyError: 3/);
    assert.match(md, /it fails, and is passed over/);
  });

  it('show no secret', async () => {
    const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
    const { steps } = await report({ run: `pip install git+https://${token}@host/x`, output: '' });
    assert.equal(steps.length, 1);
    assert.ok(!JSON.stringify(steps).includes(token));
  });
});
