import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ExperimentOrder, ExperimentSummary } from '../../../core/model/api/experiments.ts';
import {
  GENERATORS,
  LOCALIZERS,
  SELECTORS,
  type TestLeave,
} from '../../../core/model/api/resolution.ts';
import type { InstanceSource } from '../../../core/model/resolution/instanceSet.ts';
import { answer, type CommandSpec } from '../../command.ts';
import { confirm } from '../../confirm.ts';
import {
  bad,
  flag,
  type Input,
  operand,
  required,
  text,
  texts,
  toChoice,
  wholeNumber,
} from '../../input.ts';
import type { Io } from '../../io.ts';
import { TEST_OPTIONS, toLeave } from '../../testLeave.ts';
import { quoted } from '../../text/acceptLine.ts';
import { countOf } from '../../text/format.ts';

export const runExperiment: CommandSpec = {
  name: 'experiment run',
  summary:
    'resolve many issues in several ways, and record it; what is on record is not done again',
  operands: [
    { name: '<name>', summary: 'what it is recorded under' },
    {
      name: '[issues]',
      summary: 'SWE-bench instances as JSON lines, or a folder of issues (.md, .txt, .json)',
    },
  ],
  options: [
    {
      flags: '--repo <dir>',
      summary:
        'the repository, or a folder of clones such as owner+name (default: the current one)',
    },
    { flags: '--fixes', summary: 'the issues are the messages of commits that fixed something' },
    { flags: '-n, --limit <n>', summary: 'at most this many issues' },
    { flags: '--localizer <names>', summary: `${LOCALIZERS.join(', ')} (default: hybrid)` },
    { flags: '--generator <names>', summary: `${GENERATORS.join(', ')} (default: none)` },
    { flags: '--selector <names>', summary: `${SELECTORS.join(', ')} (default: none)` },
    { flags: '--candidates <numbers>', summary: 'most patches to make of an issue' },
    { flags: '--places <numbers>', summary: 'files and functions a generator reads (default: 15)' },
    { flags: '--repetitions <n>', summary: 'times each way is tried on each issue (default: 1)' },
    { flags: '--jobs <n>', summary: 'issues at a time (default: 2)' },
    {
      flags: '--from <name>',
      summary: 'begin where another experiment ended: with its places, or its patches',
    },
    { flags: '--gold', summary: 'put the patch that resolves an issue among the candidates' },
    { flags: '--grade-again', summary: 'grade anew what is on record, too' },
    { flags: '--test', summary: 'run the tests with each patch, in checkouts of their own' },
    ...TEST_OPTIONS,
  ],
  examples: [
    ['experiment run places lite.jsonl --repo ~/clones --localizer words,hybrid', 'two localizers'],
    ['experiment run fixes --fixes -n 50 --generator patterns --selector mix', 'this repository'],
    [
      'experiment run patches lite.jsonl --repo ~/clones --from places --generator agentless',
      'go on',
    ],
  ],
  async run(input, ctx) {
    const order = orderOf(input, ctx.io);
    const leave = toLeave(input);
    const engine = await ctx.engine();
    const tests = leave && (await confirmed(leave, order, input, ctx.io));
    const summary = await ctx.watched((watch) =>
      engine.experiments.run({ ...order, ...(tests !== undefined && { tests }) }, watch),
    );
    const document = { ...summary, notes: summary.notes.map((note) => note.text) };
    return answer(summary.finished + summary.known > 0, document, describe);
  },
};

function orderOf(input: Input, io: Io): ExperimentOrder {
  const candidates = numbers(input, 'candidates', { min: 1, max: 100 });
  const places = numbers(input, 'places', { min: 1, max: 1000 });
  const limit = wholeNumber(input, 'limit', { min: 1, max: 1_000_000 });
  const repetitions = wholeNumber(input, 'repetitions', { min: 1, max: 1000 });
  const atOnce = wholeNumber(input, 'jobs', { min: 1, max: 64 });
  const from = text(input, 'from');
  return {
    name: required(input, 0),
    source: sourceOf(input, io),
    grid: {
      localizers: choices(input, 'localizer', LOCALIZERS),
      generators: choices(input, 'generator', GENERATORS),
      selectors: choices(input, 'selector', SELECTORS),
      ...{ candidates, places },
    },
    ...(limit !== undefined && { limit }),
    ...(repetitions !== undefined && { repetitions }),
    ...(atOnce !== undefined && { atOnce }),
    ...(from !== undefined && { from }),
    ...(flag(input, 'gold') && { addsGold: true }),
    ...(flag(input, 'gradeAgain') && { gradesAgain: true }),
  };
}

function sourceOf(input: Input, { cwd }: Io): InstanceSource {
  const repository = resolve(cwd, text(input, 'repo') ?? '.');
  const issues = operand(input, 1);
  if (flag(input, 'fixes')) {
    if (issues !== undefined) throw bad('--fixes and issues exclude each other');
    return { kind: 'fixes', repository };
  }
  if (issues === undefined) throw bad('name a file or folder of issues, or --fixes');
  const path = resolve(cwd, issues);
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true
    ? { kind: 'issues', folder: path, repository }
    : { kind: 'instances', file: path, repository };
}

function choices<Choice extends string>(
  input: Input,
  name: string,
  all: readonly Choice[],
): readonly Choice[] {
  return (texts(input, name) ?? []).map((value) => toChoice(name, value, all));
}

function numbers(
  input: Input,
  name: string,
  limits: { readonly min: number; readonly max: number },
): readonly number[] {
  return (texts(input, name) ?? []).flatMap(
    (value) => wholeNumber({ operands: [], options: { [name]: value } }, name, limits) ?? [],
  );
}

async function confirmed(
  leave: Omit<TestLeave, 'isTrusted'>,
  { source }: ExperimentOrder,
  input: Input,
  io: Io,
): Promise<TestLeave> {
  const how = leave.command === undefined ? 'as each of them is set up' : `by: ${leave.command}`;
  await io.stderr.write(`The tests of ${source.repository} run ${how}\n`);
  const isTrusted = flag(input, 'trust') || (await confirm(io, 'Run them with each patch?'));
  return { ...leave, isTrusted };
}

type Document = Omit<ExperimentSummary, 'notes'> & { readonly notes: readonly string[] };

function describe({ name, points, instances, finished, known, failed, notes }: Document): string {
  const [ways, issues] = [countOf(points, 'way'), countOf(instances, 'issue')];
  return [
    `${name}: ${ways} to resolve ${issues}`,
    `  ${countOf(finished, 'run')} now, ${known} before, ${failed} failed`,
    ...notes.map((note) => `  ${note}`),
    ...(finished + known > 0
      ? [`pattern-foundry experiment show ${quoted(name)} tells what came of it`]
      : []),
  ].join('\n');
}
