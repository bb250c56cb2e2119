import type { BodyFeature, BodyModelName } from '../../../src/core/suggestions/bodies/bodyModel.ts';
import type { Logistic } from '../../../src/core/suggestions/logistic.ts';
import type { BodyExample } from './bodies.ts';
import { fitLogistic } from './fit.ts';

/** Weights for the chance that a body is kept, of one kind of function. */
export function fitBodyModel(
  examples: readonly BodyExample[],
  name: BodyModelName,
): Logistic<BodyFeature> {
  return fitLogistic(
    examples
      .filter(({ model }) => model === name)
      .map(({ features, isKept }) => ({ features, isRight: isKept })),
  );
}
