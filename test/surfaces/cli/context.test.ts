import assert from 'node:assert/strict';
import { resolve } from 'node:path';
import type { TaskContext } from '../../../src/core/model/api/prompts.ts';
import { localized } from '../../../src/core/model/localizedText.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';

const CONTEXT: TaskContext = {
  text: '# Context\n\n- `src/a.ts`\n',
  tokens: 12,
  files: [{ path: 'src/a.ts', score: 1, why: [localized`it says so`], tests: ['test/a.test.ts'] }],
  similar: [],
  fixes: [],
  patterns: [],
  leftOut: [{ id: 'aa', name: 'old', reason: 'gone', detail: localized`gone`, excerpt: '' }],
  look: 'aaaaaaaaaaaa.0',
  warnings: [localized`old was left out`],
};

describe('context', () => {
  it('prints the text, and all reasons as one JSON document', async () => {
    const engine = createMemoryEngine({ context: CONTEXT });
    const { code, out, err } = await runCli(['context', 'do', 'it'], { engine });
    assert.deepEqual([code, out], [0, CONTEXT.text]);
    assert.match(err, /^left out: old \(aa\): gone\n.*outcome aaaaaaaaaaaa\.0 passed/);
    const json = await runCli(['context', 'do', 'it', '--json'], { engine });
    assert.deepEqual(JSON.parse(json.out), {
      ...CONTEXT,
      files: [{ path: 'src/a.ts', score: 1, why: ['it says so'], tests: ['test/a.test.ts'] }],
      leftOut: [{ id: 'aa', name: 'old', reason: 'gone', detail: 'gone', excerpt: '' }],
      warnings: ['old was left out'],
    });
  });

  it('asks for the task in the folder named, within the budget', async () => {
    const engine = createMemoryEngine();
    const argv = ['context', 'do', 'it', '--repo', 'web', '--budget', '100'];
    const { code } = await runCli(argv, { engine, cwd: '/work' });
    assert.equal(code, 1, 'nothing helps');
    assert.deepEqual(engine.calls[0], [
      'context',
      { task: 'do it', folder: resolve('/work', 'web'), tokenBudget: 100 },
    ]);
    assert.equal((await runCli(['context', ' '])).code, 2);
  });
});
