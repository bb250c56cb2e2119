import { resolve } from 'node:path';
import { TRAINING_FORMATS } from '../../../core/model/api/experiments.ts';
import { replaceFile } from '../../../core/platform/replaceFile.ts';
import { answer, answered, type CommandSpec } from '../../command.ts';
import { bad, oneOf, required, text } from '../../input.ts';
import { countOf } from '../../text/format.ts';

export const exportExperiment: CommandSpec = {
  name: 'experiment export',
  summary: 'what models were asked and answered, to train on, without secrets',
  operands: [{ name: '<name>', summary: 'as experiment list tells it' }],
  options: [
    {
      flags: '--format <format>',
      summary:
        'chat: whole conversations; sft: prompts with their completions; preferences: pairs of a better and a worse answer; atif: trajectories (default: chat)',
    },
    {
      flags: '--measure <name>',
      summary: 'what preferences go by (default: pass-rate-best, else similarity-best)',
    },
    { flags: '-o, --output <file>', summary: 'the file to write (default: standard output)' },
  ],
  examples: [
    ['experiment export judged -o judged.jsonl', 'a conversation a line'],
    ['experiment export judged --format preferences', 'pairs by what tests said'],
  ],
  async run(input, ctx) {
    const name = required(input, 0);
    const format = oneOf(input, 'format', TRAINING_FORMATS) ?? 'chat';
    const measure = text(input, 'measure');
    if (measure !== undefined && format !== 'preferences') {
      throw bad('--measure is for --format preferences');
    }
    const output = text(input, 'output');
    if (output === '') throw bad('--output is empty');
    const engine = await ctx.engine();
    const order = { name, format, ...(measure !== undefined && { measure }) };
    const lines = await engine.experiments.training(order);
    const written = lines.map((line) => `${line}\n`).join('');
    if (output !== undefined && output !== '-') {
      replaceFile(resolve(ctx.io.cwd, output), written);
      return answer(lines.length > 0, { format, count: lines.length, output }, describe);
    }
    if (ctx.json) {
      return answer(lines.length > 0, { format, count: lines.length, text: written }, () => '');
    }
    await ctx.io.stdout.write(written);
    return answered(lines.length > 0);
  },
};

interface Written {
  readonly count: number;
  readonly output: string;
}

function describe({ count, output }: Written): string {
  return count > 0
    ? `wrote ${countOf(count, 'line')} to ${output}`
    : `no model was asked in it, or no answers can be told apart; ${output} is empty`;
}
