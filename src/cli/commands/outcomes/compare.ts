import type { ArmDraft } from '../../../core/model/api/outcomes.ts';
import type { Experiment } from '../../../core/model/outcomes/experiment.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { bad, operand, text } from '../../input.ts';

export const compare: CommandSpec = {
  name: 'compare',
  summary: 'compare two patterns, or two versions of one, by the tasks they are added to',
  operands: [
    { name: '[a]', summary: 'an id, or <id>@<version> for what versions lists' },
    { name: '[b]', summary: 'the other one' },
  ],
  options: [{ flags: '--end <name>', summary: 'end this comparison; what was learned stays' }],
  examples: [
    ['compare 3f9a1c2e 77b0d411', 'add either to each task that one of them fits'],
    ['compare 3f9a1c2e 3f9a1c2e@41d0', 'what it is now with what it was'],
    ['compare --end 5d0c7f21', 'end one; effect shows how they did'],
  ],
  async run(input, ctx) {
    const [a, b, end] = [operand(input, 0), operand(input, 1), text(input, 'end')];
    const engine = await ctx.engine();
    if (end !== undefined && a === undefined) {
      const ended = await engine.outcomes.endComparison(end);
      return answer(true, ended, (clean) => `comparison ${clean.experiment} has ended`);
    }
    if (a === undefined || b === undefined || end !== undefined) {
      throw bad('name the two that are to be compared, or --end and a comparison');
    }
    const started = await engine.outcomes.compare(toArm(a), toArm(b));
    return answer(true, started, formatStarted);
  },
};

function toArm(named: string): ArmDraft {
  const [pattern = '', version] = named.split('@', 2);
  return version === undefined ? { pattern } : { pattern, version };
}

function formatStarted({ experiment }: Experiment): string {
  return `comparison ${experiment} has begun: either is added to each task that one of them fits; effect shows how the tasks end`;
}
