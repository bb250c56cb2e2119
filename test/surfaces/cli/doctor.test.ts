import assert from 'node:assert/strict';

import { localized } from '../../../src/core/model/localizedText.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';

describe('doctor', () => {
  it('says how what a damaged file held is brought back', async () => {
    const engine = createMemoryEngine();
    const asked: unknown[] = [];
    const run = (...more: string[]): ReturnType<typeof runCli> =>
      runCli(['doctor', ...more], {
        engine: {
          ...engine,
          library: {
            ...engine.library,
            doctor(repair) {
              asked.push(repair);
              const message = localized`2 facts are left`;
              const finding = { level: 'error', check: 'journal-recoverable', message } as const;
              return Promise.resolve({ findings: repair === 'recover' ? [] : [finding] });
            },
          },
        },
      });
    const { code, out } = await run();
    assert.equal(code, 1);
    assert.match(out, /pattern-foundry doctor --recover writes back what is left of it\n$/);
    assert.equal((await run('--recover')).code, 0);
    assert.deepEqual(asked, [undefined, 'recover']);
  });
});
