import assert from 'node:assert/strict';

import type { StageName } from '../../../../src/core/model/resolution/stages.ts';
import { combinations } from '../../../../src/core/resolution/experiments/grid.ts';
import { hypersKey } from '../../../../src/core/resolution/experiments/hypersKey.ts';
import {
  differenceOf,
  intervalOf,
  measuresOf,
} from '../../../../src/core/resolution/experiments/pointMeasures.ts';

const valued = (values: readonly number[]): ReadonlyMap<string, number> =>
  new Map(values.map((value, at) => [`issue-${at}`, value]));

describe('what combinations of an experiment are worth', () => {
  it('counts each instance once, however often it was run', () => {
    const of = (instance: string, value: number) => {
      return { instance, stage: 'localization' as const, measure: 'mrr', value };
    };
    const [measure, ...others] = measuresOf([of('a', 0), of('a', 1), of('a', 1), of('b', 1)]);
    assert.deepEqual(others, []);
    assert.deepEqual(
      measure?.values,
      new Map([
        ['a', 2 / 3],
        ['b', 1],
      ]),
    );
  });

  it('keeps what is said of one step together, in the order of the steps', () => {
    const of = (stage: StageName, measure: string) => ({ instance: 'a', stage, measure, value: 1 });
    const measures = measuresOf([
      of('generation', 'proposed'),
      of('localization', 'mrr'),
      of('selection', 'gain'),
      of('generation', 'coverage'),
    ]);
    assert.deepEqual(
      measures.map(({ stage, measure }) => `${stage} ${measure}`),
      ['localization mrr', 'generation proposed', 'generation coverage', 'selection gain'],
    );
  });

  it('gives the same interval for the same values, around their mean', () => {
    const values = [0, 0, 1, 1, 1, 0, 1, 1];
    const interval = intervalOf(values);
    assert.deepEqual(interval, intervalOf(values));
    assert.ok(interval.low < interval.mean && interval.mean < interval.high);
    assert.deepEqual(intervalOf([]), { mean: 0, low: 0, high: 0, count: 0 });
  });

  it('sees a small difference in every pair, which the spread of the issues hides', () => {
    const hard = Array.from({ length: 40 }, (_, at) => at / 40);
    const difference = differenceOf(valued(hard), valued(hard.map((value) => value + 0.02)));
    assert.ok(difference?.isClear);
    const [one, other] = [intervalOf(hard), intervalOf(hard.map((value) => value + 0.02))];
    assert.ok(one.high > other.low, 'the intervals of both overlap');
  });

  it('tells no difference where there is none, and compares what both have alone', () => {
    const one = valued([0, 1, 0, 1, 1, 0]);
    const other = valued([1, 0, 0, 1, 0, 1]);
    assert.equal(differenceOf(one, other)?.isClear, false);
    const part = differenceOf(one, new Map([['issue-1', 0]]));
    assert.deepEqual([part?.count, part?.first, part?.second], [1, 1, 0]);
    assert.equal(differenceOf(one, new Map([['another', 1]])), undefined);
  });

  it('makes every combination once, and names it whatever the order of its values', () => {
    const points = combinations<{ a: number; b: string }>({ a: [1, 2], b: ['x', 'y'] });
    assert.equal(new Set(points.map((point) => hypersKey(point))).size, 4);
    assert.equal(hypersKey({ a: 1, b: 'x' }), hypersKey({ b: 'x', a: 1 }));
    assert.match(hypersKey({}), /^[0-9a-f]{16}$/);
  });
});
