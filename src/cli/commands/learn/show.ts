import type { Experience } from '../../../core/model/experience/experience.ts';
import { AppError } from '../../../core/model/errors.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { required } from '../../input.ts';
import { describeLesson } from './strategies.ts';

export const learnShow: CommandSpec = {
  name: 'learn show',
  summary: 'one strategy, error or piece of code, or what a session taught',
  operands: [{ name: '<id>', summary: 'of a strategy, an error, a piece of code or a session' }],
  options: [],
  examples: [['learn show 1a2b3c4d5e6f7a8b', 'ids as learn strategies and learn errors tell them']],
  async run(input, ctx) {
    const id = required(input, 0);
    const { learning } = await ctx.engine();
    for (const kind of ['strategy', 'error', 'code'] as const) {
      const lesson = (await learning.lessons(kind)).find((one) => one.id.startsWith(id));
      if (lesson !== undefined) return answer(true, lesson, describeLesson);
    }
    try {
      return answer(true, await learning.experience(id), describeExperience);
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'session-not-found') throw error;
      return answer(false, { id, found: false }, () => `nothing is known of ${id}`);
    }
  },
};

function describeExperience(experience: Experience): string {
  const { session, task, outcome, method, deeds, errors, reasons, pruned } = experience;
  return [
    `${session}: ${outcome} (credit: ${method})`,
    `  ${task}`,
    ...deeds.map(
      ({ step, share, what }) => `  step ${step} (${Math.round(100 * share)} %): ${what}`,
    ),
    ...errors.map(({ step, line }) => `  error at step ${step}: ${line}`),
    ...reasons.map((reason) => `  ${reason}`),
    ...(pruned === null ? [] : [`  set aside: ${pruned}; pattern-foundry learn restore undoes it`]),
  ].join('\n');
}
