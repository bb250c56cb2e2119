import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import { createTeamClient, type TeamClient } from '../../../src/core/team/client.ts';

describe('the client of a team server', () => {
  const withServer = async (
    onRequest: RequestListener,
    use: (client: TeamClient) => Promise<void>,
  ): Promise<void> => {
    const server = createServer(onRequest).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    try {
      await use(createTeamClient(`http://127.0.0.1:${address.port}`, 'key'));
    } finally {
      server.closeAllConnections();
      server.close();
    }
  };

  it('asks again by words where a server knows no order by meaning', async () => {
    const asked: string[] = [];
    const onRequest: RequestListener = ({ url = '' }, response) => {
      asked.push(url);
      const knows = !url.includes('sort=');
      response.statusCode = knows ? 200 : 400;
      response.end(JSON.stringify(knows ? { patterns: [], total: 0 } : { code: 'bad-request' }));
    };
    await withServer(onRequest, async (client) => {
      assert.deepEqual(await client.search('retry calls', 5), { patterns: [], total: 0 });
    });
    assert.deepEqual(asked, [
      '/patterns?text=retry+calls&sort=meaning&per_page=5',
      '/patterns?text=retry+calls&per_page=5',
    ]);
  });

  it('asks no more often where a search is refused for another reason', async () => {
    let asked = 0;
    const onRequest: RequestListener = (_request, response) => {
      asked += 1;
      response.statusCode = 401;
      response.end(JSON.stringify({ code: 'unauthorized', detail: 'no such key' }));
    };
    await withServer(onRequest, async (client) => {
      await assert.rejects(client.search('retry calls', 5), { code: 'team-refused' });
    });
    assert.equal(asked, 1);
  });
});
