import assert from 'node:assert/strict';
import type { PatternVersion } from '../../../../src/core/model/outcomes/version.ts';
import { filesBelow, openBench, type Bench } from '../../../support/engine/engine.ts';

const pour = (limit: string, end = ''): string => `def pour(tank, amount):
    """Fills a tank."""
    for _ in range(amount):
        if tank.level >= ${limit}:
            break
        tank.level += 1${end}
    return tank.level
`;

describe('versions of a pattern', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());

  const versions = (id: string): Promise<readonly PatternVersion[]> =>
    bench.engine.patterns.versions(id);

  async function addedPour(): Promise<string> {
    const draft = { code: pour('tank.size'), language: 'python', name: 'pour' };
    return (await bench.engine.curate.add(draft)).id;
  }

  it('are made by editing its words and its code, whatever that does to its id', async () => {
    const id = await addedPour();
    await bench.engine.curate.edit(id, { name: 'fillTank', tags: ['tank'] });
    // Another name in the same code leaves the id, more code does not.
    await bench.engine.curate.edit(id, { code: pour('tank.room') });
    const edited = await bench.engine.curate.edit(id, {
      code: pour('tank.room', '\n        log()'),
    });
    assert.notEqual(edited.id, id);
    const all = await versions(edited.id);
    assert.deepEqual(
      all.map(({ name, isCurrent, code }) => [name, isCurrent, /size|room/.exec(code)?.[0]]),
      [
        ['fillTank', true, 'room'],
        ['fillTank', false, 'room'],
        ['fillTank', false, 'size'],
        ['pour', false, 'size'],
      ],
    );
    assert.equal(new Set(all.map(({ version }) => version)).size, 4);
  });

  it('are none where an edit changes nothing', async () => {
    const id = await addedPour();
    await bench.engine.curate.edit(id, { name: 'pour' });
    assert.equal((await versions(id)).length, 1);
  });

  it('know what became of each', async () => {
    const id = await addedPour();
    const [shown] = await bench.engine.outcomes.show({
      ...{ surface: 'inject', task: 'fill it', shown: [{ pattern: id }] },
    });
    await bench.engine.outcomes.record(shown ?? '', { kind: 'reverted' });
    await bench.engine.curate.rate(id, 1, {});
    const { id: next } = await bench.engine.curate.edit(id, { code: pour('9', '\n        log()') });
    const look = await bench.engine.outcomes.show({
      ...{ surface: 'inject', task: 'fill it again', shown: [{ pattern: next }] },
    });
    await bench.engine.outcomes.record(look[0] ?? '', { kind: 'survived' });
    const [now, before] = await versions(next);
    assert.deepEqual(
      [now, before].map((one) => [one?.isCurrent, one?.shown, one?.ratingCount]),
      [
        [true, 1, 0],
        [false, 1, 1],
      ],
    );
    assert.ok((now?.successRate.mean ?? 0) > (before?.successRate.mean ?? 1));
  });

  it('are rolled back to without losing what came in between', async () => {
    const id = await addedPour();
    await bench.engine.curate.edit(id, { description: 'Fills it up.' });
    const { id: next } = await bench.engine.curate.edit(id, { code: pour('9', '\n        log()') });
    const first = (await versions(next)).at(-1);
    const back = await bench.engine.curate.rollBack(next, first?.version.slice(0, 5) ?? '');
    assert.equal(back.id, id);
    assert.ok('code' in back);
    assert.deepEqual([back.code, back.description], [first?.code, first?.description]);
    assert.equal((await bench.engine.patterns.show(next))?.id, id);
    const all = await versions(id);
    assert.equal(all.length, 3);
    assert.equal(all[0]?.version, first?.version);
    await bench.engine.curate.rollBack(id, all[1]?.version ?? '');
    await assert.rejects(bench.engine.curate.rollBack(id, 'zz'), { code: 'version-not-found' });
    await assert.rejects(bench.engine.curate.rollBack(id, ''), { code: 'version-not-found' });
    await assert.rejects(versions('nothing'), { code: 'pattern-not-found' });
  });

  it('are made when its source changes, also where its id stays', async () => {
    bench.write('tank.py', pour('tank.size'));
    await bench.extract();
    const [found] = (await bench.engine.find.patterns({ text: 'pour tank' })).rows;
    const id = found?.id ?? '';
    bench.write('tank.py', pour('tank.volume'));
    await bench.extract();
    assert.equal((await bench.engine.patterns.show(id))?.state, 'live');
    bench.write('tank.py', pour('tank.volume', '\n        tank.log()'));
    await bench.extract();
    const [now] = (await bench.engine.find.patterns({ text: 'pour tank' })).rows;
    const all = await versions(now?.id ?? '');
    assert.deepEqual(
      all.map(({ code }) => [/size|volume/.exec(code)?.[0], code.includes('log')]),
      [
        ['volume', true],
        ['volume', false],
        ['size', false],
      ],
    );
    await bench.extract();
    assert.equal((await versions(now?.id ?? '')).length, 3);
  });

  it('go with a pattern that is purged, and survive compaction and another process', async () => {
    const id = await addedPour();
    const { id: next } = await bench.engine.curate.edit(id, { code: pour('9', '\n        log()') });
    await bench.engine.library.compact();
    await bench.reopen();
    assert.equal((await versions(next)).length, 2);
    await bench.engine.curate.forget({ pattern: next }, true);
    await bench.reopen();
    for (const [path, bytes] of filesBelow(bench.library)) {
      assert.ok(!bytes.includes('tank.size'), path);
    }
  });
});
