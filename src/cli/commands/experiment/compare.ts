import { answer, type CommandSpec } from '../../command.ts';
import { operand, required } from '../../input.ts';

export const compareExperiments: CommandSpec = {
  name: 'experiment compare',
  summary: 'which differences between ways to resolve issues are larger than chance makes them',
  operands: [
    { name: '<name>', summary: 'an experiment, or <name>@<way> for one of its ways' },
    { name: '[other]', summary: 'what it is compared with (default: its ways with one another)' },
  ],
  options: [],
  examples: [
    ['experiment compare places', 'the ways of one experiment'],
    ['experiment compare places@3f9a later@77b0', 'one way with one of another experiment'],
  ],
  async run(input, ctx) {
    const other = operand(input, 1);
    const names = [required(input, 0), ...(other === undefined ? [] : [other])];
    const engine = await ctx.engine();
    const comparisons = await engine.experiments.compare(names);
    return answer(true, { comparisons }, async (clean, terminal) => {
      const { formatComparisons } = await import('../../text/experimentText.ts');
      return formatComparisons(clean.comparisons, terminal);
    });
  },
};
