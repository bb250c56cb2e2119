import type { SessionAside } from '../../../core/model/api/learning.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { bad, flag, wholeNumber } from '../../input.ts';
import { countOf } from '../../text/format.ts';
import { operandList } from '../analyze.ts';

const USUAL_LIMIT = 20;

export const learnAside: CommandSpec = {
  name: 'learn aside',
  summary: 'sessions that were set aside because they taught nothing, and why',
  options: [
    {
      flags: '-l, --limit <n>',
      summary: `at most this many (default: ${USUAL_LIMIT}, with --json all)`,
    },
  ],
  examples: [['learn aside', 'the last that ended first']],
  async run(input, ctx) {
    const limit =
      wholeNumber(input, 'limit', { min: 1, max: 100_000 }) ?? (ctx.json ? undefined : USUAL_LIMIT);
    const all = await (await ctx.engine()).learning.aside();
    return answer(true, { sessions: all.slice(0, limit) }, ({ sessions }) =>
      describe(sessions, all.length),
    );
  },
};

function describe(sessions: readonly SessionAside[], all: number): string {
  if (all === 0) return 'no session is set aside';
  const left = all - sessions.length;
  return [
    ...sessions.map(({ session, task, endedAt, why }) =>
      [
        `${session}${endedAt === null ? '' : `, ended ${endedAt}`}`,
        ...(task === '' ? [] : [`  ${task}`]),
        `  ${why}`,
      ].join('\n'),
    ),
    ...(left > 0 ? [`and ${left} more; --limit shows more`] : []),
    'pattern-foundry learn restore takes sessions back',
  ].join('\n\n');
}

export const learnRestore: CommandSpec = {
  name: 'learn restore',
  summary: 'take sessions back that were set aside; they are not set aside again',
  operands: [{ name: '[session...]', summary: 'ids, as learn aside tells them' }],
  options: [{ flags: '--all', summary: 'all that are set aside' }],
  examples: [
    ['learn restore 3f2a91c0', 'one session'],
    ['learn restore --all', 'all that were ever set aside'],
  ],
  async run(input, ctx) {
    const names = operandList(input);
    if (flag(input, 'all') === names.length > 0) throw bad('give either sessions or --all');
    const engine = await ctx.engine();
    const restored = await engine.learning.takeBack(names.length > 0 ? names : undefined);
    return answer(restored.length > 0, { restored }, (clean) =>
      clean.restored.length === 0
        ? 'nothing of this was set aside'
        : `restored ${countOf(clean.restored.length, 'session')}`,
    );
  },
};
