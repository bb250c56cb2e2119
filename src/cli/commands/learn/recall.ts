import type { Remembered } from '../../../core/model/api/learning.ts';
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
        : clean.remembered.map(describe).join('\n\n'),
    );
  },
};

const OUTCOMES = {
  success: 'worked',
  failure: 'failed',
  unknown: 'ended, outcome unknown',
} as const;

function describe({ session, task, outcome, plan, errors }: Remembered): string {
  const mended = errors.filter(({ mending }) => mending !== undefined);
  // Of what nobody says how it ended, no deed is recommended.
  const deeds = outcome === 'unknown' ? [] : plan;
  return [
    `${OUTCOMES[outcome]}: ${task}  (${session})`,
    ...toDo(deeds).map((what) => `  ${outcome === 'failure' ? 'avoid' : 'do'}: ${what}`),
    ...mended.map(({ line, mending }) => `  met: ${line}\n    mended by: ${mending}`),
    ...(outcome === 'failure' ? errors.filter((one) => !mended.includes(one)) : []).map(
      ({ line }) => `  never got over: ${line}`,
    ),
  ].join('\n');
}

/** Deeds without what came of them that time. */
function toDo(deeds: readonly string[]): readonly string[] {
  return [...new Set(deeds.map((what) => what.replace(/: (?:they )?(?:pass|fail)(?:es|s)?$/, '')))];
}
