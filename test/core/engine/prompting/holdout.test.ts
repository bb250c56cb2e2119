import assert from 'node:assert/strict';
import type { Injection } from '../../../../src/core/model/api/prompts.ts';
import { openBench, type Bench } from '../../../support/engine/engine.ts';

const CLAMP =
  'def clamp_range(value, low, high):\n    if value < low:\n        return low\n    if value > high:\n        return high\n    return value\n';

describe('a share of tasks', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
    bench.write('clamp.py', CLAMP);
    bench.write('.pattern-foundry.yaml', 'injection:\n  holdout: 50\n');
    await bench.extract();
  });
  afterEach(() => bench.close());

  const inject = (session: string): Promise<Injection> =>
    bench.engine.prompts.inject({ task: 'clamp range', prompt: 'Do it.', session });

  it('gets nothing, which is said, noted and always the same for one task', async () => {
    const arms = new Map<boolean, Injection>();
    for (let at = 0; at < 20; at++) {
      const injection = await inject(`s${at}`);
      const again = await inject(`s${at}`);
      assert.equal(again.text, injection.text);
      arms.set(injection.patterns.length > 0, injection);
    }
    const held = arms.get(false) ?? assert.fail();
    const shown = arms.get(true) ?? assert.fail();
    assert.equal(held.text, 'Do it.');
    assert.deepEqual(
      held.leftOut.map(({ reason }) => reason),
      ['held-out'],
    );
    assert.ok(shown.text.includes('clamp_range'));
    const { outcomes } = bench.engine;
    const out = (await outcomes.impression(held.look ?? '')) ?? assert.fail();
    assert.deepEqual([out.held, out.chance], [true, 0.5]);
    const uses = (await bench.engine.library.stats()).impressions;
    await outcomes.record(held.look ?? '', { kind: 'failed' });
    assert.equal((await bench.engine.library.stats()).impressions, uses);
    const pattern = await bench.engine.patterns.show(out.pattern ?? '');
    assert.equal(pattern?.successRate.weight, 0);
  });

  it('is told how it ended by its look in the context of a task too', async () => {
    const contexts = await Promise.all(
      Array.from({ length: 12 }, (_, at) =>
        bench.engine.prompts.context({
          ...{ task: 'clamp range', folder: bench.project, session: `s${at}` },
        }),
      ),
    );
    const held = contexts.find(({ patterns }) => patterns.length === 0) ?? assert.fail();
    const shown = contexts.find(({ patterns }) => patterns.length > 0) ?? assert.fail();
    assert.equal(shown.look, shown.patterns[0]?.impression);
    const told = await bench.engine.outcomes.record(held.look ?? '', { kind: 'passed' });
    assert.deepEqual([told.held, told.outcomes.map(({ kind }) => kind)], [true, ['passed']]);
  });

  it('is what the effect is judged by, on each surface and of each pattern', async () => {
    const { outcomes } = bench.engine;
    for (let at = 0; at < 40; at++) {
      const { look, patterns } = await inject(`t${at}`);
      await outcomes.record(look ?? '', { kind: patterns.length > 0 ? 'passed' : 'failed' });
    }
    const report = await outcomes.effect();
    assert.equal(report.holdout, 50);
    assert.equal(report.all.treated + report.all.held, 40);
    assert.equal(report.all.verdict, 'helps');
    assert.deepEqual(
      report.surfaces.map(({ surface, effect }) => [surface, effect.verdict]),
      [['inject', 'helps']],
    );
    assert.deepEqual(
      report.patterns.map(({ name, isMuted }) => [name, isMuted]),
      [['clamp_range', false]],
    );
  });

  it('shows that a pattern harms, and then nothing is told of it any more', async () => {
    const { outcomes } = bench.engine;
    for (let at = 0; at < 60; at++) {
      const { look, patterns } = await inject(`u${at}`);
      if (look === null) break;
      // The tests say so; thumbs keep its success rate up.
      await outcomes.record(look, { kind: patterns.length > 0 ? 'failed' : 'passed' });
      if (patterns.length > 0) await outcomes.record(look, { kind: 'up' });
    }
    const report = await outcomes.effect();
    assert.deepEqual(
      report.patterns.map(({ isMuted }) => isMuted),
      [true],
    );
    const { patterns, leftOut } = await inject('another');
    assert.deepEqual([patterns.length, leftOut.map(({ reason }) => reason)], [0, ['harmful']]);
  });

  it('is explained like everything that is shown', async () => {
    const { look } = await inject('s1');
    const { outcomes } = bench.engine;
    const { impression } =
      (await bench.engine.find.patterns({ text: 'clamp range' })).rows[0] ?? {};
    await outcomes.record(impression ?? '', { kind: 'accepted', use: 'copied' });
    const why = await outcomes.why(impression ?? '');
    assert.equal(why.state, 'resolved');
    assert.equal(why.pattern?.name, 'clamp_range');
    assert.deepEqual(
      why.last.map(({ id }) => id),
      [impression],
    );
    const texts = why.reasons.map(({ text }) => text);
    assert.ok(texts.some((text) => /^its words added 0\.\d/.test(text)));
    assert.ok(texts.some((text) => text.includes('clamp.py')));
    assert.equal((await outcomes.why(look ?? '')).state, 'pending');
    assert.equal(await outcomes.latest(why.pattern.id), impression);
    assert.equal(await outcomes.latest('0000000000000000'), undefined);
    await assert.rejects(outcomes.why('abcdef012345.9'), { code: 'impression-not-found' });
  });
});
