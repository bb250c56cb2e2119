import type { LearnedLesson } from '../../../core/model/api/learning.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { countOf } from '../../text/format.ts';

export const learnStrategies: CommandSpec = {
  name: 'learn strategies',
  summary: 'what to do when, as sessions that provably succeeded did it',
  options: [],
  examples: [['learn strategies', 'the most useful first']],
  async run(_, ctx) {
    const strategies = await (await ctx.engine()).learning.lessons('strategy');
    return answer(strategies.length > 0, { strategies }, (clean) =>
      clean.strategies.length === 0
        ? 'no strategies yet: pattern-foundry learn reads sessions'
        : clean.strategies.map(describeLesson).join('\n\n'),
    );
  },
};

export function describeLesson(lesson: LearnedLesson): string {
  const { id, name, text, sessions, description } = lesson;
  return [
    `${id}  ${name}`,
    ...text.split('\n').map((line) => `  ${line}`),
    ...(description === '' ? [] : [`  ${description}`]),
    `  from ${countOf(sessions.length, 'session')}`,
  ].join('\n');
}
