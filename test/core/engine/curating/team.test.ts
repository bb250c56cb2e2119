import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../../../src/core/model/engine.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';
import { openTestServer, pair, type TestServer } from '../../../support/team/teamServer.ts';

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

  it('searches what the server has, known here or not, and says by what it was found', async () => {
    const ann = await joinAs('ann');
    const bob = await joinAs('bob', 'reader');
    const id = await add(ann, 'searched_for');
    await ann.team.share([id], undefined);
    const unknown = await bob.team.search('searched for', 5, undefined);
    const [found] = unknown.found;
    assert.deepEqual([found?.name, found?.author, found?.pattern], ['searched_for', 'ann', null]);
    await bob.team.sync(undefined, {});
    // Vectors are made in the background; what is asked before is answered by words.
    let known = await bob.team.search('searched for', 1, undefined);
    for (let tries = 0; tries < 400 && !known.by_meaning; tries += 1) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      known = await bob.team.search('searched for', 1, undefined);
    }
    assert.deepEqual(
      known.found.map(({ pattern }) => pattern),
      [id],
    );
    assert.equal(known.by_meaning, true);
    const alone = await openBench();
    people.push(alone);
    await assert.rejects(alone.engine.team.search('x', 1, undefined), {
      code: 'team-not-connected',
    });
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

  it('takes the word of an author for nothing, and that of one person for one', async () => {
    const key = await server.keyOf('ann');
    const { body } = await server.ask('POST', '/patterns', {
      key,
      body: pair('praised_by_author'),
    });
    const praise = { helpful: true, outcomes: { good: 1_000_000, total: 1_000_000 } };
    for (const user of ['ann', 'zoe']) {
      const by = { key: await server.keyOf(user), body: praise };
      await server.ask('POST', `/patterns/${String(body['id'])}/feedback`, by);
    }
    const bob = await joinAs('bob');
    await bob.team.sync(undefined, { trust: 'members' });
    const found = await bob.find.patterns({ text: 'praised_by_author', state: 'quarantined' });
    assert.equal(found.rows.length, 1);
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

  it('keeps what was accepted as it was until the person takes in what its author writes now', async () => {
    const ann = await joinAs('ann');
    const bob = await joinAs('bob');
    const id = await add(ann, 'accepted_then_edited');
    await ann.team.share([id], undefined);
    await bob.team.sync(undefined, {});
    await assert.rejects(bob.team.take([id]), { code: 'bad-argument' });
    await bob.curate.accept({ pattern: id });
    await ann.curate.edit(id, { description: 'now says something else' });
    await ann.team.sync(undefined, {});
    assert.equal((await bob.team.sync(undefined, {})).changed, 0);
    const offerTo = async (engine: Engine) =>
      (await engine.team.list()).find(({ pattern }) => pattern === id)?.offer?.description;
    assert.equal(await offerTo(bob), 'now says something else');
    assert.notEqual((await bob.patterns.show(id))?.description, 'now says something else');
    await bob.team.take([id]);
    assert.equal((await bob.patterns.show(id))?.description, 'now says something else');
    assert.equal(await offerTo(bob), undefined);
  });

  it('leaves a pattern alone that a person had before the team', async () => {
    const ann = await joinAs('ann');
    const bob = await joinAs('bob');
    const id = await add(ann, 'had_by_both');
    steps -= 1;
    assert.equal(await add(bob, 'had_by_both'), id);
    await ann.team.share([id], undefined);
    await bob.team.sync(undefined, {});
    await ann.curate.edit(id, { description: 'words of Ann' });
    await ann.team.sync(undefined, {});
    await bob.team.sync(undefined, {});
    assert.notEqual((await bob.patterns.show(id))?.description, 'words of Ann');
  });

  it('comes to rest where two machines of one person edit a pattern', async () => {
    const desk = await joinAs('ann');
    const id = await add(desk, 'edited_twice');
    await desk.team.share([id], undefined);
    const laptop = await joinAs('ann');
    await laptop.team.sync(undefined, {});
    await laptop.curate.accept({ pattern: id });
    await laptop.curate.edit(id, { description: 'from the laptop' });
    assert.equal((await laptop.team.sync(undefined, {})).told, 1);
    const taken = await desk.team.sync(undefined, {});
    assert.deepEqual([taken.changed, taken.told], [1, 0]);
    assert.equal((await desk.patterns.show(id))?.description, 'from the laptop');
    assert.equal((await laptop.team.sync(undefined, {})).told, 0);
  });

  it('sends nothing of what was forgotten before it could be sent', async () => {
    const ann = await joinAs('ann');
    const [kept, forgotten] = [await add(ann, 'still_wanted'), await add(ann, 'thought_better_of')];
    const state = join(libraryOf(0), 'team/state.json');
    const before = JSON.parse(readFileSync(state, 'utf8')) as object;
    writeFileSync(state, JSON.stringify({ ...before, wanted: [kept, forgotten] }));
    await ann.curate.forget({ pattern: forgotten }, false);
    assert.equal((await ann.team.sync(undefined, {})).sent, 1);
    const { body } = await server.ask('GET', '/audit');
    assert.ok(!JSON.stringify(body).includes('thought_better_of'));
    const { body: found } = await server.ask('GET', '/patterns?text=thought_better_of');
    assert.deepEqual([found['total'], (await ann.team.status())?.unsent], [0, 0]);
  });

  it('leaves forgotten what a person forgot when all is asked anew, and restores what the team did', async () => {
    const ann = await joinAs('ann');
    const id = await add(ann, 'forgotten_by_bob');
    await ann.team.share([id], undefined);
    const { body } = await server.ask('POST', '/patterns', { body: pair('restored_by_team') });
    const restored = String(body['id']);
    const bob = await joinAs('bob');
    await bob.team.sync(undefined, {});
    const stateOfRestored = async () =>
      (await bob.find.patterns({ text: 'restored_by_team', state: 'quarantined' })).rows.length;
    await bob.curate.accept({ pattern: id });
    await bob.curate.forget({ pattern: id }, false);
    await server.ask('DELETE', `/patterns/${restored}`);
    await bob.team.sync(undefined, {});
    assert.equal(await stateOfRestored(), 0);
    await server.ask('POST', `/patterns/${restored}`, { body: { restore: true } });
    const path = join(libraryOf(1), 'team/state.json');
    const { cursor, ...rest } = JSON.parse(readFileSync(path, 'utf8')) as { cursor: string };
    const foreign = cursor.replace(/[^.]+$/, '11111111-2222-4333-8444-555555555555');
    writeFileSync(path, JSON.stringify({ ...rest, cursor: foreign }));
    assert.ok((await bob.team.sync(undefined, {})).restarted);
    assert.equal((await bob.patterns.show(id))?.state, 'forgotten');
    assert.equal(await stateOfRestored(), 1);
  });

  it('lets a reader fetch, rate and sync, and tells that nothing of theirs is sent', async () => {
    const ann = await joinAs('ann');
    const id = await add(ann, 'rated_by_reader');
    await ann.team.share([id], undefined);
    const reader = await joinAs('rea', 'reader');
    await reader.team.sync(undefined, {});
    await reader.curate.accept({ pattern: id });
    await reader.curate.rate(id, 5, {});
    assert.equal((await reader.team.sync(undefined, {})).told, 0);
    assert.notEqual((await reader.team.status())?.lastSync, null);
    const own = await add(reader, 'own_of_reader');
    await assert.rejects(reader.team.share([own], undefined), { code: 'team-refused' });
    assert.equal((await reader.team.status())?.unsent, 1);
  });

  it('sends again what something on the way refused, and says why', async () => {
    const ann = await joinAs('ann');
    const [first, second] = [await add(ann, 'refused_once'), await add(ann, 'taken_at_once')];
    const real = globalThis.fetch;
    globalThis.fetch = (url, init) =>
      typeof init?.body === 'string' && init.body.includes('refused_once')
        ? Promise.resolve(new Response('<h1>too large</h1>', { status: 413 }))
        : real(url, init);
    try {
      const done = await ann.team.share([first, second], undefined);
      assert.deepEqual([done.sent, done.refused], [1, 0]);
      assert.deepEqual(done.notTaken, [
        { pattern: first, name: 'refused_once', reason: 'HTTP 413' },
      ]);
      globalThis.fetch = () => Promise.resolve(new Response('', { status: 403 }));
      await assert.rejects(ann.team.sync(undefined, {}), { code: 'team-refused' });
    } finally {
      globalThis.fetch = real;
    }
    assert.equal((await ann.team.sync(undefined, {})).sent, 1);
  });

  it('shows a key to no other server than the one it was given for', async () => {
    const ann = await joinAs('ann');
    const other = await openTestServer();
    await other.server.ready;
    try {
      const key = await other.keyOf('ann');
      const file = join(libraryOf(0), 'team/key');
      const before = readFileSync(file);
      await ann.team.connect({ address: other.server.url, key, keepsKey: false });
      assert.ok(!existsSync(file));
      // As a library that was copied back in part.
      writeFileSync(file, before);
      await assert.rejects(ann.team.sync(undefined, {}), { code: 'team-key-needed' });
      assert.equal((await ann.team.sync(key, {})).received, 0);
    } finally {
      await other.close();
    }
  });

  it('stays left while a sync was running', async () => {
    const ann = await joinAs('ann');
    await Promise.allSettled([ann.team.sync(undefined, {}), ann.team.leave(false)]);
    assert.equal(await ann.team.status(), undefined);
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
