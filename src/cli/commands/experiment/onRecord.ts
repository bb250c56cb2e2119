import type { ExperimentRow } from '../../../core/model/api/experiments.ts';
import { answer, type CommandSpec, type Terminal } from '../../command.ts';
import { required } from '../../input.ts';
import { countOf, formatCount, formatDate } from '../../text/format.ts';
import { formatTable } from '../../text/table.ts';

export const listExperiments: CommandSpec = {
  name: 'experiment list',
  summary: 'the experiments on record, the newest first',
  options: [],
  examples: [
    ['experiment list', 'what was run, and how far'],
    ['experiment list --json', 'for a script'],
  ],
  async run(_input, ctx) {
    const engine = await ctx.engine();
    const experiments = await engine.experiments.list();
    return answer(experiments.length > 0, { experiments }, ({ experiments: rows }, terminal) =>
      rows.length === 0
        ? 'no experiment is on record; experiment run begins one'
        : formatRows(rows, terminal),
    );
  },
};

function formatRows(rows: readonly ExperimentRow[], { style }: Terminal): string {
  const cells = rows.map(({ name, points, instances, finished, failed, open, tokens, begunAt }) => [
    name,
    ...[points, instances, finished, failed, open, tokens].map(formatCount),
    formatDate(new Date(begunAt).toISOString()),
  ]);
  const titles = ['ways', 'issues', 'runs', 'failed', 'open', 'tokens'];
  return formatTable(
    [
      { title: 'name', align: 'left' },
      ...titles.map((title) => ({ title, align: 'right' as const })),
      { title: 'begun', align: 'left' },
    ],
    cells,
    (title) => style.faint(title),
  ).join('\n');
}

export const showExperiment: CommandSpec = {
  name: 'experiment show',
  summary: 'how well each way to resolve issues did, step by step, with 95 % intervals',
  operands: [{ name: '<name>', summary: 'as experiment list tells it' }],
  options: [],
  examples: [['experiment show places', 'what came of an experiment']],
  async run(input, ctx) {
    const engine = await ctx.engine();
    const report = await engine.experiments.show(required(input, 0));
    return answer(true, report, async (clean, terminal) => {
      const { formatReport } = await import('../../text/experimentText.ts');
      return formatReport(clean, terminal);
    });
  },
};

export const forgetExperiment: CommandSpec = {
  name: 'experiment forget',
  summary: 'delete what is on record of an experiment',
  operands: [{ name: '<name>', summary: 'as experiment list tells it' }],
  options: [],
  examples: [['experiment forget places', 'its runs, messages and grades']],
  async run(input, ctx) {
    const name = required(input, 0);
    const engine = await ctx.engine();
    const runs = await engine.experiments.forget(name);
    return answer(
      true,
      { name, runs },
      (clean) => `${countOf(clean.runs, 'run')} of ${clean.name} deleted`,
    );
  },
};
