import type { CommandSpec, Context, Outcome } from '../command.ts';
import { bad, isoDate, oneOf, text, texts, wholeNumber } from '../input.ts';
import type { Input } from '../input.ts';
import type { AnalyzeRequest, ReportFormat } from '../../core/model/api/sessions.ts';
import { clean } from '../text/clean.ts';
import type { Engine } from '../../core/model/engine.ts';
import type { SessionComparison, SessionReport } from '../../core/model/sessions/sessionReport.ts';

export const analyze: CommandSpec = {
  name: 'analyze',
  summary: 'report what coding agents did, from their logs',
  operands: [
    { name: '[session...]', summary: 'ids, logs or folders of logs (default: the newest session)' },
  ],
  options: [
    { flags: '--recent <n>', summary: 'this many of the newest sessions' },
    { flags: '--compare <ids...>', summary: 'two sessions side by side' },
    { flags: '--since <date>', summary: 'only sessions from this day on, such as 2024-05-31' },
    { flags: '--project <folder>', summary: 'only sessions that worked in this folder' },
    {
      flags: '--format <name>',
      summary:
        'md, json, html, or atif for one session as a trajectory that other tools read (default: md)',
    },
  ],
  examples: [
    ['analyze', 'the newest session'],
    ['analyze --recent 10 --format json', 'for a script'],
    ['analyze ~/.codex/sessions/2025/01/31/rollout-x.jsonl', 'one log'],
    ['analyze --compare 3f2a 91bc', 'two sessions side by side'],
    ['analyze 3f2a --format atif', 'the whole session, with secrets replaced'],
  ],
  async run(input, ctx) {
    const format = formatOf(input, ctx);
    if (format === 'atif') return printTrajectories(input, ctx);
    const pair = texts(input, 'compare');
    if (pair !== undefined) {
      const [first, second] = pairOf(input, pair);
      const engine = await ctx.engine();
      const comparison = await ctx.watched((watch) =>
        engine.sessions.compare(first, second, watch),
      );
      return outcome(engine, comparison, { format, isOne: false, isFound: true });
    }
    const engine = await ctx.engine();
    const request = requestOf(input);
    const { sessions, missing } = await ctx.watched((watch) =>
      engine.sessions.analyze(request, watch),
    );
    for (const name of missing) {
      await ctx.io.stderr.write(`pattern-foundry: there is no session or log "${name}"\n`);
    }
    const isFound = missing.length === 0 && sessions.length > 0;
    return outcome(engine, sessions, { format, isOne: request.names.length === 1, isFound });
  },
};

/** One document a line where several sessions are named. */
async function printTrajectories(input: Input, ctx: Context): Promise<Outcome> {
  const names = operandList(input);
  if (names.length === 0) throw bad('--format atif takes the sessions to print');
  const engine = await ctx.engine();
  const documents: string[] = [];
  for (const name of names) {
    documents.push(...(await ctx.watched((watch) => engine.sessions.trajectories(name, watch))));
  }
  const lines = documents.join('\n');
  return { exitCode: 0, json: () => lines, text: () => lines };
}

interface Shown {
  readonly format: Exclude<Format, 'atif'>;
  readonly isOne: boolean;
  readonly isFound: boolean;
}

function outcome(engine: Engine, content: Content, { format, isOne, isFound }: Shown): Outcome {
  const json = toJson(content, isOne);
  if (format === 'json') return { exitCode: isFound ? 0 : 1, json: () => json, text: () => json };
  return {
    exitCode: isFound ? 0 : 1,
    json: () => json,
    text: async () => {
      const isEmpty = !('rows' in content) && content.length === 0;
      if (isEmpty) return 'no sessions';
      return clean((await engine.sessions.describe(content, format)).trimEnd());
    },
  };
}

type Format = 'json' | 'atif' | ReportFormat;

function formatOf(input: Input, { json }: Context): Format {
  return json ? 'json' : (oneOf(input, 'format', ['md', 'json', 'html', 'atif'] as const) ?? 'md');
}

/** `--compare A B`: commander takes as many values as follow, `--compare A` and an operand too. */
function pairOf(input: Input, named: readonly string[]): readonly [string, string] {
  const [first, second, ...more] = [...named, ...operandList(input)];
  if (first !== undefined && second !== undefined && more.length === 0) return [first, second];
  throw bad('--compare takes two sessions');
}

/** All that was named, of which there may be none. */
export function operandList({ operands: [names = []] }: Input): readonly string[] {
  return [names].flat();
}

function requestOf(input: Input): AnalyzeRequest {
  const recent = wholeNumber(input, 'recent', { min: 1, max: 100_000 });
  const since = isoDate(input, 'since');
  const project = text(input, 'project');
  return {
    names: operandList(input),
    ...(recent !== undefined && { recent }),
    ...(since !== undefined && { since }),
    ...(project !== undefined && { project }),
  };
}

/** One session that was named is one object; several are a list. */
function toJson(content: Content, isOne: boolean): string {
  const [only, ...more] = 'rows' in content ? [] : content;
  return JSON.stringify(isOne && only !== undefined && more.length === 0 ? only : content);
}

type Content = readonly SessionReport[] | SessionComparison;
