import assert from 'node:assert/strict';
import { differenceOf, type Trial } from '../../../src/core/outcomes/confidenceSequence.ts';
import { createChance } from '../../support/draw.ts';

/** Tasks of which a share is held out, with these success rates. */
function trialsOf(
  seed: number,
  { count, held, treated, base }: { count: number; held: number; treated: number; base: number },
): readonly Trial[] {
  const next = createChance(seed);
  return Array.from({ length: count }, () => {
    const isTreated = next() >= held;
    const outcome = Number(next() < (isTreated ? treated : base));
    return { treated: isTreated, chance: 1 - held, outcome };
  });
}

describe('the confidence sequence of a difference', () => {
  it('says nothing before both arms have ten trials', () => {
    const treated = Array.from({ length: 50 }, () => ({ treated: true, chance: 0.9, outcome: 1 }));
    const held = Array.from({ length: 9 }, () => ({ treated: false, chance: 0.9, outcome: 0 }));
    assert.equal(differenceOf([...treated, ...held]), undefined);
    assert.equal(differenceOf([]), undefined);
  });

  it('holds a difference in its interval, which narrows, and finds a large one', () => {
    const of = (count: number) =>
      differenceOf(trialsOf(7, { count, held: 0.2, treated: 0.8, base: 0.5 })) ?? assert.fail();
    const [early, late] = [of(150), of(1500)];
    for (const { low, mean, high } of [early, late]) {
      assert.ok(low <= mean && mean <= high && low >= -1 && high <= 1);
      assert.ok(low <= 0.3 && 0.3 <= high);
    }
    assert.ok(late.high - late.low < early.high - early.low);
    assert.ok(late.low > 0);
    assert.equal(late.treated + late.held, 1500);
  });

  it('stays finite where an arm only fails or only succeeds', () => {
    for (const [treated, base] of [
      [1, 0],
      [0, 1],
      [1, 1],
      [0, 0],
    ] as const) {
      const found = differenceOf(trialsOf(3, { count: 400, held: 0.2, treated, base }));
      assert.ok(found !== undefined && Number.isFinite(found.low) && Number.isFinite(found.high));
      assert.ok(Math.abs(found.mean - (treated - base)) < 0.01);
      assert.ok(found.low < treated - base + 0.001 && treated - base - 0.001 < found.high);
    }
  });

  it('rarely raises a false alarm, however often one looks', () => {
    const sequences = Array.from({ length: 40 }, (_, seed) =>
      trialsOf(seed + 1, { count: 600, held: 0.1, treated: 0.6, base: 0.6 }),
    );
    const alarms = sequences.filter((trials) =>
      Array.from({ length: 12 }, (_, look) => differenceOf(trials.slice(0, (look + 1) * 50))).some(
        (found) => found !== undefined && (found.low > 0 || found.high < 0),
      ),
    );
    assert.ok(alarms.length <= 6, `${alarms.length} of 40`);
  });

  it('weighs trials by the chance with which they were drawn', () => {
    // Half of the tasks are hard and mostly held out, half are easy and mostly treated.
    const next = createChance(11);
    const trials = Array.from({ length: 4000 }, (_, index): Trial => {
      const [chance, rate] = index % 2 === 0 ? [0.2, 0.2] : [0.8, 0.8];
      return { treated: next() < chance, chance, outcome: Number(next() < rate) };
    });
    const found = differenceOf(trials) ?? assert.fail();
    assert.ok(Math.abs(found.mean) < 0.06, String(found.mean));
  });
});
