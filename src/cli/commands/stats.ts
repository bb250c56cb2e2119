import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';

export const stats: CommandSpec = {
  name: 'stats',
  summary: 'count what the library holds',
  options: [],
  examples: [
    ['stats', 'patterns by kind, language and project'],
    ['stats --json', 'for a script'],
  ],
  async run(_, ctx) {
    const engine = await ctx.engine();
    return answer(true, await engine.library.stats(), async (clean, terminal) => {
      const { formatStats } = await import('../text/statsText.ts');
      return formatStats(clean, terminal);
    });
  },
};
