import assert from 'node:assert/strict';
import pg from 'pg';
import type { ChangePage } from '../../src/core/model/team/wire.ts';
import { describeTeamServer } from '../contracts/teamServer.ts';
import { describeMeaning } from '../contracts/teamServerMeaning.ts';
import { describeMisuse } from '../contracts/teamServerMisuse.ts';
import type { TeamServerOptions } from '../../src/server/serve.ts';
import { postgresFolder, startPostgres, type TestPostgres } from '../support/team/postgres.ts';
import { openTestServer, pair, type TestServer } from '../support/team/teamServer.ts';

const bin = postgresFolder();

// Where PostgreSQL is not installed, the contract is tried on the built-in one alone.
if (bin !== undefined) {
  let postgres: TestPostgres;
  before(async () => {
    postgres = await startPostgres(bin);
  });
  after(() => postgres.stop());
  const open = (options?: Partial<TeamServerOptions>): Promise<TestServer> =>
    openTestServer({ databaseUrl: postgres.url, ...options });

  describeTeamServer('PostgreSQL', () => open());
  describeMisuse('PostgreSQL', () => open());
  describeMeaning('PostgreSQL', open, async () => {
    const client = new pg.Client({ connectionString: postgres.url });
    await client.connect();
    const { rowCount } = await client.query(
      "SELECT 1 FROM pg_available_extensions WHERE name = 'vector'",
    );
    await client.end();
    return rowCount === 1;
  });

  describe('team servers on one PostgreSQL', () => {
    let first: TestServer;
    let second: TestServer;

    before(async () => {
      await clear(postgres.url);
      [first, second] = await Promise.all([open(), open()]);
      await Promise.all([first.server.ready, second.server.ready]);
    });
    after(() => Promise.all([first.close(), second.close()]));

    it('make one administrator, one pattern of the same solution and one vote a person', async () => {
      const { body } = await first.ask<{ keys: object[] }>('GET', '/keys');
      assert.equal(body.keys.length, 1);
      const keys = await Promise.all(['ann', 'bob', 'cleo'].map((user) => first.keyOf(user)));
      const ids = await Promise.all(
        keys.flatMap((key) =>
          [first, second].map(async (team) => {
            const sent = await team.ask('POST', '/patterns', { key, body: pair('shared') });
            return sent.body['id'];
          }),
        ),
      );
      const [id] = ids;
      assert.equal(new Set(ids).size, 1);
      await Promise.all(
        Array.from({ length: 60 }, (_, at) =>
          (at % 2 === 0 ? first : second).ask('POST', `/patterns/${String(id)}/feedback`, {
            key: keys[at % 3] ?? '',
            body: { helpful: at % 5 !== 0 },
          }),
        ),
      );
      await Promise.all(
        keys.map((key) =>
          second.ask('POST', `/patterns/${String(id)}/feedback`, { key, body: { helpful: true } }),
        ),
      );
      const { body: voted } = await first.ask('GET', `/patterns/${String(id)}`);
      assert.deepEqual([voted['success_count'], voted['feedback_count']], [3, 3]);
    });

    it('hold changes back until what began before them has ended', async () => {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query('BEGIN');
      await client.query(
        "UPDATE patterns SET description = 'slow' WHERE id = (SELECT id FROM patterns LIMIT 1)",
      );
      const { body: sent } = await first.ask('POST', '/patterns', { body: pair('quick') });
      const early = await second.ask<ChangePage>('GET', '/changes?limit=500');
      const isTold = ({ body }: { readonly body: ChangePage }): boolean =>
        body.changes.some(({ id }) => id === sent['id']);
      assert.ok(!isTold(early));
      await client.query('COMMIT');
      await client.end();
      const late = await second.ask<ChangePage>('GET', `/changes?cursor=${early.body.cursor}`);
      assert.ok(isTold(late));
      assert.ok(
        late.body.changes.some((change) => !change.deleted && change.description === 'slow'),
      );
    });

    it('say that the database is away, and lose nothing that was confirmed', async () => {
      const { body: sent } = await first.ask('POST', '/patterns', { body: pair('confirmed') });
      const crashed = postgres.crash();
      const during = await first.ask('POST', '/patterns', { body: pair('meanwhile') });
      assert.ok([201, 503].includes(during.status), String(during.status));
      if (during.status === 503) assert.equal(during.headers.get('retry-after'), '2');
      await crashed;
      const { status } = await first.ask('GET', `/patterns/${String(sent['id'])}`);
      assert.equal(status, 200);
    });

    it('notice a database restored into another cluster, whose numbers lie behind', async () => {
      const { body: before } = await first.ask<ChangePage>('GET', '/changes?limit=500');
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query('ALTER TABLE patterns DISABLE TRIGGER pattern_changes');
      await client.query("UPDATE patterns SET change_xid = '900000000'::xid8");
      await client.query('ALTER TABLE patterns ENABLE TRIGGER pattern_changes');
      // Numbering a large table anew takes longer than a request may.
      await client.query(`CREATE FUNCTION refuse_haste() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          IF current_setting('statement_timeout') <> '0' THEN RAISE 'not within so little time'; END IF;
          RETURN NEW;
        END $$`);
      await client.query(`CREATE TRIGGER slow BEFORE UPDATE OF change_xid ON patterns FOR EACH ROW
        EXECUTE FUNCTION refuse_haste()`);
      await client.end();
      const restored = await open();
      await restored.server.ready;
      const lost = await restored.ask('GET', `/changes?cursor=${before.cursor}`);
      assert.equal(lost.body['code'], 'cursor-lost');
      await restored.ask('POST', '/patterns', { body: pair('after_restore') });
      const { body: after } = await restored.ask<ChangePage>('GET', '/changes?limit=500');
      assert.notEqual(after.epoch, before.epoch);
      assert.equal(after.changes.length, before.changes.length + 1);
      await restored.close();
    });

    it('refuse a database whose steps are not theirs', async () => {
      const client = new pg.Client({ connectionString: postgres.url });
      await client.connect();
      await client.query("UPDATE schema_migrations SET checksum = repeat('0', 64)");
      const other = await open();
      await assert.rejects(other.server.ready, { code: 'team-database-mismatch' });
      await other.close();
      await client.end();
    });
  });
}

async function clear(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
  await client.end();
}
