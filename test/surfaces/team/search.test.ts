import assert from 'node:assert/strict';
import type { TeamFound } from '../../../src/core/model/api/team.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli, type CliRun } from '../../support/cli/cliIo.ts';

const FOUND: TeamFound = {
  ...{ name: 'retry_call', description: 'tries again\nthrice', kind: 'function', language: null },
  ...{ author: 'ann', helpful: 2, votes: 3, code: '', pattern: null },
};

describe('team search', () => {
  const memory = createMemoryEngine();
  const asked: unknown[] = [];
  const run = (found: readonly TeamFound[], by_meaning: boolean, ...argv: string[]) => {
    const search = (text: string, limit: number) => {
      asked.push([text, limit]);
      return Promise.resolve({ found, total: found.length, by_meaning });
    };
    const engine = { ...memory, team: { ...memory.team, search } };
    return runCli(['team', 'search', ...argv], { engine });
  };

  it('shows who shared what, whether it is here, and when meaning had no part in it', async () => {
    const { out, code } = await run([FOUND], true, 'try', 'again', '--limit', '3');
    assert.deepEqual([code, asked.at(-1)], [0, ['try again', 3]]);
    assert.match(out, /not synced +retry_call +ann +2 of 3 +tries again\n$/);
    const byWords = await run([{ ...FOUND, pattern: '0123456789abcdef' }], false, 'again');
    assert.match(byWords.out, /01234567 +retry_call[\s\S]*searched by words alone/);
    const none: CliRun = await run([], true, 'nothing');
    assert.deepEqual([none.code, none.out], [1, 'the team has shared nothing like that\n']);
  });

  it('refuses what no server would take', async () => {
    assert.equal((await run([], true, 'x'.repeat(1001))).code, 2);
    assert.equal((await run([], true, 'x', '--limit', '201')).code, 2);
  });
});
