import type {
  Exactness,
  FigureUnit,
  SessionComparison,
  SessionReport,
} from '../../model/sessions/sessionReport.ts';

/** A report as paragraphs, before it is Markdown or HTML. All texts are plain. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'figures'; readonly rows: readonly (readonly [name: string, value: string])[] }
  | {
      readonly kind: 'table';
      readonly head: readonly string[];
      readonly rows: readonly (readonly string[])[];
    };

const UNKNOWN = 'not measured';

/** What is told of one session to a person: the layout of the first analyser, and more below it. */
export function describeSession(report: SessionReport): readonly Block[] {
  return [
    heading(1, `Session Analysis: ${report.id}`),
    { kind: 'text', text: headline(report) },
    heading(2, 'Metrics'),
    { kind: 'figures', rows: metrics(report) },
    heading(2, 'Performance'),
    { kind: 'figures', rows: performance(report) },
    heading(2, 'Outcome'),
    { kind: 'text', text: outcome(report) },
    ...section(
      'Steps That Mattered',
      ['Step', 'When', 'What', 'Share', 'Went wrong first'],
      steps(report),
    ),
    heading(2, 'Pattern Usage'),
    { kind: 'text', text: patterns(report) },
    ...section(
      'Tokens by Model',
      ['Model', 'Responses', 'Input', 'Cache read', 'Cache write', 'Output', 'Cost'],
      shares(report.tokensByModel),
    ),
    ...section(
      'Tokens by Subagent',
      ['Subagent', 'Responses', 'Input', 'Cache read', 'Cache write', 'Output', 'Cost'],
      shares(report.tokensBySubagent),
    ),
    ...section('Plan', ['Item', 'Status'], plan(report)),
    ...section(
      'Compactions',
      ['When', 'Trigger', 'Tokens before', 'Tokens after'],
      compactions(report),
    ),
    ...section('Test Runs', ['When', 'Command', 'State', 'Passed', 'Failed'], tests(report)),
    heading(2, 'Work'),
    { kind: 'figures', rows: work(report) },
    ...section(
      'Rework',
      ['File', 'Changes to its own new lines'],
      report.work.reworkLoops.map(({ path, edits }) => [path, String(edits)]),
    ),
    ...section(
      'Repeated Failures',
      ['Command', 'Times'],
      report.work.repeatedFailures.map(({ command, times }) => [command, String(times)]),
    ),
    ...section(
      'Skipped Rows',
      ['Reason', 'Rows'],
      Object.entries(report.skipped.reasons).map(([reason, rows]) => [reason, String(rows)]),
    ),
  ];
}

export function describeComparison({
  ids,
  ownSessions,
  rows,
}: SessionComparison): readonly Block[] {
  return [
    heading(1, `Sessions ${ids[0]} and ${ids[1]}`),
    {
      kind: 'table',
      head: ['Figure', ids[0], ids[1], 'Difference', 'Own spread', 'Stands out'],
      rows: rows.map(({ name, unit, values, difference, spread, standsOut }) => [
        ...[name, ...[values[0], values[1], difference, spread].map((one) => figure(one, unit))],
        standsOut === null ? 'cannot be told' : standsOut ? 'yes' : 'no',
      ]),
    },
    {
      kind: 'text',
      text: rows.some(({ spread }) => spread !== null)
        ? `A difference stands out where it is larger than twice the standard deviation over ${ownSessions} other sessions.`
        : 'There are too few other sessions to tell how much they differ anyway.',
    },
  ];
}

function heading(level: 1 | 2, text: string): Block {
  return { kind: 'heading', level, text };
}

function section(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): readonly Block[] {
  return rows.length === 0 ? [] : [heading(2, title), { kind: 'table', head, rows }];
}

function headline(report: SessionReport): string {
  const { agent, agentVersion, title, startedAt, outcome: result, work: done } = report;
  const who = agentVersion === null ? agent : `${agent} ${agentVersion}`;
  const when = startedAt === null ? '' : `, ${startedAt.slice(0, 16).replace('T', ' ')} UTC`;
  const name = title === null ? '' : `“${title}”: `;
  const files = `${counted(done.filesChanged.length, 'file')} changed`;
  return `${name}${who}${when}. Outcome: ${result.label}. ${files}, ${counted(done.prompts, 'prompt')}.`;
}

function metrics(report: SessionReport): readonly (readonly [string, string])[] {
  const { completion, context, coverage, exactness } = report;
  const rate = completion?.rate ?? null;
  return [
    ['Completion Rate', completion === null ? 'no plan' : percent(rate)],
    ['Avg Context Usage', share(context.averageRatio, exactness.context)],
    ['Max Context Usage', share(context.maxRatio, exactness.context)],
    ['Context Compactions', String(context.compactions.length)],
    [
      'Test Coverage',
      coverage === null ? UNKNOWN : `${coverage.percent.toFixed(1)}% (${coverage.tool})`,
    ],
    ['Total Cost', marked(cost(report), exactness.costUsd)],
  ];
}

function performance({
  time,
  tokens,
  exactness,
  completion,
}: SessionReport): readonly (readonly [string, string])[] {
  const done = completion?.completed ?? 0;
  const isMeasured = exactness.tokens !== 'not-measured';
  const perTask = done === 0 || !isMeasured ? UNKNOWN : count(Math.round(tokens.total / done));
  return [
    ['Time per task', minutes(time.perTaskMs)],
    ['Active time', marked(minutes(time.activeMs), exactness.time)],
    ['Wall time', minutes(time.wallMs)],
    ['Waiting for the user', minutes(time.waitingMs)],
    ['Total tokens', isMeasured ? marked(count(tokens.total), exactness.tokens) : UNKNOWN],
    ['Tokens per task', perTask],
  ];
}

