import { resolve } from 'node:path';
import type { ExportOptions } from '../../core/model/api/jobs.ts';
import { answer, answered } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { FILTER_OPTIONS, toFilter } from '../filter.ts';
import { bad, flag, oneOf, operand, text } from '../input.ts';
import type { Input } from '../input.ts';
import { countOf } from '../text/format.ts';
import { exportGuide } from './agents/exportGuide.ts';

const FORMATS = ['jsonl', 'pack', 'sqlite'] as const;

export const exportPatterns: CommandSpec = {
  name: 'export',
  summary: 'write patterns for other people and tools',
  operands: [{ name: '[ids...]', summary: 'only these patterns (default: all)' }],
  options: [
    {
      flags: '--format <format>',
      summary: 'jsonl: fixes and features; pack: every kind (default); sqlite: the whole library',
    },
    {
      flags: '-o, --output <file>',
      summary: 'the file to write (default: standard output, also -)',
    },
    {
      flags: '--pack <name>',
      summary: 'name of the pack, in its first line',
    },
    {
      flags: '--agents-md',
      summary:
        'put the best of this project into AGENTS.md, or the Markdown file named by --output',
    },
    ...FILTER_OPTIONS,
  ],
  examples: [
    ['export --format pack --output team.pack', 'for import on another machine'],
    ['export --format jsonl --language python', 'fixes and features of Python code'],
    [
      'export --agents-md',
      'for agents that read files; a later one replaces its own section alone',
    ],
    ['export --format sqlite -o library.sqlite', 'for any SQLite tool'],
  ],
  async run(input, ctx) {
    if (flag(input, 'agentsMd')) return exportGuide(input, ctx);
    const options = toOptions(input);
    const { format } = options;
    const file = toFile(input, format, ctx.io.cwd);
    const engine = await ctx.engine();
    const { text: written, count } = await ctx.watched((watch) =>
      engine.jobs.export(options, file, watch),
    );
    if (file !== undefined) {
      return answer(count > 0, { format, count, output: file }, formatExport);
    }
    if (ctx.json) return answer(count > 0, { format, count, text: written }, () => '');
    await ctx.io.stdout.write(written);
    return answered(count > 0);
  },
};

function toOptions(input: Input): ExportOptions {
  const ids = operand(input, 0)?.split(' ');
  const pack = text(input, 'pack');
  const filter = toFilter(input);
  return {
    format: oneOf(input, 'format', FORMATS) ?? 'pack',
    ...(ids !== undefined && { ids }),
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(pack !== undefined && { pack }),
  };
}

function toFile(input: Input, format: ExportOptions['format'], cwd: string): string | undefined {
  const output = text(input, 'output');
  if (output === '') throw bad('--output is empty');
  if (output !== undefined && output !== '-') return resolve(cwd, output);
  if (format === 'sqlite') throw bad('--format sqlite needs --output FILE: it is not text');
  return undefined;
}

function formatExport({
  count,
  output,
}: {
  readonly count: number;
  readonly output: string;
}): string {
  return count === 0
    ? `no pattern matches; ${output} is empty`
    : `wrote ${countOf(count, 'pattern')} to ${output}`;
}
