import type { AdapterVersion, Outcomes } from '../../../core/model/api/adapters.ts';
import { answer } from '../../command.ts';
import type { CommandSpec, Terminal } from '../../command.ts';
import { flag, operand, required, text } from '../../input.ts';
import { formatTable } from '../../text/table.ts';

const NAME = { name: '<version>', summary: 'name of a version' };

export const listAdapters: CommandSpec = {
  name: 'adapters list',
  summary: 'list adapter versions, newest first',
  options: [],
  examples: [['adapters list', 'the active one is marked']],
  async run(_input, ctx) {
    const engine = await ctx.engine();
    const versions = await engine.adapters.list();
    return answer(versions.length > 0, { versions }, (clean, terminal) =>
      clean.versions.length === 0
        ? 'no adapters yet; pattern-foundry adapters merge makes one'
        : formatVersions(clean.versions, terminal),
    );
  },
};

export const showAdapter: CommandSpec = {
  name: 'adapters show',
  summary: 'show what a version is made of, and when it was active',
  operands: [NAME],
  options: [],
  examples: [['adapters show v2', 'parents, weights and error of v2']],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const shown = await engine.adapters.show(required(input, 0));
    return answer(true, shown, ({ version, activations }) =>
      [
        ...formatVersion(version),
        ...activations.map(({ at, by, kind }) => `${pastOf(kind)} ${at} by ${by}`),
      ].join('\n'),
    );
  },
};

export const activateAdapter: CommandSpec = {
  name: 'adapters activate',
  summary: 'make a version the active one',
  operands: [NAME],
  options: [{ flags: '--force', summary: 'even if it performs worse than the active one' }],
  examples: [['adapters activate v2', 'v2 replaces the one before']],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const version = await engine.adapters.activate(required(input, 0), flag(input, 'force'));
    return answer(true, version, (clean) => `${clean.version_name} is active`);
  },
};

export const rollBackAdapter: CommandSpec = {
  name: 'adapters rollback',
  summary: 'activate the version that was active before, or the one named',
  operands: [{ name: '[version]', summary: NAME.summary }],
  options: [],
  examples: [
    ['adapters rollback', 'one step back'],
    ['adapters rollback v1', 'back to v1; nothing is deleted'],
  ],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const version = await engine.adapters.rollback(operand(input, 0));
    return answer(true, version, (clean) => `${clean.version_name} is active again`);
  },
};

export const evaluateAdapter: CommandSpec = {
  name: 'adapters evaluate',
  summary: 'compare a version with what it was merged from',
  operands: [NAME],
  options: [
    {
      flags: '--outcomes <file>',
      summary: 'JSON lines {"version","success"} with judged uses to add',
    },
  ],
  examples: [
    ['adapters evaluate v2', 'how much of each parent it keeps'],
    ['adapters evaluate v2 --outcomes tasks.jsonl', 'and how it did'],
  ],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const report = await engine.adapters.evaluate(required(input, 0), text(input, 'outcomes'));
    return answer(true, report, ({ version, parents }, { style }) => {
      const columns = [
        { title: 'parent', align: 'left' },
        { title: 'share', align: 'right' },
        { title: 'cosine', align: 'right' },
        { title: 'distance', align: 'right' },
        { title: 'outcomes', align: 'left' },
      ] as const;
      const rows = parents.map((parent) => [
        parent.name,
        ...[parent.share, parent.cosine, parent.distance].map(
          (value) => value?.toFixed(3) ?? 'not available',
        ),
        formatOutcomes(parent.outcomes),
      ]);
      return [
        ...formatTable(columns, rows, style.faint),
        '',
        `${version.version_name}: ${formatOutcomes(version.outcomes)}`,
      ].join('\n');
    });
  },
};

function formatVersions(versions: readonly AdapterVersion[], { style }: Terminal): string {
  const columns = ['', 'version', 'created', 'by', 'method', 'rank', 'error', 'outcomes'].map(
    (title) => ({ title, align: 'left' as const }),
  );
  const rows = versions.map((version) => [
    version.is_active ? style.good('active') : '',
    version.version_name,
    version.created_at.slice(0, 10),
    version.created_by,
    version.method,
    String(version.rank),
    formatError(version),
    formatOutcomes(version.outcomes),
  ]);
  return formatTable(columns, rows, style.faint).join('\n');
}

function formatVersion(version: AdapterVersion): readonly string[] {
  const parents = version.parent_versions.map(
    (name, at) => `${name} × ${(version.weights[at] ?? 0).toFixed(3)}`,
  );
  return [
    `${version.version_name}${version.is_active ? ' (active)' : ''}`,
    `merged from ${parents.join(', ')}`,
    `method ${version.method}, rank ${version.rank}, relative error ${formatError(version)}`,
    `for ${version.base_model ?? 'an unnamed model'}`,
    `created ${version.created_at} by ${version.created_by}`,
    `outcomes: ${formatOutcomes(version.outcomes)}`,
    `files in ${version.adapter_path}, SHA-256 ${version.sha256}`,
  ];
}

function formatError({ relative_error: error }: AdapterVersion): string {
  return error === null ? 'exact' : `${(error * 100).toFixed(1)} %`;
}

function formatOutcomes(outcomes: Outcomes | undefined): string {
  if (outcomes === undefined) return 'none yet';
  const { successes, failures, low, high } = outcomes;
  const bounds = [low, high].map((bound) => Math.round(bound * 100)).join(' to ');
  return `${successes} of ${successes + failures} did well (${bounds} %)`;
}

function pastOf(kind: 'activate' | 'rollback'): string {
  return kind === 'activate' ? 'activated' : 'rolled back to';
}
