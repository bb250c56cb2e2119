import { chanceBy } from '../../../src/core/suggestions/logistic.ts';
import type { BenchTable } from '../../bench/table.ts';
import type { BodyExample, BodyQuery } from './bodies.ts';
import { coverageAt } from './coverage.ts';
import { fitBodyModel } from './fitBodyModel.ts';

const MODELS = ['production', 'test'] as const;

interface Shown {
  readonly isTest: boolean;
  /** `undefined` where nothing was suggested. */
  readonly example: BodyExample | undefined;
  readonly chance: number;
}

/**
 * Coverage over all repositories: of each, what comes first by the product's weights, with its chance
 * by weights that were fitted on the others.
 */
export function crossValidationTable(repositories: readonly (readonly BodyQuery[])[]): BenchTable {
  const rows = (['library', 'open file'] as const).flatMap((way) => {
    const shown = repositories.flatMap((queries) => {
      const others = repositories.filter((one) => one !== queries).flat();
      return shownBy(others, queries, way);
    });
    return (['isSimilar', 'isKept'] as const).map((what) => {
      const judged = (all: readonly Shown[]) =>
        all.map(({ example, chance }) => example && { chance, isRight: example[what] });
      return [
        `${what === 'isSimilar' ? 'similar' : 'kept'}, ${way}`,
        ...[0.3, 0.5, 0.7].map((precision) => coverageAt(precision, judged(shown))),
        coverageAt(0.5, judged(shown.filter(({ isTest }) => !isTest))),
      ];
    });
  });
  return {
    title: `The same over all ${repositories.length} repositories, each by weights fitted on the others`,
    columns: ['', '30 %', '50 %', '70 %', '50 %, production'],
    rows,
  };
}

function shownBy(
  others: readonly BodyQuery[],
  queries: readonly BodyQuery[],
  way: BodyExample['way'],
): readonly Shown[] {
  const examples = others.flatMap((one) => one.examples);
  const weights = new Map(MODELS.map((name) => [name as string, fitBodyModel(examples, name)]));
  return queries.map(({ isTest, examples: own }) => {
    const example = own.find((one) => one.way === way);
    const model = weights.get(example?.model ?? '');
    const chance =
      example === undefined || model === undefined ? 0 : chanceBy(model, example.features);
    return { isTest, example, chance };
  });
}
