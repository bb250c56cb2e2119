import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';

export const effect: CommandSpec = {
  name: 'effect',
  summary: 'say whether patterns help: how tasks end with and without them',
  options: [],
  examples: [
    ['effect', 'in all, by surface and by pattern'],
    ['effect --json', 'for a script'],
  ],
  async run(_input, ctx) {
    const engine = await ctx.engine();
    const report = await engine.outcomes.effect();
    const { treated, held } = report.all;
    return answer(treated + held > 0, report, async (clean) => {
      const { formatEffects } = await import('../../text/effectText.ts');
      return formatEffects(clean);
    });
  },
};