function outcome({ outcome: result }: SessionReport): string {
  const { label, confidence, evidence, isProven } = result;
  if (evidence.length === 0) return 'Unknown: nothing in the log tells.';
  const told = `${label} (confidence ${percent(confidence)}): ${evidence.join('; ')}`;
  const isDoubtful = isProven === false && (label === 'success' || label === 'failure');
  if (!isDoubtful) return told;
  const isCutOff = evidence[0]?.startsWith('ended: ') === true;
  return `${told}. ${label === 'failure' && isCutOff ? CUT_OFF : UNPROVEN[label]}`;
}

/** What `learn` counts as no proof either way. */
const UNPROVEN = {
  success:
    'Not proven: only the agent’s own work says so, so nothing is learned from it as a success.',
  failure: 'Not proven: it tells of what was there before, or too little of what was done.',
};
const CUT_OFF = 'Not proven: it was cut off, which says nothing of what was done.';

function steps({ steps: marks = [] }: SessionReport): readonly (readonly string[])[] {
  return marks.map(({ step, at, what, share, faults }) => [
    ...[String(step), at ?? '', what, share === 0 ? '' : percent(share)],
    faults.map((one) => `it ${one}`).join('; '),
  ]);
}

function patterns(report: SessionReport): string {
  if (report.exactness.patterns === 'not-measured') return 'Not measured.';
  const told = report.patterns.map(({ name, injected, used, kept, outcome: ended }) => {
    const words = [
      ...(injected ? ['put into a task'] : []),
      ...(used ? ['used'] : []),
      ...(kept === null ? [] : [kept ? 'kept' : 'not kept']),
      ...(ended === null ? [] : [`tests ${ended} afterwards`]),
    ];
    return words.length === 0 ? `${name} (shown)` : `${name} (${words.join(', ')})`;
  });
  return told.join('; ') || 'None.';
}

function shares(all: SessionReport['tokensByModel']): readonly (readonly string[])[] {
  return all.map(({ name, responses, input, cacheRead, cacheWrite, output, costUsd }) => [
    ...[name, ...[responses, input, cacheRead, cacheWrite, output].map(count)],
    costUsd === null ? 'unpriced' : dollars(costUsd),
  ]);
}

function plan({ completion }: SessionReport): readonly (readonly string[])[] {
  const items = completion?.items ?? [];
  return items.map(({ text, status, dropped }) => [text, dropped ? `${status}, dropped` : status]);
}

function compactions({ context }: SessionReport): readonly (readonly string[])[] {
  return context.compactions.map(({ at, trigger, tokensBefore, tokensAfter }) => [
    ...[at ?? '', trigger, optional(tokensBefore), optional(tokensAfter)],
  ]);
}

function tests({ tests: { history } }: SessionReport): readonly (readonly string[])[] {
  return history.map(({ at, command, state, passed, failed }) => [
    ...[at ?? '', command, state, optional(passed), optional(failed)],
  ]);
}

function work({ work: done, tests: run }: SessionReport): readonly (readonly [string, string])[] {
  const errors = Object.entries(done.errors).map(([kind, times]) => `${times} ${kind}`);
  return [
    ['Files changed', count(done.filesChanged.length)],
    ['Lines', `${count(done.linesAdded)} added, ${count(done.linesRemoved)} removed`],
    ['Tool calls', count(done.toolCalls)],
    [
      'Test runs',
      `${run.runs}, ${run.failed} failed${run.last === null ? '' : `, the last ${run.last}`}`,
    ],
    ['Errors', errors.join(', ') || 'none'],
    ['Recovered', count(done.recovered)],
    ['Rejected by the user', count(done.rejections)],
    ['Commits', count(done.commits)],
  ];
}

function cost({ costUsd, unpriced }: SessionReport): string {
  if (costUsd !== null) return dollars(costUsd);
  return unpriced.length === 0 ? UNKNOWN : `unpriced (${unpriced.join(', ')})`;
}

function marked(value: string, exactness: Exactness): string {
  if (exactness === 'lower-bound') return `at least ${value}`;
  return exactness === 'estimate' ? `about ${value}` : value;
}

function dollars(usd: number): string {
  return `$${usd.toFixed(2)}`;
}

function percent(ratio: number | null): string {
  return ratio === null ? UNKNOWN : `${(ratio * 100).toFixed(1)}%`;
}

/** What is only estimated has no tenths. */
function share(ratio: number | null, exactness: Exactness): string {
  if (ratio === null || exactness !== 'estimate') return marked(percent(ratio), exactness);
  return marked(`${Math.round(100 * ratio)}%`, exactness);
}

function minutes(ms: number | null): string {
  if (ms === null) return UNKNOWN;
  const seconds = Math.round(ms / 1000);
  return seconds < 60 ? `${seconds}s` : `${(seconds / 60).toFixed(1)}m`;
}

function optional(value: number | null): string {
  return value === null ? '' : count(value);
}

function figure(value: number | null, unit: FigureUnit): string {
  if (value === null) return UNKNOWN;
  // The spread of a count is no whole number, and of a large one the fractions say nothing.
  const isSmallCount = unit === 'count' && Math.abs(value) < 10;
  const options = isSmallCount ? { maximumFractionDigits: 1 } : FORMATS[unit];
  return value.toLocaleString('en-US', options);
}

const FORMATS: Readonly<Record<FigureUnit, Intl.NumberFormatOptions>> = {
  ratio: { style: 'percent', maximumFractionDigits: 1 },
  percent: { style: 'unit', unit: 'percent', maximumFractionDigits: 1 },
  dollars: { style: 'currency', currency: 'USD' },
  minutes: { maximumFractionDigits: 1 },
  count: { maximumFractionDigits: 0 },
};

/** `1 file`, `2 files` */
function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
