import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { answer, answered } from '../../command.ts';
import type { CommandSpec, Context } from '../../command.ts';
import { bad, flag, operand, text } from '../../input.ts';
import { readAll, toText } from '../../io.ts';
import { LIMIT_OPTIONS, printPrompt, toLimits, withReasons } from './limits.ts';

export const inject: CommandSpec = {
  name: 'inject',
  summary: 'add the patterns that fit a task to a prompt',
  operands: [
    {
      name: '[file]',
      summary: 'the prompt; - reads it from standard input; only the patterns when absent',
    },
  ],
  options: [
    { flags: '--task <text>', summary: 'what is to be done; the prompt itself when absent' },
    ...LIMIT_OPTIONS,
    { flags: '--all', summary: 'from all projects, not only from that of this folder' },
  ],
  examples: [
    [
      'inject --task "retry failed requests" prompt.md',
      'prints the prompt with patterns behind it',
    ],
    ['inject --task "parse dates" - < prompt.md | agent', 'on its way to an agent'],
    ['inject --task "parse dates" --json', 'the patterns alone, and what was left out'],
  ],
  async run(input, ctx) {
    const prompt = await readPrompt(operand(input, 0), ctx);
    const task = text(input, 'task') ?? prompt;
    if (task.trim() === '') throw bad('there is no task: name it with --task');
    const engine = await ctx.engine();
    const folders = flag(input, 'all') ? [] : [ctx.io.cwd];
    const request = { task, prompt, folders, ...toLimits(input, ctx.io) };
    const injection = await ctx.watched((watch) => engine.prompts.inject(request, watch));
    const found = injection.patterns.length > 0;
    if (ctx.json) return answer(found, withReasons(injection), () => '');
    await printPrompt(injection, ctx.io);
    return answered(found);
  },
};

async function readPrompt(file: string | undefined, { io }: Context): Promise<string> {
  if (file === undefined) return '';
  if (file === '-') return readAll(io.stdin);
  let bytes: Buffer;
  try {
    bytes = await readFile(resolve(io.cwd, file));
  } catch (error) {
    const { code = 'unreadable' } = error as NodeJS.ErrnoException;
    throw bad(`${file} cannot be read: ${code}`);
  }
  return toText(bytes, file);
}
