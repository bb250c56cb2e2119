import assert from 'node:assert/strict';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';

describe('outcome', () => {
  it('passes on what became of an impression and says what is known', async () => {
    const engine = createMemoryEngine();
    const words = ['outcome', 'aaaaaaaaaaaa.0', 'accepted', '--use', 'copied'];
    const { code, out } = await runCli(words, { engine });
    assert.equal(code, 0);
    assert.match(out, /: accepted$/m);
    assert.deepEqual(engine.calls.slice(0, 1), [
      ['outcome', 'aaaaaaaaaaaa.0', { kind: 'accepted', use: 'copied' }],
    ]);
  });

  for (const words of [
    ['liked'],
    ['accepted', '--share', '0.5'],
    ['edited', '--share', '2'],
    ['edited', '--use', 'copied'],
    ['accepted', '--use', 'eaten'],
  ]) {
    it(`refuses ${words.join(' ')}`, async () => {
      const engine = createMemoryEngine();
      const { code, out } = await runCli(['outcome', 'a.0', ...words, '--json'], { engine });
      assert.equal(code, 2);
      assert.match(out, /bad-argument/);
      assert.deepEqual(engine.calls, []);
    });
  }
});
