import assert from 'node:assert/strict';
import type { PatternList } from '../../src/core/model/team/wire.ts';
import { pair, type TestServer } from '../support/teamServer.ts';

/** What nobody can do to a team server, on any database. */
export function describeMisuse(name: string, open: () => Promise<TestServer>): void {
  describe(`misuse of a team server on ${name}`, () => {
    let team: TestServer;
    let reader = '';

    before(async () => {
      team = await open();
      await team.server.ready;
      reader = await team.keyOf('cleo', 'reader');
    });
    after(() => team.close());

    const codeOf = async (...asked: Parameters<TestServer['ask']>): Promise<unknown> => {
      const { body, status } = await team.ask(...asked);
      return body['code'] ?? status;
    };

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
        assert.equal(await codeOf('GET', asked, { key: reader }), 'bad-cursor', String(parts));
      }
      assert.equal(await codeOf('GET', '/patterns', { key: reader }), 200);
      assert.deepEqual(team.log, []);
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
