import type { Localization } from '../../../model/resolution/stages.ts';
import { collect } from '../../../resolution/feed.ts';
import { fusePlaces } from '../../../resolution/localization/fusePlaces.ts';

/** Several localizers one after another, whose answers are joined by rank. */
export function createComposed(localizers: readonly Localization[]): Localization {
  return {
    name: 'composed',
    parameters: {
      parts: JSON.stringify(localizers.map(({ name, parameters }) => ({ name, parameters }))),
    },
    async *locate(instance, watch = {}) {
      const lists = [];
      for (const localizer of localizers) {
        lists.push(await collect(localizer.locate(instance, watch)));
      }
      yield* fusePlaces(lists);
    },
  };
}
