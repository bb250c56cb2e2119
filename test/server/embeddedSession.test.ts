import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DatabaseAway, type Database } from '../../src/server/database/database.ts';
import { openEmbedded } from '../../src/server/database/embedded.ts';
import { ASSETS } from '../support/assets.ts';

const PROBE = { name: 'probe', text: 'SELECT 7 AS seven' };
const WRONG = { name: 'wrong', text: 'SELECT $1::text::integer AS number' };

describe('the one session of the built-in database', () => {
  let folder: string;
  let database: Database;

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'pattern-foundry-session-'));
    database = await openEmbedded(join(dirname(ASSETS), 'embedded.js'), folder);
    await database.run(PROBE, []);
  });
  after(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const probe = (): Promise<readonly unknown[]> => database.run(PROBE, []);

  it('outlives statements that fail, alone and among others at the same time', async () => {
    await assert.rejects(database.run(WRONG, ['one']));
    assert.deepEqual(await probe(), [{ seven: 7 }]);
    const asked = Array.from({ length: 30 }, (_, at) =>
      at % 3 === 0 ? database.run(WRONG, ['one']) : probe(),
    );
    const ends = (await Promise.allSettled(asked)).map(({ status }) => status);
    assert.deepEqual(
      ends,
      asked.map((_, at) => (at % 3 === 0 ? 'rejected' : 'fulfilled')),
    );
  });

  it('is taken up by another connection, free of what the former one left', async () => {
    const leave = `RAISE EXCEPTION 'gone' USING ERRCODE = '57P01'`;
    const lost = database.transaction(async (run) => {
      await run(PROBE, []);
      await run({ name: 'leave', text: `DO $$ BEGIN ${leave}; END $$` }, []);
    });
    await assert.rejects(lost, DatabaseAway);
    assert.deepEqual(await probe(), [{ seven: 7 }]);
    const state = { name: 'state', text: 'SELECT pg_current_xact_id_if_assigned() AS xid' };
    assert.deepEqual(await database.run(state, []), [{ xid: null }]);
  });
});
