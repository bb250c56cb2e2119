import { resolve } from 'node:path';
import type { ImportedPlaces, PassedOverCode } from '../../../core/model/api/experiments.ts';
import { answer, type CommandSpec, type Terminal } from '../../command.ts';
import { required, text } from '../../input.ts';
import { countOf, formatCount } from '../../text/format.ts';

export const importPlaces: CommandSpec = {
  name: 'experiment import',
  summary: 'take over where Agentless or CodeMonkeys found issues, for --localizer imported',
  operands: [
    {
      name: '<located>',
      summary:
        'a loc_outputs.jsonl of Agentless, or the folder in which CodeMonkeys keeps its runs',
    },
    { name: '<issues>', summary: 'the SWE-bench instances it is about, as JSON lines' },
  ],
  options: [
    {
      flags: '--repo <dir>',
      summary:
        'the repository, or a folder of clones such as owner+name (default: the current one)',
    },
  ],
  examples: [
    ['experiment import loc_outputs.jsonl lite.jsonl --repo ~/clones', 'from Agentless'],
    ['experiment import trajectories verified.jsonl --repo ~/clones', 'from CodeMonkeys'],
    [
      'experiment run taken lite.jsonl --repo ~/clones --localizer imported,hybrid',
      'compare what was imported',
    ],
  ],
  async run(input, ctx) {
    const at = (path: string): string => resolve(ctx.io.cwd, path);
    const order = {
      located: at(required(input, 0)),
      instances: at(required(input, 1)),
      repository: at(text(input, 'repo') ?? '.'),
    };
    const engine = await ctx.engine();
    const imported = await ctx.watched((watch) => engine.experiments.importPlaces(order, watch));
    const passedOver = imported.passedOver.map((one) => ({
      ...one,
      first: one.first.map((what) => what.text),
    }));
    return answer(imported.instances > 0, { ...imported, passedOver }, describe);
  },
};

type Document = Omit<ImportedPlaces, 'passedOver'> & {
  readonly passedOver: readonly {
    readonly code: PassedOverCode;
    readonly count: number;
    readonly first: readonly string[];
  }[];
};

const TITLES: Readonly<Record<PassedOverCode, string>> = {
  unreadable: 'cannot be read',
  'instance-unknown': 'not among the issues',
  'instance-unusable': 'issues that cannot be used',
  'path-outside': 'paths that leave the repository',
  'path-not-found': 'files that are not source code of the repository',
  'spot-not-found': 'names and lines that the file does not have',
  'nothing-left': 'issues without a place in the code',
};

function describe(
  { format, instances, places, passedOver }: Document,
  { style }: Terminal,
): string {
  const by = format === 'agentless' ? 'Agentless' : 'CodeMonkeys';
  return [
    `imported ${countOf(places, 'place')} for ${countOf(instances, 'issue')} from ${by}`,
    ...passedOver.flatMap(({ code, count, first }) => [
      style.warning(`${formatCount(count)} passed over, ${TITLES[code]} (${code}):`),
      ...first.map((what) => `  ${what}`),
      ...(count > first.length
        ? [style.faint(`  … ${formatCount(count - first.length)} more`)]
        : []),
    ]),
    ...(instances > 0
      ? [style.faint('resolve and experiment run use it with --localizer imported')]
      : []),
  ].join('\n');
}
