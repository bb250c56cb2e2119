import type { Rating } from '../../core/model/pattern.ts';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { bad, required, text } from '../input.ts';
import { formatSuccess } from '../text/patternText.ts';

const RATINGS: Readonly<Record<string, Rating | 'none'>> = {
  up: 5,
  down: 1,
  none: 'none',
  '1': 1,
  '2': 2,
  '3': 3,
  '4': 4,
  '5': 5,
};

export const rate: CommandSpec = {
  name: 'rate',
  summary: 'rate how well a pattern worked',
  operands: [
    { name: '<id>', summary: 'its id, or the first digits of the id' },
    {
      name: '<rating>',
      summary: 'up (5), down (1), a number from 1 to 5, or none to take it back',
    },
  ],
  options: [
    {
      flags: '--session <session>',
      summary: 'the session it was used in; each has its own rating',
    },
    { flags: '--task <task>', summary: 'the task it was used for; each has its own rating' },
  ],
  examples: [
    ['rate 3f9a1c2e up', 'it helped'],
    ['rate 3f9a1c2e 2 --task "parse dates"', 'it was of little use for this task'],
    ['rate 3f9a1c2e none', 'take the rating back'],
  ],
  async run(input, ctx) {
    const id = required(input, 0);
    const word = required(input, 1);
    const rating = Object.hasOwn(RATINGS, word) ? RATINGS[word] : undefined;
    if (rating === undefined) throw bad(`"${word}" is not up, down, none or a number from 1 to 5`);
    const session = text(input, 'session');
    const task = text(input, 'task');
    const engine = await ctx.engine();
    const statistics = await engine.curate.rate(id, rating === 'none' ? undefined : rating, {
      ...(session !== undefined && { session }),
      ...(task !== undefined && { task }),
    });
    return answer(true, statistics, (clean, { style }) =>
      [
        rating === 'none' ? 'took the rating back' : `rated ${rating} of 5`,
        `now: ${formatSuccess(clean)}`,
        style.faint(`id: ${clean.id}`),
      ].join('\n'),
    );
  },
};
