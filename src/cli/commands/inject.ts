import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Injection, LeftOutPattern } from '../../core/model/api/prompts.ts';
import { answer, answered } from '../command.ts';
import type { CommandSpec, Context } from '../command.ts';
import { bad, flag, operand, ratio, text, texts, wholeNumber } from '../input.ts';
import type { Input } from '../input.ts';
import { readAll, toText } from '../io.ts';
import { clean } from '../text/clean.ts';
import { createStyle, wantsColour } from '../text/style.ts';

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
    { flags: '--max-patterns <n>', summary: 'patterns at most (default: 3, or as configured)' },
    {
      flags: '--budget <tokens>',
      summary: 'tokens to add at most (default: 2000, or as configured)',
    },
    { flags: '--min-relevance <x>', summary: 'from 0 to 1; less relevant patterns are not added' },
    { flags: '--all', summary: 'from all projects, not only from that of this folder' },
    {
      flags: '--allow <id...>',
      summary: 'add this pattern although it looks like an instruction to a language model',
    },
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
    const request = { task, prompt, ...toLimits(input, ctx.io.cwd) };
    const injection = await ctx.watched((watch) => engine.prompts.inject(request, watch));
    const found = injection.patterns.length > 0;
    if (ctx.json) return answer(found, toDocument(injection), () => '');
    // A prompt is handed on as it is; only a terminal would obey what it holds.
    const { isTTY } = ctx.io.stdout;
    await ctx.io.stdout.write(isTTY ? clean(injection.text) : injection.text);
    await tellLeftOut(injection, ctx);
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

function toLimits(input: Input, cwd: string) {
  const maxPatterns = wholeNumber(input, 'maxPatterns', { min: 0, max: 100 });
  const tokenBudget = wholeNumber(input, 'budget', { min: 0, max: 1_000_000 });
  const minRelevance = ratio(input, 'minRelevance');
  const allowed = texts(input, 'allow');
  return {
    folders: flag(input, 'all') ? [] : [cwd],
    ...(maxPatterns !== undefined && { maxPatterns }),
    ...(tokenBudget !== undefined && { tokenBudget }),
    ...(minRelevance !== undefined && { minRelevance }),
    ...(allowed !== undefined && { allowed }),
  };
}

/** A pattern left out as scripts read it, its reason in English. */
type LeftOutDocument = Omit<LeftOutPattern, 'detail'> & { readonly detail: string };

function toDocument(
  injection: Injection,
): Omit<Injection, 'leftOut'> & { readonly leftOut: readonly LeftOutDocument[] } {
  const leftOut = injection.leftOut.map((one) => ({ ...one, detail: one.detail.text }));
  return { ...injection, leftOut };
}

/** Standard output is the prompt; what is not in it is told beside it. */
async function tellLeftOut({ patterns, leftOut }: Injection, { io }: Context): Promise<void> {
  const style = createStyle(wantsColour({ env: io.env, isTTY: io.stderr.isTTY, refused: false }));
  const lines = leftOut.map(({ id, name, reason, detail, excerpt }) => {
    const line = `left out: ${clean(name)} (${id}): ${clean(detail.text)}`;
    if (reason !== 'instructs') return style.faint(line);
    return `${style.warning(line)}\n  ${clean(excerpt)}\n  to add it all the same: --allow ${id}`;
  });
  if (patterns.length === 0) {
    lines.unshift(style.faint('no pattern is relevant: nothing was added'));
  }
  if (lines.length > 0) await io.stderr.write(`${lines.join('\n')}\n`);
}
