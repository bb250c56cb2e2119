import fc from 'fast-check';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { openAdapterVersions } from '../../src/core/jobs/adapters/adapterVersions.ts';
import type { AdapterVersion } from '../../src/core/model/api/adapters.ts';
import type { ChangePage, PatternList } from '../../src/core/model/team/wire.ts';
import { writeAdapter } from '../support/team/adapterFiles.ts';
import { requestsOf, type ApiDocument } from '../support/team/apiRequests.ts';
import { pair, type Reply, type TestServer } from '../support/team/teamServer.ts';

/** Requests of each operation that its description draws. */
const DRAWN = 25;

/** What a team server does on any database. */
export function describeTeamServer(name: string, open: () => Promise<TestServer>): void {
  describe(`a team server on ${name}`, () => {
    let team: TestServer;
    let writer = '';
    let other = '';
    let reader = '';

    before(async () => {
      team = await open();
      await team.server.ready;
      writer = await team.keyOf('ann');
      other = await team.keyOf('bob');
      reader = await team.keyOf('cleo', 'reader');
    });
    after(() => team.close());

    const post = async (body: object, key = writer): Promise<string> => {
      const { body: accepted } = await team.ask('POST', '/patterns', { key, body });
      return String(accepted['id']);
    };
    const list = async (query: string): Promise<PatternList> =>
      (await team.ask<PatternList>('GET', `/patterns?${query}`, { key: reader })).body;

    it('answers as the design document says, to both spellings of its fields', async () => {
      const first = await team.ask('POST', '/patterns', { key: writer, body: pair('spelled') });
      assert.equal(first.status, 201);
      const again = await team.ask('POST', '/patterns', {
        key: other,
        body: {
          problem_type: 'bug_fix',
          before_code: '  def spelled():  \r\n      return None\r\n',
          after_code: 'def spelled():\n    return 1',
        },
      });
      assert.equal(again.status, 200);
      assert.equal(again.body['id'], first.body['id']);
      const answer = await list('problem_type=bug_fix&limit=20&text=spelled');
      assert.deepEqual(
        [answer.total, answer.page, answer.per_page, answer.patterns.length],
        [1, 1, 20, 1],
      );
      const [shown] = answer.patterns;
      assert.equal(shown?.code_after, 'def spelled():\n    return 1');
      assert.equal(shown.created_by, 'ann');
      assert.match(shown.solution_hash, /^[0-9a-f]{64}$/);
      const health = await team.ask('GET', '/health', { key: null });
      assert.deepEqual(health.body, { status: 'healthy', version: '1.2.3', database: 'connected' });
    });

    it('keeps one of many that are sent at once', async () => {
      const replies = await Promise.all(
        Array.from({ length: 40 }, () =>
          team.ask('POST', '/patterns', { key: writer, body: pair('crowded') }),
        ),
      );
      assert.equal(new Set(replies.map(({ body }) => body['id'])).size, 1);
      assert.equal(replies.filter(({ status }) => status === 201).length, 1);
    });

    it('counts one vote a person, however often and fast they change it', async () => {
      const id = await post(pair('voted'));
      const voters = await Promise.all(
        Array.from({ length: 6 }, (_, at) => team.keyOf(`voter ${at}`)),
      );
      await Promise.all(
        voters.flatMap((key) =>
          [true, false, true, false, true].map((helpful) =>
            team.ask('POST', `/patterns/${id}/feedback`, { key, body: { helpful } }),
          ),
        ),
      );
      await Promise.all(
        voters.map((key, at) =>
          team.ask('POST', `/patterns/${id}/feedback`, { key, body: { helpful: at < 4 } }),
        ),
      );
      const { body } = await team.ask('GET', `/patterns/${id}`);
      assert.deepEqual([body['success_count'], body['feedback_count']], [4, 6]);
      const key = voters[0] ?? '';
      const back = { key, body: { helpful: null } };
      const left = await team.ask('POST', `/patterns/${id}/feedback`, back);
      assert.deepEqual([left.body['success_count'], left.body['feedback_count']], [3, 5]);
      const known = [id, id.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))];
      assert.equal(
        await team.codeOf('POST', `/patterns/${known[1] ?? ''}/feedback`, {
          body: { helpful: true },
        }),
        'not-found',
      );
    });

    it('adds up what became of a pattern by the last word of each person', async () => {
      const id = await post(pair('fared'));
      const tell = (key: string, good: number, total: number): Promise<unknown> =>
        team.ask('POST', `/patterns/${id}/feedback`, { key, body: { outcomes: { good, total } } });
      await tell(writer, 1, 2);
      await tell(other, 3, 3);
      await tell(writer, 4, 6);
      const { body } = await team.ask('GET', `/patterns/${id}`);
      assert.deepEqual([body['good_outcomes'], body['outcome_count']], [7, 9]);
      assert.equal(
        await team.codeOf('POST', `/patterns/${id}/feedback`, {
          body: { outcomes: { good: 2, total: 1 } },
        }),
        'bad-request',
      );
    });

    it('tells how many people besides the author a pattern served, by vote or else by outcomes', async () => {
      const key = await team.keyOf('author of backed');
      const { body } = await team.ask('POST', '/patterns', { key, body: pair('backed') });
      const say = async (user: string, said: object): Promise<unknown> =>
        team.ask('POST', `/patterns/${String(body['id'])}/feedback`, {
          key: await team.keyOf(user),
          body: said,
        });
      await say('author of backed', { helpful: true, outcomes: { good: 900, total: 900 } });
      await say('served', { outcomes: { good: 3, total: 4 } });
      await say('let down', { helpful: false, outcomes: { good: 4, total: 4 } });
      await say('undecided', { outcomes: { good: 1, total: 2 } });
      const { changes } = (await team.ask<ChangePage>('GET', '/changes?limit=200')).body;
      const told = changes.find(({ id }) => id === body['id']);
      assert.ok(told?.deleted === false);
      assert.deepEqual([told.backers, told.judges], [1, 2]);
    });

    it('tells of every change, while eight people write', async () => {
      const seen = new Set<string>();
      let cursor: string | undefined;
      const pull = async (): Promise<boolean> => {
        const from = cursor === undefined ? '' : `&cursor=${cursor}`;
        const page = await team.ask<ChangePage>('GET', `/changes?limit=20${from}`, { key: reader });
        for (const { id } of page.body.changes) seen.add(id);
        cursor = page.body.cursor;
        return page.body.more;
      };
      const writing = { isDone: false };
      const reading = (async () => {
        while (!writing.isDone) await pull();
      })();
      const ids = await Promise.all(
        Array.from({ length: 8 }, async (_, person) => {
          const sent: string[] = [];
          for (let at = 0; at < 15; at += 1) sent.push(await post(pair(`raced_${person}_${at}`)));
          return sent;
        }),
      );
      writing.isDone = true;
      await reading;
      while (await pull());
      await pull();
      assert.deepEqual(
        ids.flat().filter((id) => !seen.has(id)),
        [],
      );
      const { body } = await team.ask<ChangePage>('GET', `/changes?cursor=${cursor ?? ''}`);
      assert.deepEqual([body.changes, body.cursor, body.more], [[], cursor, false]);
    });

    it('knows a cursor that another state of the database gave', async () => {
      const { body } = await team.ask<ChangePage>('GET', '/changes?limit=1');
      const foreign = body.cursor.replace(/[^.]+$/, '11111111-2222-4333-8444-555555555555');
      assert.equal(await team.codeOf('GET', `/changes?cursor=${foreign}`), 'cursor-lost');
      assert.equal(await team.codeOf('GET', '/changes?cursor=next'), 'bad-cursor');
    });

    it('lets people change and delete what is theirs alone, and revives nothing by accident', async () => {
      const body = pair('owned');
      const id = await post(body);
      const edit = { body: { description: 'says what it does', tags: ['kept'] } };
      assert.equal(
        await team.codeOf('POST', `/patterns/${id}`, { ...edit, key: other }),
        'not-yours',
      );
      assert.equal(await team.codeOf('DELETE', `/patterns/${id}`, { key: other }), 'not-yours');
      assert.equal(await team.codeOf('DELETE', `/patterns/${id}`, { key: reader }), 'role-too-low');
      const edited = await team.ask('POST', `/patterns/${id}`, { ...edit, key: writer });
      assert.equal(edited.body['description'], 'says what it does');
      assert.equal((JSON.parse(String(edited.body['line'])) as { tags: string[] }).tags[0], 'kept');
      assert.equal((await list('tag=kept')).total, 1);
      assert.equal(await team.codeOf('DELETE', `/patterns/${id}`, { key: writer }), 204);
      assert.equal(await team.codeOf('GET', `/patterns/${id}`), 'not-found');
      assert.equal(
        await team.codeOf('POST', '/patterns', { key: writer, body }),
        'pattern-deleted',
      );
      const restored = await team.ask('POST', `/patterns/${id}`, { body: { restore: true } });
      assert.equal(restored.status, 200);
    });

    it('leaves no text of what is purged, and tells clients that it is gone', async () => {
      const id = await post(pair('purged'));
      await team.ask('POST', `/patterns/${id}/feedback`, { body: { helpful: true } });
      assert.equal(await team.codeOf('DELETE', `/patterns/${id}?purge=true`, { key: writer }), 204);
      const { body } = await team.ask<ChangePage>('GET', '/changes?limit=500');
      const change = body.changes.find((told) => told.id === id);
      assert.deepEqual(Object.keys(change ?? {}).sort(), ['deleted', 'id', 'solution_hash']);
      assert.equal(
        await team.codeOf('POST', `/patterns/${id}`, { body: { restore: true } }),
        'pattern-deleted',
      );
    });

    it('lists the same by pages and by the cursor, in every order', async () => {
      await post(pair('paged_one', { commit_msg: 'fix: paged well' }));
      for (const sort of ['success', 'confidence']) {
        const whole = await list(`per_page=200&sort=${sort}`);
        const pages: string[] = [];
        for (let page = 1; pages.length < whole.total; page += 1) {
          const { patterns } = await list(`per_page=50&page=${page}&sort=${sort}`);
          pages.push(...patterns.map(({ id }) => id));
        }
        const followed: string[] = [];
        let cursor: string | undefined = '';
        while (cursor !== undefined) {
          const from: string = cursor === '' ? '' : `&cursor=${cursor}`;
          const page = await list(`per_page=7&sort=${sort}${from}`);
          followed.push(...page.patterns.map(({ id }) => id));
          cursor = page.cursor;
        }
        assert.deepEqual(followed, pages);
        assert.equal(new Set(followed).size, whole.total);
      }
      const { cursor = '' } = await list('per_page=1&sort=success');
      assert.equal(
        await team.codeOf('GET', `/patterns?sort=confidence&cursor=${cursor}`),
        'bad-cursor',
      );
    });

    it('finds by words, parts of identifiers and stems', async () => {
      const id = await post(pair('parseHttpUrl', { commit_msg: 'fix: connections were dropped' }));
      for (const text of ['http', 'parsehttpurl', 'parse url', 'dropping connection']) {
        const { patterns } = await list(`text=${encodeURIComponent(text)}`);
        assert.equal(patterns[0]?.id, id, text);
      }
      assert.equal((await list('text=parse+nowhere')).total, 0);
    });

    it('answers each line of a batch, and keeps the good ones', async () => {
      const lines = [pair('batch_one'), '{broken', pair('batch_one'), [], pair('batch_two')];
      const body = lines
        .map((line) => (typeof line === 'string' ? line : JSON.stringify(line)))
        .join('\n');
      const { body: answers } = await team.ask<{ line: number; status: number }[]>(
        'POST',
        '/patterns/batch',
        { key: writer, body, headers: { 'content-type': 'application/x-ndjson' } },
      );
      assert.deepEqual(
        answers.map(({ line }) => line),
        [1, 2, 3, 4, 5],
      );
      const [one, broken, twice, list2, two] = answers.map(({ status }) => status);
      assert.deepEqual([[one, twice].sort(), broken, list2, two], [[200, 201], 400, 422, 201]);
      assert.equal((await list('text=batch_two')).total, 1);
    });

    it('stores no secret that somebody sends', async () => {
      const token = ['ghp', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8'].join('_');
      const id = await post(pair('leaky', { code_after: `def leaky():\n    use("${token}")` }));
      const { body } = await team.ask('GET', `/patterns/${id}`);
      assert.ok(!JSON.stringify(body).includes(token));
      assert.match(String(body['code_after']), /<secret:/);
    });

    it('writes down who changed what', async () => {
      const id = await post(pair('audited'), other);
      const { body } = await team.ask<{
        entries: { user: string; action: string; subject: string }[];
      }>('GET', '/audit?limit=5');
      const entry = body.entries.find(({ subject }) => subject === id);
      assert.deepEqual([entry?.user, entry?.action], ['bob', 'pattern-added']);
    });

    it('merges versions of adapters, of which one is active, and goes back', async () => {
      const store = openAdapterVersions(join(team.data, 'adapters'));
      for (const [at, name] of ['ann', 'bob'].entries()) {
        const path = await writeAdapter(join(team.data, 'made', name), { seed: at + 1 });
        const kept = {
          adapters: [path],
          method: 'cat',
          heads: 'refuse',
          type: 'F32',
          name,
        } as const;
        await store.merge(
          { ...kept, force: false },
          { by: name, at: `2026-01-0${at + 1}T00:00:00Z` },
        );
      }
      const merge = (body: object): Promise<Reply> =>
        team.ask('POST', '/adapters/merge', { key: writer, body });
      const merged = await merge({
        adapters: ['ann', 'bob'],
        success_rates: [0.85, 0.65],
        method: 'cat',
        version_name: 'team',
      });
      const { id, parent_versions } = merged.body['version'] as Record<string, unknown>;
      assert.deepEqual(parent_versions, ['ann', 'bob']);
      assert.ok(!JSON.stringify(merged.body).includes(team.data));
      // Two that ask at once: one gets the name, and the server answers others meanwhile.
      const twice = { adapters: ['ann', 'bob'], version_name: 'twice' };
      const [one, two, me] = await Promise.all([
        merge(twice),
        merge(twice),
        team.ask('GET', '/me', { key: writer }),
      ]);
      assert.deepEqual([one.status, two.status, me.status].sort(), [200, 201, 409]);
      for (const name of ['/etc/passwd', '../ann', 'nobody']) {
        assert.ok((await merge({ adapters: [name] })).status >= 400, name);
      }
      const activate = `/adapters/${String(id)}/activate?force=true`;
      assert.equal(await team.codeOf('POST', activate, { key: writer }), 'role-too-low');
      await team.ask('POST', activate);
      const { body } = await team.ask<{ adapters: AdapterVersion[] }>('GET', '/adapters');
      const active = body.adapters.filter(({ is_active }) => is_active);
      assert.deepEqual(
        active.map(({ version_name }) => version_name),
        ['team'],
      );
      const version_id = body.adapters.find(({ version_name }) => version_name === 'ann')?.id;
      // As the design document asks: curl names another media type when nobody says one.
      const back = await team.ask('POST', '/adapters/rollback', {
        body: JSON.stringify({ version_id }),
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
      });
      assert.deepEqual([back.body['version_name'], back.body['is_active']], ['ann', true]);
    });

    it('answers whatever its own description allows, and what it does not, by a result or a problem', async () => {
      const { body: api } = await team.ask<ApiDocument>('GET', '/docs/json');
      const ids = [await post(pair('drawn_one')), await post(pair('drawn_two'))];
      const reached = new Set<string>();
      for (const [path, methods] of Object.entries(api.paths)) {
        for (const [method, operation] of Object.entries(methods)) {
          const requests = requestsOf([path, method, operation], ids);
          for (const drawn of fc.sample(requests, { numRuns: DRAWN, seed: 7 })) {
            const { status, headers, body } = await team.ask(drawn.method, drawn.path, {
              body: drawn.body === undefined ? undefined : JSON.stringify(drawn.body),
              headers: { 'content-type': drawn.contentType ?? 'application/json' },
            });
            const said = `${drawn.method} ${drawn.path} ${JSON.stringify(drawn.body)}: ${status}`;
            assert.ok(status < 500, said);
            if (status < 400) reached.add(`${method} ${path}`);
            else {
              assert.match(headers.get('content-type') ?? '', /^application\/problem\+json/, said);
              assert.match(String(body['code']), /^[a-z-]+$/, said);
            }
          }
        }
      }
      // What is drawn must get past the checks, or it would try nothing but these.
      for (const one of ['get /patterns', 'post /patterns/{id}', 'post /keys', 'get /changes']) {
        assert.ok(reached.has(one), one);
      }
      assert.deepEqual(team.log, []);
    });

    it('tells figures by route and describes itself', async () => {
      const { body } = await team.ask<string>('GET', '/metrics', { key: reader });
      assert.match(
        body,
        /^pf_requests_total\{method="GET",route="\/patterns\/:id",status="200"\} \d+$/m,
      );
      const { body: api } = await team.ask<{ paths: object }>('GET', '/docs/json', { key: null });
      const paths = ['/patterns', '/patterns/{id}', '/patterns/{id}/feedback', '/patterns/batch'];
      const others = ['/changes', '/health', '/adapters/merge', '/adapters/{id}/activate'];
      for (const path of [...paths, ...others]) assert.ok(path in api.paths, path);
      assert.equal(await team.codeOf('GET', '/docs/', { key: null }), 200);
      assert.equal(await team.codeOf('GET', '/etc/passwd'), 'not-found');
    });
  });
}
