import assert from 'node:assert/strict';
import { request } from 'node:http';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { openHttpServer, type HttpServer } from '../../../src/mcp/http.ts';
import { openBench, type Bench } from '../../support/engine/engine.ts';

const INITIALIZE = JSON.stringify({
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-06-18',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  },
});

describe('the server over HTTP', () => {
  let bench: Bench;
  let server: HttpServer;

  before(async () => {
    bench = await openBench();
    const { engine, project: folder } = bench;
    server = await openHttpServer({ engine, folder, version: '1', port: 0 });
  });
  after(async () => {
    await server.close();
    await bench.close();
  });

  const connect = async ({ url, token } = server): Promise<Client> => {
    const client = new Client({ name: 'test', version: '1' });
    const headers = { authorization: `Bearer ${token}` };
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers },
    });
    await client.connect(transport);
    return client;
  };
  const statusOf = (
    headers: Readonly<Record<string, string>>,
    { method = 'POST', path = '/mcp', body = INITIALIZE, url = server.url } = {},
  ): Promise<number | undefined> =>
    new Promise((resolve, reject) => {
      const all = {
        authorization: `Bearer ${server.token}`,
        accept: 'application/json, text/event-stream',
        'content-type': 'application/json',
        ...headers,
      };
      const asked = request(new URL(path, url), { method, headers: all }, (response) => {
        resolve(response.statusCode);
        response.destroy();
      });
      asked.on('error', reject);
      asked.end(body);
    });

  it('answers several clients that have the token, over one library', async () => {
    const [one, other] = await Promise.all([connect(), connect()]);
    const code = 'def add_all(items):\n    return sum(items)\n';
    const { id } = await bench.engine.curate.add({ code, language: 'python', name: 'add_all' });
    for (const client of [one, other]) {
      const { content } = await client.callTool({ name: 'show_pattern', arguments: { id } });
      assert.match(JSON.stringify(content), /def add_all/);
      await client.callTool({ name: 'rate_pattern', arguments: { id, rating: 4 } });
    }
    const pattern = await bench.engine.patterns.show(id);
    assert.equal(pattern?.ratingCount, 2, 'each connection is a session of its own');
    await one.close();
    await other.close();
  });

  it('refuses requests without its token, of other origins and to other names', async () => {
    const { port } = new URL(server.url);
    assert.equal(await statusOf({}), 200);
    assert.equal(await statusOf({ authorization: '' }), 401);
    assert.equal(await statusOf({ authorization: `Bearer ${server.token}x` }), 401);
    assert.equal(await statusOf({ authorization: `Basic ${server.token}` }), 401);
    assert.equal(await statusOf({ origin: 'https://evil.example' }), 403);
    assert.equal(await statusOf({ origin: 'null' }), 403);
    assert.equal(await statusOf({ host: `evil.example:${port}` }), 403);
    assert.equal(await statusOf({ origin: `http://127.0.0.1:${port}` }), 200);
  });

  it('refuses what it does not understand', async () => {
    assert.equal(await statusOf({}, { path: '/other' }), 404);
    assert.equal(await statusOf({ 'mcp-session-id': 'unknown' }), 404);
    assert.equal(await statusOf({}, { body: '{' }), 400);
    assert.equal(await statusOf({}, { body: '"'.padEnd(2_000_000, 'x') }), 400);
  });

  it('keeps nothing of requests that begin no session, and no session ends for them', async () => {
    const watching = new Set<object>();
    const engine: Bench['engine'] = {
      ...bench.engine,
      watch: (onChange) => {
        const watched = bench.engine.watch(onChange);
        watching.add(watched);
        return {
          close: () => {
            watching.delete(watched);
            watched.close();
          },
        };
      },
    };
    const own = await openHttpServer({ engine, folder: undefined, version: '1', port: 0 });
    try {
      const client = await connect(own);
      const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'tools/list' });
      const headers = { authorization: `Bearer ${own.token}` };
      // With the client as many sessions as there may be.
      for (let count = 1; count < 32; count += 1) {
        assert.equal(await statusOf(headers, { url: own.url }), 200);
      }
      for (let count = 0; count < 40; count += 1) {
        assert.equal(await statusOf(headers, { url: own.url, body }), 400);
      }
      assert.ok((await client.listTools()).tools.length > 0);
      assert.equal(watching.size, 32);
      assert.equal(await statusOf(headers, { url: own.url }), 200);
      assert.equal(watching.size, 32, 'the one that was longest silent is closed for a new one');
      await client.close();
    } finally {
      await own.close();
    }
    assert.equal(watching.size, 0);
  });

  it('listens on this machine alone', () => {
    assert.equal(new URL(server.url).hostname, '127.0.0.1');
  });
});
