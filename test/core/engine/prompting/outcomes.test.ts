import assert from 'node:assert/strict';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { OutcomeKind } from '../../../../src/core/model/outcomes/outcome.ts';
import type { PatternId } from '../../../../src/core/model/pattern.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

const CLAMP =
  'def clamp_range(value, low, high):\n    if value < low:\n        return low\n    if value > high:\n        return high\n    return value\n';
const RETRY =
  'def retry_call(call, times):\n    for attempt in range(times):\n        try:\n            return call()\n        except OSError:\n            if attempt + 1 == times:\n                raise\n';

const DAY_MS = 24 * 60 * 60 * 1000;

describe('outcomes', () => {
  let bench: Bench;
  let nowMs = Date.UTC(2026, 0, 1);
  beforeEach(async () => {
    bench = await openBench(undefined, () => nowMs);
    bench.write('clamp.py', CLAMP);
    bench.write('retry.py', RETRY);
    await bench.extract();
  });
  afterEach(() => bench.close());

  const find = async (text: string): Promise<{ id: PatternId; impression: string }> => {
    const { rows } = await bench.engine.find.patterns({ text, minRelevance: 0 });
    const [first] = rows;
    const { id = '', impression } = first ?? {};
    return { id, impression: impression ?? '' };
  };

  it('attach to what a search showed, from another process too', async () => {
    const { id, impression } = await find('clamp range');
    await bench.reopen();
    const { outcomes } = bench.engine;
    await outcomes.record(impression, { kind: 'accepted', use: 'copied' });
    await outcomes.record(impression, { kind: 'accepted', use: 'copied' });
    const told = await outcomes.record(impression, { kind: 'edited', share: 0.75 });
    assert.deepEqual(
      told.outcomes.map(({ kind, share, use }) => [kind, share, use]),
      [
        ['accepted', null, 'copied'],
        ['edited', 0.75, null],
      ],
    );
    assert.deepEqual([told.pattern, told.surface, told.task], [id, 'list', 'clamp range']);
    assert.match(told.version ?? '', /^[0-9a-f]{8}$/);
    assert.ok((told.signals['words'] ?? 0) > 0);
    assert.equal((await bench.engine.library.stats()).uses, 1);
  });

  it('are told anew where something else was said since, and the last one holds', async () => {
    const { id, impression } = await find('clamp range');
    const { outcomes } = bench.engine;
    const told = async (...kinds: readonly OutcomeKind[]): Promise<number | undefined> => {
      for (const kind of kinds) await outcomes.record(impression, { kind });
      return (await bench.engine.patterns.show(id))?.successRate.mean;
    };
    const none = await told();
    const passed = await told('passed');
    assert.ok((passed ?? 0) > (none ?? 1));
    assert.equal(await told('failed', 'passed', 'passed'), passed);
    const taken = await told('accepted');
    assert.ok(((await told('reverted', 'survived', 'reverted')) ?? 1) < (none ?? 0));
    assert.equal(await told('accepted'), taken, 'taken again');
  });

  it('of an unknown impression and of an impossible share are refused', async () => {
    const { outcomes } = bench.engine;
    for (const id of ['abcdef012345.7', 'nonsense', '']) {
      await assert.rejects(outcomes.record(id, { kind: 'accepted' }), {
        code: 'impression-not-found',
      });
    }
    const { impression } = await find('clamp');
    await assert.rejects(outcomes.record(impression, { kind: 'edited', share: 1.5 }), {
      code: 'bad-argument',
    });
  });

  it('move the success rate by how reliable they are; that nothing came of it does not', async () => {
    const rates: Record<string, number> = {};
    for (const kinds of [
      ['ignored'],
      ['accepted'],
      ['accepted', 'survived'],
      ['accepted', 'reverted'],
      ['passed'],
      ['dismissed'],
    ] as const) {
      const fresh = await openBench();
      fresh.write('clamp.py', CLAMP);
      await fresh.extract();
      const { rows } = await fresh.engine.find.patterns({ text: '' });
      const { id = '', impression, successRate } = rows[0] ?? {};
      for (const kind of kinds) await fresh.engine.outcomes.record(impression ?? '', { kind });
      const after = await fresh.engine.patterns.show(id);
      rates[kinds.join(' ')] = (after?.successRate.mean ?? 0) - (successRate?.mean ?? 0);
      await fresh.close();
    }
    const of = (name: string): number => rates[name] ?? NaN;
    assert.equal(of('ignored'), 0);
    assert.ok(of('accepted survived') > of('accepted') && of('accepted') > 0);
    assert.ok(of('accepted reverted') < of('dismissed') && of('dismissed') < 0);
    assert.equal(of('passed'), of('accepted'));
  });

  it('of a task are those of all that was put into it, and thumbs rate the pattern', async () => {
    const clamp = await find('clamp');
    const retry = await find('retry');
    const { outcomes } = bench.engine;
    const [first = '', second = ''] = await outcomes.show({
      ...{ surface: 'inject', task: 'bound the volume', session: 's1', folder: bench.project },
      context: 'code around',
      shown: [{ pattern: clamp.id }, { pattern: retry.id, chance: 0.5, estimate: 0.8 }],
    });
    await outcomes.record(second, { kind: 'failed' });
    await outcomes.record(first, { kind: 'up' });
    const both = [first, second].map((id) => outcomes.impression(id));
    const [one, other] = (await Promise.all(both)).map((known) => known ?? assert.fail());
    assert.ok(one !== undefined && other !== undefined);
    assert.deepEqual(
      [one, other].map((all) => all.outcomes.map(({ kind }) => kind)),
      [['failed', 'up'], ['failed']],
    );
    assert.deepEqual([other.chance, other.estimate, other.look], [0.5, 0.8, first]);
    assert.match(one.project ?? '', /^dir:/);
    assert.match(one.context ?? '', /^[0-9a-f]{8}$/);
    const [rating] = (await bench.engine.patterns.detail(clamp.id))?.ratings ?? [];
    assert.deepEqual(
      [rating?.rating, rating?.session, rating?.task],
      [5, 's1', 'bound the volume'],
    );
  });

  it('decide what is found: success lifts, and what only fails is an answer no more', async () => {
    const first = async (): Promise<readonly string[]> => {
      const page = await bench.engine.find.patterns({ text: 'value call times', minRelevance: 0 });
      return page.rows.map(({ name }) => name);
    };
    const [best = '', other = ''] = await first();
    assert.notEqual(other, '');
    const { rows } = await bench.engine.find.patterns({ text: '' });
    const tell = async (
      name: string,
      kind: 'survived' | 'reverted',
      times: number,
    ): Promise<void> => {
      const id = rows.find((row) => row.name === name)?.id ?? '';
      const shown = Array.from({ length: times }, () => ({ pattern: id }));
      const ids = await bench.engine.outcomes.show({ surface: 'inject', shown });
      for (const impression of ids) await bench.engine.outcomes.record(impression, { kind });
    };
    const scoreOf = async (name: string): Promise<number> => {
      const page = await bench.engine.find.patterns({ text: 'value call times', minRelevance: 0 });
      return page.rows.find((row) => row.name === name)?.score ?? 0;
    };
    const before = [await scoreOf(best), await scoreOf(other)];
    await tell(best, 'reverted', 1);
    await tell(other, 'survived', 4);
    const after = [await scoreOf(best), await scoreOf(other)];
    assert.deepEqual(
      after.map((score, at) => Math.sign(score - (before[at] ?? 0))),
      [-1, 1],
    );
    await tell(best, 'reverted', 6);
    assert.deepEqual(await first(), [other]);
    assert.equal((await bench.engine.find.patterns({ text: '' })).total, 2);
  });

  it('hold no secret of a task', async () => {
    const token = `ghp_${'a1B2c3D4e5F6'.repeat(3)}`;
    const { id } = await find('clamp');
    const [impression = ''] = await bench.engine.outcomes.show({
      ...{ surface: 'mcp', task: `use ${token}` },
      shown: [{ pattern: id }],
    });
    const shown = await bench.engine.outcomes.record(impression, { kind: 'passed' });
    assert.ok(!JSON.stringify(shown).includes(token));
  });

  it('tell how often what was thought this likely was kept', async () => {
    const { outcomes } = bench.engine;
    const draft = { estimate: 0.72, chance: 1 };
    const ids = await outcomes.show({ surface: 'ghost', shown: [draft, draft, draft] });
    await outcomes.record(ids[0] ?? '', { kind: 'accepted' });
    await outcomes.record(ids[1] ?? '', { kind: 'accepted' });
    await outcomes.record(ids[1] ?? '', { kind: 'reverted' });
    assert.deepEqual(await outcomes.calibration('ghost', undefined), [
      { estimate: 0.7, shown: 3, kept: 1 },
    ]);
    assert.deepEqual(await outcomes.calibration('chat', undefined), []);
  });

  it('that never came are noted in the end, and old impressions become counts', async () => {
    const { id } = await find('clamp');
    const { outcomes } = bench.engine;
    const [waiting = '', told = ''] = await outcomes.show({
      ...{ surface: 'inject', task: 'one' },
      shown: [{ pattern: id }, { pattern: id }],
    });
    await outcomes.record(told, { kind: 'accepted' });
    const shown = (await bench.engine.patterns.detail(id))?.impressions;
    nowMs += 8 * DAY_MS;
    await bench.reopen();
    const resolved = await bench.engine.outcomes.impression(waiting);
    assert.deepEqual(
      resolved?.outcomes.map(({ kind }) => kind),
      ['ignored'],
    );
    nowMs += 31 * DAY_MS;
    await bench.engine.library.compact();
    await bench.reopen();
    assert.equal((await bench.engine.patterns.detail(id))?.impressions, shown);
    const kept = await bench.engine.outcomes.impression(told);
    assert.deepEqual([kept?.pattern, kept?.task, kept?.context], [id, 'one', null]);
  });

  it('an hour of ghost text and searches adds at most 200 kB to the journal', async () => {
    const { id } = await find('clamp');
    await bench.reopen();
    const before = journalBytes(bench.library);
    for (let minute = 0; minute < 60; minute++) {
      for (let n = 0; n < 20; n++) {
        await bench.engine.outcomes.show({
          ...{ surface: 'ghost', folder: bench.project, context: `line ${minute} ${n}` },
          shown: [{ ...(n % 2 === 0 && { pattern: id }), estimate: 0.731 }],
        });
      }
      await find(`clamp ${minute}`);
      // A minute passes.
      await bench.engine.outcomes.impression('abcdef012345.0');
    }
    await bench.reopen();
    const added = journalBytes(bench.library) - before;
    assert.ok(added > 10_000 && added <= 200_000, `${added} bytes`);
  });
});

function journalBytes(library: string): number {
  const folder = join(library, 'journal');
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}
