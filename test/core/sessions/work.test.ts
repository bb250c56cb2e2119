import assert from 'node:assert/strict';
import type { WorkMetric } from '../../../src/core/model/sessions/sessionReport.ts';
import { openLog } from '../../../src/core/sessions/readLog.ts';
import { reportSession } from '../../../src/core/sessions/report/sessionReport.ts';
import { claudeRows, type ClaudeRows, writeClaudeLog } from '../../support/sessions/sessionLogs.ts';
import { createTemporaryFolder } from '../../support/temporaryFolder.ts';

const FAILED = { text: 'Exit code 1', isError: true };

/** The work of a session whose rows are a minute apart, from noon on. */
async function workOf(fill: (rows: ClaudeRows) => void): Promise<WorkMetric> {
  const home = createTemporaryFolder();
  try {
    const log = { id: 'looping', folder: '/shop', startMs: Date.UTC(2026, 4, 5, 12) };
    const rows = claudeRows(log).prompt('mend the cart');
    fill(rows);
    const [session] = (await openLog(writeClaudeLog(home.path, log, rows))?.read('')) ?? [];
    assert.ok(session !== undefined);
    return reportSession(session).work;
  } finally {
    home.remove();
  }
}

describe('loops and errors of a session', () => {
  it('tell when a command failed last, however often it worked afterwards', async () => {
    const work = await workOf((rows) => {
      rows.call('Bash', { command: 'make cart' }, FAILED);
      rows.call('Bash', { command: 'make cart' }, FAILED);
      rows.call('Bash', { command: 'make cart' });
    });
    const lastAt = '2026-05-05T12:04:00.000Z';
    assert.deepEqual(work.repeatedFailures, [{ command: 'make cart', times: 2, lastAt }]);
    assert.deepEqual(work.errors, { command: 2 });
    assert.deepEqual(work.lastErrors, { command: lastAt });
  });

  it('tell when a file was read last', async () => {
    const work = await workOf((rows) => {
      for (let time = 0; time < 3; time++) rows.call('Read', { file_path: '/shop/cart.ts' });
    });
    const lastAt = '2026-05-05T12:06:00.000Z';
    assert.deepEqual(work.repeatedReads, [{ path: '/shop/cart.ts', times: 3, lastAt }]);
    assert.deepEqual(work.lastErrors, {});
  });

  it('count what is called like something that every object has', async () => {
    const work = await workOf((rows) => {
      rows
        .call('Bash', { command: 'toString' }, FAILED)
        .call('Bash', { command: 'toString' }, FAILED);
      rows
        .call('Bash', { command: '__proto__' }, FAILED)
        .call('Bash', { command: '__proto__' }, FAILED);
    });
    assert.deepEqual(
      work.repeatedFailures.map(({ command, times }) => [command, times]),
      [
        ['toString', 2],
        ['__proto__', 2],
      ],
    );
  });
});
