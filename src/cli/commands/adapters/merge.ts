import {
  ELEMENT_TYPES,
  HEAD_POLICIES,
  MERGE_METHODS,
  type MergeReport,
} from '../../../core/model/api/adapters.ts';
import { answer } from '../../command.ts';
import type { CommandSpec, Terminal } from '../../command.ts';
import { bad, flag, oneOf, text, texts, wholeNumber } from '../../input.ts';
import type { Input } from '../../input.ts';
import { formatTable } from '../../text/table.ts';

const MOST_RANKS = 65_536;

export const mergeAdapters: CommandSpec = {
  name: 'adapters merge',
  summary: 'merge LoRA adapters into one and keep it as a version',
  options: [
    {
      flags: '--adapters <adapter...>',
      summary: '.safetensors files, PEFT folders or names of versions',
      takesMany: true,
    },
    {
      flags: '--weights <number...>',
      summary: 'one per adapter (default: equal)',
      takesMany: true,
    },
    {
      flags: '--success-rates <ratio...>',
      summary: 'one per adapter, 0 to 1, used as weights',
      takesMany: true,
    },
    { flags: '-o, --output <place>', summary: '.safetensors file or folder to write to' },
    {
      flags: '--method <method>',
      summary: 'cat (exact), svd (best for --rank) or average (default: svd with --rank, else cat)',
    },
    {
      flags: '--rank <n>',
      summary: 'highest rank of a module (default for svd: the highest among the adapters)',
    },
    {
      flags: '--heads <policy>',
      summary:
        'whole weights, such as trained heads: refuse, first, average or drop (default: refuse)',
    },
    { flags: '--dtype <type>', summary: 'F32, F16 or BF16 (default: F32)' },
    {
      flags: '--name <version>',
      summary: 'name of the version (default: made from date and content)',
    },
    { flags: '--force', summary: 'merge adapters of base models with different names' },
  ],
  examples: [
    ['adapters merge --adapters ann.safetensors bob.safetensors -o team', 'exact, equal weights'],
    [
      'adapters merge --adapters a b --weights 0.6 0.4 --rank 16 -o team',
      'the best merge of rank 16',
    ],
    [
      'adapters merge --adapters a b --success-rates 0.85 0.65 --name v2',
      'weighted by how they did',
    ],
  ],
  async run(input, ctx) {
    const adapters = words(input, 'adapters') ?? [];
    if (adapters.length === 0) throw bad('--adapters is missing');
    const rank = wholeNumber(input, 'rank', { min: 1, max: MOST_RANKS });
    const method = oneOf(input, 'method', MERGE_METHODS) ?? (rank === undefined ? 'cat' : 'svd');
    if (rank !== undefined && method !== 'svd') throw bad('--rank needs --method svd');
    const engine = await ctx.engine();
    const report = await engine.adapters.merge({
      adapters,
      weights: numbers(input, 'weights'),
      successRates: numbers(input, 'successRates'),
      method,
      rank,
      heads: oneOf(input, 'heads', HEAD_POLICIES) ?? 'refuse',
      type: typeNamed(input),
      force: flag(input, 'force'),
      output: text(input, 'output'),
      name: text(input, 'name'),
    });
    return answer(true, report, formatMerge);
  },
};

function formatMerge(
  { version, output, modules, heads }: MergeReport,
  { style }: Terminal,
): string {
  const error = version.relative_error;
  const columns = [
    { title: 'module', align: 'left' },
    { title: 'rank', align: 'right' },
    { title: 'relative error', align: 'right' },
  ] as const;
  const unmeasured = version.method === 'cat' ? 'exact' : 'not measured';
  const rows = modules.map((module) => [
    module.name,
    String(module.rank),
    module.relative_error === null ? unmeasured : toError(module.relative_error),
  ]);
  const overall =
    error === null
      ? 'exact, apart from rounding'
      : `relative error over the modules measured ${toError(error)}`;
  const warning =
    'averaging the factors does not average what the adapters do; cat and svd come closer';
  return [
    ...formatTable(columns, rows, style.faint),
    '',
    `${version.version_name}: ${overall}`,
    ...(version.method === 'average' ? [style.warning(warning)] : []),
    ...(heads.length > 0 ? [`whole weights kept: ${heads.join(', ')}`] : []),
    ...(output === undefined ? [] : [`written to ${output}`]),
    style.faint(
      `pattern-foundry adapters activate ${version.version_name} makes it the active one`,
    ),
  ].join('\n');
}

function toError(error: number): string {
  return error < 0.001 ? error.toExponential(1) : `${(error * 100).toFixed(1)} %`;
}

function typeNamed(input: Input): (typeof ELEMENT_TYPES)[number] {
  const value = text(input, 'dtype')?.toUpperCase() ?? 'F32';
  const type = ELEMENT_TYPES.find((known) => known === value);
  if (type === undefined) {
    throw bad(`--dtype is "${value}", not one of ${ELEMENT_TYPES.join(', ')}`);
  }
  return type;
}

function words(input: Input, name: string): readonly string[] | undefined {
  const value = input.options[name];
  return Array.isArray(value) ? value.map(String) : undefined;
}

function numbers(input: Input, name: string): readonly number[] | undefined {
  return texts(input, name)?.map((value) => {
    const number = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(value) ? Number(value) : NaN;
    if (Number.isNaN(number)) throw bad(`"${value}" is not a number`);
    return number;
  });
}
