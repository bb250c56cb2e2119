import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { required } from '../input.ts';
import { clean } from '../text/clean.ts';

export const show: CommandSpec = {
  name: 'show',
  summary: 'show all there is of a pattern',
  operands: [{ name: '<id>', summary: 'its id, or the first digits of it' }],
  options: [],
  examples: [
    ['show 3f9a1c2e', 'by the first digits of its id'],
    ['show 3f9a1c2e --json', 'for a script'],
  ],
  async run(input, ctx) {
    const id = required(input, 0);
    const engine = await ctx.engine();
    const pattern = (await engine.patterns.show(id)) ?? null;
    return answer(pattern !== null, { pattern }, async (safe, terminal) => {
      if (safe.pattern === null) return `no pattern has the id ${clean(id)}`;
      const { formatPattern } = await import('../text/patternText.ts');
      return formatPattern(safe.pattern, terminal);
    });
  },
};
