import assert from 'node:assert/strict';
import type { TeamStatus } from '../../../src/core/model/api/team.ts';
import { createMemoryEngine } from '../../support/cli/cliEngine.ts';
import { runCli } from '../../support/cli/cliIo.ts';

describe('team status', () => {
  it('says how many patterns there are and wait, in words that fit one as well as many', async () => {
    const memory = createMemoryEngine();
    const lineFor = async (count: number): Promise<string | undefined> => {
      const status: TeamStatus = {
        ...{ address: 'https://t.example', team: 'crew', user: 'ann', role: 'writer' },
        ...{ trust: 'review', share: [], lastSync: null },
        ...{ known: count, own: 0, waiting: count, unsent: count },
      };
      const team = {
        ...memory.team,
        status: () => Promise.resolve(status),
        list: () => Promise.resolve([]),
      };
      const { out } = await runCli(['team', 'status'], { engine: { ...memory, team } });
      return out.split('\n')[1];
    };
    const waiting = (count: number): string =>
      `${count} waiting to be accepted, ${count} waiting to be sent`;
    assert.equal(await lineFor(1), `1 pattern shared, 0 by you; ${waiting(1)}`);
    assert.equal(await lineFor(2), `2 patterns shared, 0 by you; ${waiting(2)}`);
  });
});
