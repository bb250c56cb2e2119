import { resolve } from 'node:path';
import type { TaskContext } from '../../../core/model/api/prompts.ts';
import { answer, answered } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { bad, required, text } from '../../input.ts';
import { LIMIT_OPTIONS, printPrompt, toLimits, withReasons } from './limits.ts';

export const context: CommandSpec = {
  name: 'context',
  summary: 'print what helps with a task: files, their tests, like code, fixes and patterns',
  operands: [{ name: '<task...>', summary: 'what is to be done, in words' }],
  options: [
    { flags: '--repo <dir>', summary: 'where it is to be done; the current folder when absent' },
    ...LIMIT_OPTIONS,
  ],
  examples: [
    ['context "add an endpoint for user preferences"', 'for an agent to begin with'],
    ['context "parse dates with time zones" --budget 4000', 'with more of the code'],
    ['context "parse dates" --json', 'for a script, with all reasons'],
  ],
  async run(input, ctx) {
    const task = required(input, 0);
    if (task.trim() === '') throw bad('there is no task');
    const engine = await ctx.engine();
    const folder = resolve(ctx.io.cwd, text(input, 'repo') ?? '.');
    const request = { task, folder, ...toLimits(input, ctx.io) };
    const found = await ctx.watched((watch) => engine.prompts.context(request, watch));
    if (ctx.json) return answer(found.text !== '', toDocument(found), () => '');
    await printPrompt(found, ctx.io);
    return answered(found.text !== '');
  },
};

function toDocument(found: TaskContext) {
  return {
    ...withReasons(found),
    files: found.files.map((file) => ({ ...file, why: file.why.map((reason) => reason.text) })),
    warnings: found.warnings.map((warning) => warning.text),
  };
}
