import type { IdiomDeviation } from '../../../core/model/code.ts';
import { AppError } from '../../../core/model/errors.ts';
import { localized } from '../../../core/model/localizedText.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { bad, required } from '../../input.ts';
import { formatDeviation } from '../../text/patternText.ts';

export const dismiss: CommandSpec = {
  name: 'dismiss',
  summary: 'take a place that does otherwise what an idiom does out of sight, for good',
  operands: [
    { name: '<id>', summary: 'id of the idiom, or its first digits' },
    { name: '<place>', summary: 'the place as show lists it, such as src/cart.ts:42' },
  ],
  options: [],
  examples: [['dismiss 3f9a1c2e src/cart.ts:42', 'that place has its reasons']],
  async run(input, ctx) {
    const id = required(input, 0);
    const place = required(input, 1);
    const engine = await ctx.engine();
    const detail = await engine.patterns.detail(id);
    if (detail === undefined) {
      throw new AppError('pattern-not-found', localized`there is no pattern ${id}`);
    }
    const { pattern, deviations } = detail;
    const found = deviations.filter((one) => isAt(one, place));
    if (found.length > 1) throw bad(`${place} is several places: name the line too`);
    for (const { mark } of found) await engine.curate.dismiss(pattern.id, mark);
    const document = { id: pattern.id, dismissed: found };
    return answer(found.length > 0, document, (clean) => {
      const [dismissed] = clean.dismissed;
      return dismissed === undefined
        ? `show ${clean.id} lists no such place`
        : `${formatDeviation(dismissed)} is no longer shown`;
    });
  },
};

/** A path without a line is every place in that file. */
function isAt(deviation: IdiomDeviation, place: string): boolean {
  return place === deviation.path || place === formatDeviation(deviation);
}
