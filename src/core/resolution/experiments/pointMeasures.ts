import type { Interval } from '../../model/api/experiments.ts';
import type { StageName } from '../../model/resolution/stages.ts';
import { bootstrapMean, mean } from '../../platform/bootstrap.ts';

/** How good one run was by one measure. */
export interface MeasuredRun {
  readonly instance: string;
  readonly stage: StageName;
  readonly measure: string;
  readonly value: number;
}

/** Values by instance: of several runs of one, their mean. */
type ByInstance = ReadonlyMap<string, number>;

export interface MeasuredPoint {
  readonly stage: StageName;
  readonly measure: string;
  readonly values: ByInstance;
}

/** In the order in which stages follow one another. */
const STAGES: readonly StageName[] = ['localization', 'generation', 'testing', 'selection'];

/** By stage, in the order of the stages, and measure, in the order they first came. */
export function measuresOf(runs: readonly MeasuredRun[]): readonly MeasuredPoint[] {
  const found = new Map<string, { stage: StageName; measure: string; of: Map<string, number[]> }>();
  for (const { instance, stage, measure, value } of runs) {
    const name = `${stage} ${measure}`;
    const known = found.get(name) ?? { stage, measure, of: new Map<string, number[]>() };
    known.of.set(instance, [...(known.of.get(instance) ?? []), value]);
    found.set(name, known);
  }
  return [...found.values()]
    .sort((a, b) => STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage))
    .map(({ stage, measure, of }) => ({
      ...{ stage, measure },
      values: new Map([...of].map(([instance, values]) => [instance, mean(values)])),
    }));
}

/** The mean over instances: an instance that is run more often counts no more than others. */
export function intervalOf(values: readonly number[]): Interval {
  return { ...bootstrapMean(values), count: values.length };
}

/** One measure of two points, over the instances that have it of both. */
export interface Difference {
  readonly count: number;
  readonly first: number;
  readonly second: number;
  /** Second − first. */
  readonly difference: Interval;
  /** The interval leaves 0 out: the difference is larger than what other instances would make of it. */
  readonly isClear: boolean;
}

/**
 * Compares values pair by pair: instances differ from one another more than ways to resolve them do,
 * and what makes one hard is in both values.
 *
 * Blind spots: of a few instances the interval is too narrow, and of twenty comparisons of what is alike
 * one looks clear.
 *
 * @returns `undefined` where no instance has both
 */
export function differenceOf(one: ByInstance, other: ByInstance): Difference | undefined {
  const pairs = [...one].flatMap(([instance, first]) => {
    const second = other.get(instance);
    return second === undefined ? [] : [{ first, second }];
  });
  if (pairs.length === 0) return undefined;
  const difference = intervalOf(pairs.map(({ first, second }) => second - first));
  return {
    count: pairs.length,
    first: mean(pairs.map(({ first }) => first)),
    second: mean(pairs.map(({ second }) => second)),
    difference,
    isClear: difference.low > 0 || difference.high < 0,
  };
}
