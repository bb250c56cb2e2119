import assert from 'node:assert/strict';
import type { TaskOutcome } from '../../../src/core/model/outcomes/effect.ts';
import { conflictOf } from '../../../src/core/outcomes/conflicts.ts';
import { effectOf, harmfulPatterns } from '../../../src/core/outcomes/effect.ts';
import { isHeldOut } from '../../../src/core/outcomes/holdout.ts';
import { createChance } from '../../support/draw.ts';

interface Rates {
  readonly count: number;
  readonly treated: number;
  readonly base: number;
}

function tasksOf({ count, treated, base }: Rates, pattern = 'p'): readonly TaskOutcome[] {
  const next = createChance(5);
  return Array.from({ length: count }, (_, at): TaskOutcome => {
    const held = next() < 0.2;
    return {
      ...{ look: `w.${at}`, surface: 'inject', session: `s${at}`, task: 't', held, at },
      ...{ arms: [], tokens: {}, durationMs: held ? 2_000 : 1_000 },
      ...{ chance: 0.8, patterns: [pattern], passed: next() < (held ? base : treated) },
    };
  });
}

describe('the effect of patterns on tasks', () => {
  it('is not told before there are enough tasks of both kinds', () => {
    const few = effectOf(tasksOf({ count: 20, treated: 1, base: 0 }));
    assert.equal(few.verdict, 'too-few');
    assert.ok((few.more ?? 0) > 0);
    assert.deepEqual(effectOf([]), { treated: 0, held: 0, verdict: 'too-few', more: 100 });
  });

  it('helps, harms or is unclear, and says how many more tasks it takes', () => {
    const of = (treated: number, base: number): ReturnType<typeof effectOf> =>
      effectOf(tasksOf({ count: 500, treated, base }));
    assert.equal(of(0.9, 0.4).verdict, 'helps');
    assert.equal(of(0.3, 0.8).verdict, 'harms');
    const unclear = of(0.65, 0.6);
    assert.equal(unclear.verdict, 'unclear');
    const { low = 0, high = 0 } = unclear.difference ?? {};
    assert.ok(low < 0 && high > 0);
  });

  it('counts a task once, and only tasks of which it was drawn', () => {
    const tasks = tasksOf({ count: 300, treated: 0.9, base: 0.4 });
    assert.deepEqual(effectOf([...tasks, ...tasks]), effectOf(tasks));
    const undrawn = tasks.map((task) => ({ ...task, chance: 1 }));
    assert.equal(effectOf(undrawn).verdict, 'too-few');
  });

  it('mutes patterns with which tasks go worse, and no others', () => {
    const tasks = [
      ...tasksOf({ count: 500, treated: 0.3, base: 0.8 }, 'bad'),
      ...tasksOf({ count: 500, treated: 0.8, base: 0.3 }, 'good'),
    ];
    assert.deepEqual([...harmfulPatterns(tasks)], ['bad']);
  });
});

describe('the holdout', () => {
  const tasks = Array.from({ length: 2000 }, (_, at) => ({ session: null, task: `task ${at}` }));

  it('takes about the share it is given, the same tasks each time', () => {
    const held = tasks.filter((task) => isHeldOut(task, 0.1));
    assert.ok(held.length > 150 && held.length < 250, String(held.length));
    assert.ok(held.every((task) => isHeldOut(task, 0.1) && isHeldOut(task, 0.2)));
    assert.ok(!tasks.some((task) => isHeldOut(task, 0)));
  });
});

describe('a contradiction', () => {
  const plain = { framework: null, before: '' };

  it('is a change back to what another change leads away from, whatever the layout', () => {
    const fix = { ...plain, before: 'a();\n  b();', code: 'b();' };
    assert.equal(conflictOf(fix, { ...plain, code: 'a(); b();' }), 'undoes');
    assert.equal(conflictOf({ ...plain, code: 'a();\nb();' }, fix), 'undoes');
    assert.equal(conflictOf(fix, { ...plain, code: 'c();' }), undefined);
  });

  it('is code for two frameworks of which a project has one', () => {
    const of = (one: string | null, other: string | null): unknown =>
      conflictOf(
        { before: '', code: 'x', framework: one },
        { before: '', code: 'y', framework: other },
      );
    assert.equal(of('jest', 'mocha'), 'rivals');
    assert.equal(of('flask', 'django'), 'rivals');
    assert.equal(of('jest', 'express'), undefined);
    assert.equal(of('jest', 'jest'), undefined);
    assert.equal(of(null, 'jest'), undefined);
  });
});
