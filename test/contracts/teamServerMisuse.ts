import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ChangePage, PatternList } from '../../src/core/model/team/wire.ts';
import { pair, type TestServer } from '../support/team/teamServer.ts';

/** What nobody can do to a team server, on any database. */
export function describeMisuse(name: string, open: () => Promise<TestServer>): void {
  describe(`misuse of a team server on ${name}`, () => {
    let team: TestServer;
    let writer = '';
    let reader = '';

    before(async () => {
      team = await open();
      await team.server.ready;
      writer = await team.keyOf('ann');
      reader = await team.keyOf('cleo', 'reader');
    });
    after(() => team.close());

    const list = async (query: string): Promise<PatternList> =>
      (await team.ask<PatternList>('GET', `/patterns?${query}`, { key: reader })).body;

    it('takes what would be a statement for a word', async () => {
      const before = (await list('')).total;
      for (const field of ['problem_type', 'framework', 'tag', 'author', 'text']) {
        const hostile = encodeURIComponent(`x'; DROP TABLE patterns; --" OR 1=1`);
        assert.equal((await list(`${field}=${hostile}`)).total, 0, field);
      }
      assert.equal((await list('')).total, before);
      assert.equal(await team.codeOf('GET', '/patterns?sort=id;drop'), 'bad-request');
      assert.equal(await team.codeOf('GET', `/patterns/1' OR '1'='1`), 'bad-request');
      assert.equal(await team.codeOf('GET', '/patterns?unknown=1'), 'bad-request');
    });

    it('opens to keys that are good, and to nothing else', async () => {
      const asked = '/patterns';
      assert.equal(await team.codeOf('GET', asked, { key: null }), 'key-missing');
      assert.equal(await team.codeOf('GET', asked, { key: 'pf_guess' }), 'key-unknown');
      const forged = writer.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
      assert.equal(await team.codeOf('GET', asked, { key: forged }), 'key-unknown');
      assert.equal(
        await team.codeOf('POST', asked, { key: reader, body: pair('x') }),
        'role-too-low',
      );
      assert.equal(await team.codeOf('GET', '/keys', { key: writer }), 'role-too-low');
      const expires_at = '2001-01-01T00:00:00Z';
      const old = { user: 'old', role: 'writer', expires_at };
      const { body } = await team.ask('POST', '/keys', { body: old });
      assert.equal(await team.codeOf('GET', asked, { key: String(body['key']) }), 'key-expired');

      const issued = await team.ask('POST', '/keys', { body: { user: 'dan', role: 'reader' } });
      const key = String(issued.body['key']);
      assert.equal(await team.codeOf('GET', asked, { key }), 200);
      const rotated = await team.ask('POST', `/keys/${String(issued.body['id'])}/rotate`);
      assert.equal(await team.codeOf('GET', asked, { key }), 'key-revoked');
      const next = String(rotated.body['key']);
      assert.equal(await team.codeOf('GET', asked, { key: next }), 200);
      await team.ask('DELETE', `/keys/${String(rotated.body['id'])}`);
      assert.equal(await team.codeOf('GET', asked, { key: next }), 'key-revoked');
      const { body: kept } = await team.ask('GET', '/keys');
      assert.ok(!JSON.stringify(kept).includes(next.slice(-43)));
    });

    it('reads bodies within bounds', async () => {
      const send = (body: string, headers = {}): Promise<unknown> =>
        team.codeOf('POST', '/patterns', { key: writer, body, headers });
      assert.equal(await send(JSON.stringify(pair('x', { pad: 'x'.repeat(3e6) }))), 'too-large');
      assert.equal(await send('['.repeat(50_000)), 'bad-request');
      assert.equal(await send('{"a":'), 'bad-request');
      assert.equal(await send('x', { 'content-type': 'text/html' }), 'wrong-media-type');
      assert.equal(await send('x', { 'content-encoding': 'gzip' }), 'wrong-media-type');
      assert.equal(await send(JSON.stringify(pair('nul', { commit_msg: 'a\0b' }))), 'bad-pattern');
      assert.equal(await send(JSON.stringify(pair('x', { problem_type: 'other' }))), 'bad-pattern');
      assert.equal(await send('{"__proto__":{"role":"admin"}}'), 'bad-pattern');
    });

    it('answers what is no request by a problem, and goes on', async () => {
      const { port } = new URL(team.server.url);
      const send = async (sent: string): Promise<unknown> => {
        const socket = connect(Number(port), '127.0.0.1');
        socket.end(sent);
        const [head = '', body = '{}'] = (await text(socket)).split('\r\n\r\n');
        assert.match(head, /content-type: application\/problem\+json/i, sent.slice(0, 40));
        const { code, status } = JSON.parse(body) as Record<string, unknown>;
        assert.ok(head.startsWith(`HTTP/1.1 ${String(status)} `));
        return code;
      };
      const host = `HTTP/1.1\r\nHost: a\r\nX-API-Key: ${reader}\r\n`;
      assert.equal(await send(`GET /%zz ${host}\r\n`), 'bad-request');
      assert.equal(await send(`GET /patterns/${'a'.repeat(500)} ${host}\r\n`), 'bad-request');
      assert.equal(await send(`GET /me ${host}X: a\0b\r\n\r\n`), 'bad-request');
      const twice = `Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n`;
      assert.equal(
        await send(`POST /patterns ${host}${twice}GET /keys ${host}\r\n`),
        'bad-request',
      );
      const large = `X: ${'a'.repeat(20_000)}\r\n\r\n`;
      assert.equal(await send(`GET /me ${host}${large}`), 'headers-too-large');
      assert.equal(await send('\x16\x03\x01 no HTTP\r\n\r\n'), 'bad-request');
      assert.equal(await team.codeOf('GET', '/me', { key: reader }), 200);
      assert.deepEqual(team.log, []);
    });

    it('hangs up on who sends what is no request and waits', async () => {
      const { port } = new URL(team.server.url);
      const socket = connect({ port: Number(port), host: '127.0.0.1', allowHalfOpen: true });
      // Its own side stays open.
      socket.write('\x16\x03\x01 no HTTP\r\n\r\n');
      socket.resume();
      await once(socket, 'end');
      // What is written to a connection that is gone is an error.
      socket.on('error', () => undefined);
      const isOver = new Promise<unknown>((resolve) => socket.on('close', resolve));
      const goOn = setInterval(() => socket.write('more\r\n'), 50);
      await isOver;
      clearInterval(goOn);
    });

    it('refuses cursors that hold anything but a place in the list', async () => {
      const id = '11111111-2222-4333-8444-555555555555';
      const hostile = [
        ['success', 1.5, id],
        ['success', 1e300, id],
        ['success', '1', id],
        ['success', 1, '-'.repeat(36)],
        ['success', 1, 'a'.repeat(36)],
        ['confidence', null, id],
        ['confidence', 'NaN', id],
        ['confidence', 0, `${id.slice(0, 35)}-`],
      ];
      for (const parts of hostile) {
        const cursor = Buffer.from(JSON.stringify(parts)).toString('base64url');
        const asked = `/patterns?sort=${String(parts[0])}&cursor=${cursor}`;
        assert.equal(await team.codeOf('GET', asked, { key: reader }), 'bad-cursor', String(parts));
      }
      assert.equal(await team.codeOf('GET', '/patterns', { key: reader }), 200);
      assert.deepEqual(team.log, []);
    });

    it('stores no secret that comes in by an edit', async () => {
      const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
      const { body: sent } = await team.ask('POST', '/patterns', { body: pair('edited') });
      const { status, body } = await team.ask('POST', `/patterns/${String(sent['id'])}`, {
        body: { name: `uses ${token}`, description: `token: ${token}`, tags: [token, 'kept'] },
      });
      assert.equal(status, 200);
      assert.ok(!JSON.stringify(body).includes(token));
      assert.match(String(body['description']), /<secret:/);
      assert.ok((body['tags'] as string[]).includes('kept'));
    });

    it('revives no key that has ended by rotating it', async () => {
      const issue = async (expires_at?: string): Promise<string> => {
        const asked = { body: { user: 'eve', role: 'writer', expires_at } };
        return String((await team.ask('POST', '/keys', asked)).body['id']);
      };
      const revoked = await issue();
      await team.ask('DELETE', `/keys/${revoked}`);
      assert.equal(await team.codeOf('POST', `/keys/${revoked}/rotate`), 'conflict');

      const expired = await issue('2001-01-01T00:00:00Z');
      assert.equal(await team.codeOf('POST', `/keys/${expired}/rotate`), 'bad-request');
      const again = { body: { expires_at: '2901-01-01T00:00:00Z' } };
      const { body } = await team.ask('POST', `/keys/${expired}/rotate`, again);
      assert.equal(await team.codeOf('GET', '/patterns', { key: String(body['key']) }), 200);

      const open = await issue();
      const { body: rotated } = await team.ask('POST', `/keys/${open}/rotate`);
      assert.equal(rotated['expires_at'], null);
    });

    it('locks nobody out whose key was good before, whatever others send from their address', async () => {
      const headers = { 'x-forwarded-for': '203.0.113.7' };
      assert.equal(await team.codeOf('GET', '/patterns', { key: reader, headers }), 200);
      for (let at = 0; at < 80; at += 1) {
        await team.codeOf('GET', '/patterns', { key: null, headers });
      }
      const wrong = `pf_${'e'.repeat(32)}_${'B'.repeat(43)}`;
      const answers = new Set<unknown>();
      for (let at = 0; at < 80; at += 1) {
        const key = at < 60 ? wrong : `${wrong.slice(0, -2)}${at}`;
        answers.add(await team.codeOf('GET', '/patterns', { key, headers }));
        if (at === 0) assert.deepEqual([...answers], ['key-unknown']);
      }
      assert.deepEqual([...answers], ['key-unknown', 'rate-limited']);
      // A revocation on the server makes it look up all keys again.
      const other = await team.ask('POST', '/keys', { body: { user: 'fay', role: 'reader' } });
      await team.ask('DELETE', `/keys/${String(other.body['id'])}`);
      assert.equal(await team.codeOf('GET', '/patterns', { key: reader, headers }), 200);
    });

    it('adds up the outcomes of several machines of one person', async () => {
      const { body: sent } = await team.ask('POST', '/patterns', { body: pair('carried') });
      const path = `/patterns/${String(sent['id'])}`;
      const keys: string[] = [];
      for (const machine of ['laptop', 'desktop']) {
        const asked = { body: { user: 'gil', machine, role: 'writer' } };
        keys.push(String((await team.ask('POST', '/keys', asked)).body['key']));
      }
      const [laptop = '', desktop = ''] = keys;
      const tell = (key: string, good: number, total: number): Promise<unknown> =>
        team.ask('POST', `${path}/feedback`, { key, body: { outcomes: { good, total } } });
      await tell(laptop, 8, 10);
      await tell(desktop, 1, 1);
      await tell(laptop, 9, 11);
      const { body } = await team.ask('GET', path);
      assert.deepEqual([body['good_outcomes'], body['outcome_count']], [10, 12]);
    });

    it('tells changes of long texts in pages that a client can take, and leaves none out', async () => {
      const ids = new Set<unknown>();
      for (let at = 0; at < 6; at += 1) {
        const code_after = `def long_${at}():\n    return '${'x'.repeat(900_000)}'`;
        const asked = { body: pair(`long_${at}`, { code_after }) };
        ids.add((await team.ask('POST', '/patterns', asked)).body['id']);
      }
      let cursor = '';
      for (let more = true; more;) {
        const { body } = await team.ask<ChangePage>('GET', `/changes?limit=500${cursor}`);
        assert.ok(JSON.stringify(body).length < 8_000_000);
        for (const { id } of body.changes) ids.delete(id);
        cursor = `&cursor=${body.cursor}`;
        more = body.more;
      }
      assert.equal(ids.size, 0);
    });

    it('lists long texts in pages that memory holds, and goes on where one ended', async () => {
      const ids = new Set<unknown>();
      for (let at = 0; at < 6; at += 1) {
        const code_after = `def listed_${at}():\n    return '${'y'.repeat(900_000)}'`;
        const asked = { body: pair(`listed_${at}`, { code_after, commit_msg: 'fix: quokka' }) };
        ids.add((await team.ask('POST', '/patterns', asked)).body['id']);
      }
      const sizes: number[] = [];
      let cursor = '';
      for (let more = true; more;) {
        const path = `/patterns?text=quokka&sort=success&per_page=200${cursor}`;
        const { body } = await team.ask<PatternList>('GET', path);
        assert.equal(body.total, 6);
        for (const { id } of body.patterns) assert.ok(ids.delete(id));
        sizes.push(body.patterns.length);
        more = body.cursor !== undefined;
        cursor = `&cursor=${body.cursor ?? ''}`;
      }
      assert.deepEqual(sizes, [5, 1]);
    });

    it('skips no pattern by the number of a page, and says where one ended early', async () => {
      const path = '/patterns?text=quokka&sort=success';
      const sizesOf = async (perPage: number, pages: readonly number[]): Promise<unknown[]> => {
        const asked = pages.map(async (page) => {
          const { body } = await team.ask('GET', `${path}&per_page=${perPage}&page=${page}`);
          return (body['patterns'] as unknown[] | undefined)?.length ?? body['code'];
        });
        return Promise.all(asked);
      };
      assert.deepEqual(await sizesOf(6, [1, 2, 9]), [5, 'bad-request', 'bad-request']);
      assert.deepEqual(await sizesOf(5, [1, 2, 3]), [5, 1, 0]);
    });

    it('answers every set of filters, in every order', async () => {
      await team.ask('POST', '/patterns', { body: pair('filtered') });
      const filters = [
        'problem_type=bug_fix',
        'language=python',
        'framework=django',
        'kind=fix',
        'tag=none',
        'author=ann',
        'text=filtered',
      ];
      for (let set = 0; set < 2 ** filters.length; set += 1) {
        const chosen = filters.filter((_, at) => (set >> at) % 2 === 1);
        for (const sort of ['success', 'confidence']) {
          const query = [...chosen, `sort=${sort}`].join('&');
          const { status } = await team.ask<PatternList>('GET', `/patterns?${query}`);
          assert.equal(status, 200, query);
        }
      }
    });
  });
}
