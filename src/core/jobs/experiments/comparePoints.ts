import type { ComparedPoint, ExperimentComparison } from '../../model/api/experiments.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Parameters } from '../../model/resolution/stages.ts';
import { differenceOf } from '../../resolution/experiments/pointMeasures.ts';
import type { StorageParts } from '../resolve/record/openExperiment.ts';
import { pointsOnRecord, type PointOnRecord, withRuns } from './report.ts';

interface NamedPoint extends PointOnRecord {
  readonly experiment: string;
}

/**
 * Each pair of combinations of one experiment, or of one and the other.
 *
 * @throws AppError as `ExperimentsApi.compare`
 */
export function comparePoints(
  parts: StorageParts,
  names: readonly string[],
): readonly ExperimentComparison[] {
  const [first = [], second, ...others] = names.map((name) => pointsNamed(parts, name));
  if (others.length > 0) {
    throw new AppError('bad-argument', localized`two can be compared, not more`);
  }
  const pairs =
    second === undefined
      ? first.flatMap((one, at) => first.slice(at + 1).map((other) => [one, other] as const))
      : first.flatMap((one) =>
          second.flatMap((other) => (isSame(one, other) ? [] : [[one, other] as const])),
        );
  if (pairs.length === 0) {
    throw new AppError(
      'bad-argument',
      localized`${names.join(' ')} has one combination alone: name another experiment beside it`,
    );
  }
  return pairs.map(([one, other]) => ({
    first: comparedPoint(one, other),
    second: comparedPoint(other, one),
    differences: one.measures.flatMap(({ stage, measure, values }) => {
      const same = other.measures.find((its) => its.stage === stage && its.measure === measure);
      const difference = same && differenceOf(values, same.values);
      return difference === undefined ? [] : [{ stage, measure, ...difference }];
    }),
  }));
}

function isSame(one: NamedPoint, other: NamedPoint): boolean {
  return one.experiment === other.experiment && one.key === other.key;
}

/** @param name of an experiment, or `name@key` of one of its combinations, whose key may be cut */
function pointsNamed(parts: StorageParts, name: string): readonly NamedPoint[] {
  const [experiment = '', key = ''] = name.split('@', 2);
  const points = withRuns(parts, experiment, (runs, storage) => pointsOnRecord(storage, runs));
  const named = points.filter((point) => point.key.startsWith(key));
  if (named.length > 0) return named.map((point) => ({ ...point, experiment }));
  throw new AppError(
    'experiment-not-found',
    localized`experiment ${experiment} has no combination ${key}`,
  );
}

function comparedPoint(one: NamedPoint, other: NamedPoint): ComparedPoint {
  const differs: Parameters = Object.fromEntries(
    Object.entries(one.hypers).filter(([name, value]) => other.hypers[name] !== value),
  );
  return { experiment: one.experiment, key: one.key, differs };
}
