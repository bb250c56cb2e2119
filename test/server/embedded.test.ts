import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openEmbedded } from '../../src/server/database/embedded.ts';
import { describeTeamServer } from '../contracts/teamServer.ts';
import { describeMeaning } from '../contracts/teamServerMeaning.ts';
import { describeMisuse } from '../contracts/teamServerMisuse.ts';
import { ASSETS } from '../support/assets.ts';
import { createHashEmbedder } from '../support/engine/hashEmbedder.ts';
import { ADMIN_KEY, openTestServer, pair } from '../support/team/teamServer.ts';

const EMBEDDED = join(dirname(ASSETS), 'embedded.js');

describeTeamServer('the built-in database', openTestServer);
describeMisuse('the built-in database', openTestServer);
describeMeaning('the built-in database', openTestServer, () => true);

describe('the built-in database', () => {
  it('is served to others once there is a key, by one process, and keeps what it was told', async () => {
    const data = mkdtempSync(join(tmpdir(), 'pattern-foundry-server-'));
    const firstKeys: string[] = [];
    const options = { data, adminKey: undefined, onFirstKey: (key: string) => firstKeys.push(key) };
    try {
      const open = await openTestServer({ ...options, host: '0.0.0.0' });
      assert.equal((await open.ask('GET', '/patterns')).status, 503);
      await assert.rejects(open.server.ready, { code: 'team-key-needed' });
      await open.close();

      const team = await openTestServer(options);
      await assert.rejects(openTestServer(options), { code: 'team-data-in-use' });
      await team.server.ready;
      const [key = ''] = firstKeys;
      await team.ask('POST', '/patterns', { key, body: pair('kept') });
      await team.close();

      const again = await openTestServer(options);
      await again.server.ready;
      const { body } = await again.ask('GET', '/patterns', { key });
      assert.equal(body['total'], 1);
      assert.equal((await again.ask('GET', '/patterns', { key: ADMIN_KEY })).status, 401);
      await again.close();
      assert.equal(firstKeys.length, 1);
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });

  it('tells the first key before it makes room for meanings, which may fail', async () => {
    const steps: string[] = [];
    const embedder = {
      ...createHashEmbedder(),
      get model() {
        steps.push('vectors');
        return 'word-hash';
      },
    };
    const onFirstKey = (): void => void steps.push('key');
    const team = await openTestServer({ adminKey: undefined, onFirstKey, embedder });
    await team.server.ready;
    await team.close();
    assert.deepEqual(steps, ['key', 'vectors']);
  });

  it('answers by words where the extension for vectors is out of its reach', async () => {
    const data = mkdtempSync(join(tmpdir(), 'pattern-foundry-server-'));
    try {
      const database = await openEmbedded(EMBEDDED, join(data, 'postgres'));
      await database.script('CREATE SCHEMA elsewhere; CREATE EXTENSION vector SCHEMA elsewhere');
      await database.close();
      const team = await openTestServer({ data });
      await team.server.ready;
      await team.ask('POST', '/patterns', { body: pair('compass_needle') });
      const list = await team.ask('GET', '/patterns?sort=meaning&text=compass+needle');
      assert.deepEqual([list.body['sort'], list.body['total']], ['relevance', 1]);
      assert.match(team.log.join('\n'), /^search is by words alone, .* type "vector"/);
      await team.close();
    } finally {
      rmSync(data, { recursive: true, force: true });
    }
  });
});
