import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { required, wholeNumber } from '../../input.ts';

const USUAL_LIMIT = 3;

export const learnRecall: CommandSpec = {
  name: 'learn recall',
  summary: 'what sessions with a like task did: plans that worked, and warnings',
  operands: [{ name: '<task...>', summary: 'what is to be done, or an error' }],
  options: [{ flags: '-l, --limit <n>', summary: `at most this many (default: ${USUAL_LIMIT})` }],
  examples: [['learn recall "no such table in tests"', 'the most alike first']],
  async run(input, ctx) {
    const task = required(input, 0);
    const limit = wholeNumber(input, 'limit', { min: 1, max: 1000 }) ?? USUAL_LIMIT;
    const remembered = await (await ctx.engine()).learning.recall(task, limit);
    return answer(remembered.length > 0, { remembered }, (clean) =>
      clean.remembered.length === 0
        ? 'no session like that'
        : clean.remembered
            .map(({ session, task: former, isWarning, plan, errors }) =>
              [
                `${isWarning ? 'failed' : 'worked'}: ${former}  (${session})`,
                ...plan.map((what) => `  ${isWarning ? 'avoid' : 'do'}: ${what}`),
                ...errors.map((line) => `  met: ${line}`),
              ].join('\n'),
            )
            .join('\n\n'),
    );
  },
};
