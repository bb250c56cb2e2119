import type { ErrorPattern, SuggestedFix } from '../../../core/model/learning.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { isoDate, wholeNumber } from '../../input.ts';
import { countOf } from '../../text/format.ts';
import { operandList } from '../analyze.ts';

interface Shown extends Omit<ErrorPattern, 'suggestedFix'> {
  readonly suggestedFix: SuggestedFix | null;
}

const USUAL_LIMIT = 20;

export const learnErrors: CommandSpec = {
  name: 'learn errors',
  summary: 'errors that came again and again in sessions of coding agents, and what mended them',
  operands: [
    { name: '[session...]', summary: 'ids, logs or folders of logs; all logs found if absent' },
  ],
  options: [
    { flags: '--since <date>', summary: 'only logs written to from this day on' },
    {
      flags: '-l, --limit <n>',
      summary: `at most this many (default: ${USUAL_LIMIT}, with --json all)`,
    },
  ],
  examples: [
    ['learn errors', 'the most frequent first'],
    ['learn errors ./runs --json', 'of all logs in a folder, for a script'],
  ],
  async run(input, ctx) {
    const since = isoDate(input, 'since');
    const limit =
      wholeNumber(input, 'limit', { min: 1, max: 100_000 }) ?? (ctx.json ? undefined : USUAL_LIMIT);
    const request = { names: operandList(input), ...(since !== undefined && { since }) };
    const engine = await ctx.engine();
    const found = await ctx.watched((watch) => engine.learning.errors(request, watch));
    for (const name of found.missing) {
      await ctx.io.stderr.write(`pattern-foundry: there is no session or log "${name}"\n`);
    }
    // A script gets all; people those that came again.
    const all = ctx.json ? found.errors : found.errors.filter(({ frequency }) => frequency > 1);
    const errors = all
      .slice(0, limit)
      .map((error): Shown => ({ ...error, suggestedFix: error.suggestedFix ?? null }));
    // That nothing went wrong is an answer; that what was named is not there is none.
    return answer(found.missing.length === 0, { errors }, (clean) =>
      describe(clean.errors, { sessions: found.sessions, all: all.length }),
    );
  },
};

function describe(
  errors: readonly Shown[],
  { sessions, all }: { readonly sessions: number; readonly all: number },
): string {
  if (sessions === 0) return 'no sessions';
  if (errors.length === 0) return `no error came again in ${countOf(sessions, 'session')}`;
  const left = all - errors.length;
  return [
    ...errors.map(describeError),
    ...(left > 0 ? [`and ${left} more; --limit shows more`] : []),
  ].join('\n\n');
}

function describeError({ name, frequency, sessions, suggestedFix, examples }: Shown): string {
  const seen = `${frequency} × in ${countOf(sessions.length, 'session')}`;
  return [
    `${name}  ${seen}`,
    `  ${examples[0] ?? ''}`,
    `  ${suggestedFix === null ? 'no common fix' : describeFix(suggestedFix)}`,
  ].join('\n');
}

function describeFix({ text, share, low, high, n }: SuggestedFix): string {
  const percent = (value: number): string => `${Math.round(100 * value)}`;
  return `mended by: ${text}  (${percent(share)} % of ${n} times, ${percent(low)} to ${percent(high)})`;
}
