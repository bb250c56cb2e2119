import { resolve } from 'node:path';
import type { ExportOptions } from '../../core/model/api/jobs.ts';
import { answer, answered } from '../command.ts';
import type { CommandSpec } from '../command.ts';
import { FILTER_OPTIONS, toFilter } from '../filter.ts';
import { ALL_OPTION, toFolders } from '../found.ts';
import { bad, flag, oneOf, operand, text } from '../input.ts';
import type { Input } from '../input.ts';
import { countOf } from '../text/format.ts';
import { exportGuide } from './agents/exportGuide.ts';

const FORMATS = ['jsonl', 'pack', 'sqlite'] as const;

export const exportPatterns: CommandSpec = {
  name: 'export',
  summary: 'write patterns for other people and tools',
  operands: [
    {
      name: '[ids...]',
      summary: 'only these patterns (default: all of the project of this folder)',
    },
  ],
  options: [
    {
      flags: '--format <format>',
      summary:
        'jsonl: fixes and features; pack: every kind; sqlite: the whole library (default: what the name of the file says, else pack)',
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
    ALL_OPTION,
  ],
  examples: [
    ['export --output team.pack', 'this project, for import on another machine'],
    ['export --all --output everything.pack', 'every project of the library'],
    ['export --format jsonl --language python', 'fixes and features of Python code'],
    [
      'export --agents-md',
      'for agents that read files; a later one replaces its own section alone',
    ],
    ['export -o library.sqlite', 'for any SQLite tool'],
  ],
  async run(input, ctx) {
    if (flag(input, 'agentsMd')) return exportGuide(input, ctx);
    const options = toOptions(input, ctx.io.cwd);
    const { format } = options;
    const file = toFile(input, format, ctx.io.cwd);
    const engine = await ctx.engine();
    const {
      text: written,
      count,
      projects,
    } = await ctx.watched((watch) => engine.jobs.export(options, file, watch));
    if (file !== undefined) {
      return answer(count > 0, { format, count, projects, output: file }, formatExport);
    }
    if (ctx.json) return answer(count > 0, { format, count, projects, text: written }, () => '');
    await ctx.io.stdout.write(written);
    return answered(count > 0);
  },
};

function toOptions(input: Input, cwd: string): ExportOptions {
  const ids = operand(input, 0)?.split(' ');
  const pack = text(input, 'pack');
  const filter = toFilter(input);
  return {
    format: oneOf(input, 'format', FORMATS) ?? formatOf(text(input, 'output') ?? ''),
    folders: toFolders(input, cwd),
    ...(ids !== undefined && { ids }),
    ...(Object.keys(filter).length > 0 && { filter }),
    ...(pack !== undefined && { pack }),
  };
}

/** What a file's name says it is to hold. */
function formatOf(output: string): ExportOptions['format'] {
  const [, extension = ''] = /\.(\w+)$/.exec(output.toLowerCase()) ?? [];
  if (extension === 'jsonl') return 'jsonl';
  return ['sqlite', 'sqlite3', 'db'].includes(extension) ? 'sqlite' : 'pack';
}

function toFile(input: Input, format: ExportOptions['format'], cwd: string): string | undefined {
  const output = text(input, 'output');
  if (output === '') throw bad('--output is empty');
  if (output !== undefined && output !== '-') return resolve(cwd, output);
  if (format === 'sqlite') throw bad('--format sqlite needs --output FILE: it is not text');
  return undefined;
}

interface Written {
  readonly count: number;
  readonly output: string;
  readonly format: ExportOptions['format'];
  readonly projects: readonly string[];
}

function formatExport({ count, output, format, projects }: Written): string {
  const of = projects.length === 0 ? '' : ` of ${projects.join(', ')}`;
  const others = projects.length === 0 ? '' : '; --all takes those of all projects';
  if (count > 0) return `wrote ${countOf(count, 'pattern')}${of} to ${output}${others}`;
  const what = format === 'jsonl' ? 'no fix or feature' : 'no pattern';
  return `${what}${of} matches; ${output} is empty${others}`;
}
