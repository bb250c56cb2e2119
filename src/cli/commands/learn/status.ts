import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';

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
    return answer(status.sessions > 0, document, (clean) => {
      const { success, failure, unknown } = clean.outcomes;
      return [
        `${clean.sessions} sessions: ${success} succeeded, ${failure} failed, of ${unknown} nobody says`,
        `${clean.strategies} strategies, ${clean.errors} errors; ${clean.pruned} sessions set aside`,
        `Looked at all together: ${clean.lastBatch ?? 'never'}`,
        ...clean.waitsFor.map((what) => `  waits: ${what}`),
        `Model: ${model}`,
      ].join('\n');
    });
  },
};
