import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../src/core/model/engine.ts';
import { openBench, type Bench } from '../../support/engine.ts';
import { openTestServer, pair, type TestServer } from '../../support/teamServer.ts';

const CODE = `def retry_with_backoff(call, tries):
    for attempt in range(tries):
        try:
            return call()
        except OSError:
            if attempt == tries - 1:
                raise
            wait(2 ** attempt)
`;

describe('a team', () => {
  let server: TestServer;
  let people: Bench[] = [];
  let steps = 0;

  before(async () => {
    server = await openTestServer();
    await server.server.ready;
  });
  after(() => server.close());
  afterEach(async () => {
    for (const bench of people) await bench.close();
    people = [];
  });

  const joinAs = async (user: string, role?: string): Promise<Engine> => {
    const bench = await openBench();
    people.push(bench);
    await connect(bench.engine, await server.keyOf(user, role));
    return bench.engine;
  };
  const connect = (engine: Engine, key: string) =>
    engine.team.connect({ address: server.server.url, key, keepsKey: true });
  const libraryOf = (at: number): string => people[at]?.library ?? '';
  const add = async (engine: Engine, name: string): Promise<string> => {
    // Names alone make no other pattern.
    steps += 1;
    const code = CODE.replaceAll('retry_with_backoff', name) + '    tell(call)\n'.repeat(steps);
    return (await engine.curate.add({ code, language: 'python', name })).id;
  };

  it('gets what one shares, which waits until the other accepts it, and votes come back', async () => {
    const ann = await joinAs('ann');
    const bob = await joinAs('bob');
    const id = await add(ann, 'first_shared');
    assert.equal((await ann.team.sync(undefined, {})).sent, 0);
    const [preview] = await ann.team.preview({ ids: [id] });
    assert.match(preview?.line ?? '', /first_shared/);
    assert.equal((await ann.team.share([id], undefined)).sent, 1);

    assert.ok((await bob.team.sync(undefined, {})).received >= 1);
    const received = await bob.patterns.show(id);
    assert.deepEqual([received?.state, received?.pack], ['quarantined', 'team crew']);
    const shared = (await bob.team.list()).find(({ pattern }) => pattern === id);
    assert.deepEqual([shared?.author, shared?.waiting, shared?.own], ['ann', true, false]);
    await bob.curate.accept({ pattern: id });
    await bob.curate.rate(id, 5, {});
    assert.equal((await bob.team.sync(undefined, {})).told, 1);
    assert.equal((await bob.team.sync(undefined, {})).told, 0);
    await ann.team.sync(undefined, {});
    const seen = (await ann.team.list()).find(({ pattern }) => pattern === id);
    assert.deepEqual([seen?.helpful, seen?.votes, seen?.own], [1, 1, true]);
  });

  it('carries edits and deletions of what is theirs, and nothing back of what others forgot', async () => {
    const ann = await joinAs('ann');
    const bob = await joinAs('bob');
    const id = await add(ann, 'edited_later');
    await ann.team.share([id], undefined);
    await bob.team.sync(undefined, {});
    await ann.curate.edit(id, { description: 'tries again, ever more slowly' });
    assert.equal((await ann.team.sync(undefined, {})).told, 1);
    assert.equal((await bob.team.sync(undefined, {})).changed, 1);
    assert.equal((await bob.patterns.show(id))?.description, 'tries again, ever more slowly');

    await bob.curate.forget({ pattern: id }, false);
    await bob.team.sync(undefined, {});
    assert.equal((await ann.patterns.show(id))?.state, 'live');
    const cleo = await joinAs('cleo');
    await cleo.team.sync(undefined, {});
    assert.equal((await cleo.patterns.show(id))?.state, 'quarantined');
    await ann.curate.forget({ pattern: id }, false);
    await ann.team.sync(undefined, {});
    await cleo.team.sync(undefined, {});
    assert.equal((await cleo.patterns.show(id))?.state, 'forgotten');
  });

  it('sends what a rule chooses, and nothing that was imported', async () => {
    const eve = await joinAs('eve');
    const bob = await joinAs('bob');
    await add(eve, 'ruled_one');
    await add(eve, 'ruled_two');
    await assert.rejects(eve.team.sync(undefined, { share: ['all of it'] }), {
      code: 'bad-argument',
    });
    await eve.team.sync(undefined, { share: ['kind:class'] });
    assert.equal((await eve.team.status())?.own, 0);
    assert.equal((await eve.team.sync(undefined, { share: ['kind:function'] })).sent, 2);
    await bob.team.sync(undefined, {});
    await bob.curate.accept({ pack: 'team crew' });
    assert.equal((await bob.team.sync(undefined, { share: ['kind:function'] })).sent, 0);
  });

  it('accepts by itself what members found good, where the person trusts them', async () => {
    const ann = await joinAs('ann');
    const id = await add(ann, 'found_good');
    await ann.team.share([id], undefined);
    for (const user of ['v1', 'v2', 'v3', 'v4']) {
      const voter = await joinAs(user);
      await voter.team.sync(undefined, {});
      await voter.curate.accept({ pattern: id });
      await voter.curate.rate(id, 5, {});
      await voter.team.sync(undefined, {});
    }
    const careful = await joinAs('careful');
    await careful.team.sync(undefined, {});
    assert.equal((await careful.patterns.show(id))?.state, 'quarantined');
    const trusting = await joinAs('trusting');
    const { accepted } = await trusting.team.sync(undefined, { trust: 'members' });
    assert.equal(accepted, 1);
    assert.equal((await trusting.patterns.show(id))?.state, 'live');
  });

  it('notices a server that was restored from a backup, and gives it back what it lost', async () => {
    const ann = await joinAs('ann');
    const id = await add(ann, 'lost_by_server');
    await ann.team.share([id], undefined);
    const state = join(libraryOf(0), 'team/state.json');
    const { cursor, ...rest } = JSON.parse(readFileSync(state, 'utf8')) as { cursor: string };
    const foreign = cursor.replace(/[^.]+$/, '11111111-2222-4333-8444-555555555555');
    writeFileSync(state, JSON.stringify({ ...rest, cursor: foreign }));
    const done = await ann.team.sync(undefined, {});
    assert.deepEqual([done.restarted, done.sent], [true, 0]);
    assert.ok((await ann.team.list()).some(({ pattern, own }) => own && pattern === id));
  });

  it('does a page again that a kill left unnoted, without a trace', async () => {
    const ann = await joinAs('ann');
    await server.ask('POST', '/patterns', { body: pair('repeated') });
    const state = join(libraryOf(0), 'team/state.json');
    const before = readFileSync(state);
    const first = await ann.team.sync(undefined, {});
    const list = await ann.team.list();
    writeFileSync(state, before);
    const again = await ann.team.sync(undefined, {});
    assert.ok(first.received > 0);
    assert.deepEqual([again.received, again.changed], [0, 0]);
    assert.deepEqual(await ann.team.list(), list);
  });

  it('keeps what is to be sent while the server is away', async () => {
    const away = await openTestServer();
    await away.server.ready;
    const key = await away.keyOf('ann');
    const bench = await openBench();
    people.push(bench);
    const { engine } = bench;
    await engine.team.connect({ address: away.server.url, key, keepsKey: true });
    const id = await add(engine, 'sent_later');
    await away.close();
    await assert.rejects(engine.team.share([id], undefined), { code: 'team-unreachable' });
    assert.equal((await engine.team.status())?.unsent, 1);
  });

  it('keeps a key from others, and needs one', async () => {
    const bench = await openBench();
    people.push(bench);
    const { engine } = bench;
    await assert.rejects(engine.team.sync(undefined, {}), { code: 'team-not-connected' });
    await assert.rejects(connect(engine, 'pf_wrong'), { code: 'team-refused' });
    const key = await server.keyOf('dan');
    const away = engine.team.connect({ address: 'http://example.com', key, keepsKey: true });
    await assert.rejects(away, { code: 'bad-argument' });
    await engine.team.connect({ address: server.server.url, key, keepsKey: false });
    await assert.rejects(engine.team.sync(undefined, {}), { code: 'team-key-needed' });
    await engine.team.sync(key, {});
    await connect(engine, key);
    if (process.platform !== 'win32') {
      assert.equal(statSync(join(bench.library, 'team/key')).mode & 0o777, 0o600);
    }
  });

  it('is left with all that others shared in one step', async () => {
    const ann = await joinAs('ann');
    await server.ask('POST', '/patterns', { body: pair('left_behind') });
    await ann.team.sync(undefined, {});
    await ann.curate.accept({ pack: 'team crew' });
    const own = await add(ann, 'kept_when_leaving');
    assert.ok((await ann.team.leave(true)) > 0);
    assert.equal((await ann.find.patterns({ text: 'left_behind' })).rows.length, 0);
    assert.equal((await ann.patterns.show(own))?.state, 'live');
    assert.ok(!existsSync(join(libraryOf(0), 'team/key')));
  });
});
