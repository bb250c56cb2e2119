import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { countOf } from '../../text/format.ts';

export const learnStatus: CommandSpec = {
  name: 'learn status',
  summary: 'what was learned from sessions so far, and what comes next',
  options: [],
  examples: [['learn status --json', 'for a script']],
  async run(_, ctx) {
    const status = await (await ctx.engine()).learning.status();
    const model = 'why' in status.model ? status.model.why.text : status.model.name;
    const document = {
      ...status,
      waitsFor: status.waitsFor.map(({ text }) => text),
      model: 'why' in status.model ? { why: model } : { name: model },
    };
    return answer(true, document, (clean) => {
      const { success, failure, unknown } = clean.outcomes;
      const ended = [
        `${success} succeeded`,
        `${failure} failed`,
        ...(unknown === 0 ? [] : [`${unknown} with no proof either way`]),
      ];
      return [
        `${countOf(clean.sessions, 'session')}: ${ended.join(', ')}`,
        ...(unknown === 0
          ? []
          : [
              '  pattern-foundry analyze tells what each of these seems to be, and why that is no proof',
            ]),
        `${countLessons(clean)}, ${countOf(clean.code, 'piece')} of code`,
        ...(clean.pruned === 0
          ? []
          : [
              `${countOf(clean.pruned, 'session')} set aside: pattern-foundry learn aside tells why`,
            ]),
        `All sessions last looked at together: ${clean.lastBatch ?? 'never'}`,
        ...clean.waitsFor.map((what) => `  waits: ${what}`),
        `Model: ${model}`,
      ].join('\n');
    });
  },
};

/** `1 strategy, 3 errors` */
export function countLessons({
  strategies,
  errors,
}: {
  readonly strategies: number;
  readonly errors: number;
}): string {
  return `${countOf(strategies, 'strategy', 'strategies')}, ${countOf(errors, 'error')}`;
}
