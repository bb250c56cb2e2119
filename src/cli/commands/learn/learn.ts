import type { BatchSummary, LearnSummary } from '../../../core/model/api/learning.ts';
import { answer } from '../../command.ts';
import type { CommandSpec } from '../../command.ts';
import { bad, flag, isoDate, oneOf } from '../../input.ts';
import { countOf } from '../../text/format.ts';
import { operandList } from '../analyze.ts';
import { countLessons } from './status.ts';

type Document = Omit<LearnSummary, 'waitsFor' | 'notes' | 'batch'> & {
  readonly batch: BatchSummary | null;
  readonly waitsFor: readonly string[];
  readonly notes: readonly string[];
};

const OUTCOMES = ['success', 'failure'] as const;

export const learn: CommandSpec = {
  name: 'learn',
  summary:
    'learn strategies and errors from sessions of coding agents; later runs read what is new',
  operands: [
    { name: '[session...]', summary: 'ids, logs or folders of logs (default: all found)' },
  ],
  options: [
    { flags: '--all', summary: 'from all logs that are found' },
    { flags: '--since <date>', summary: 'only logs written to from this day on' },
    { flags: '--outcome <word>', summary: `how they ended, if you know: ${OUTCOMES.join(' or ')}` },
    {
      flags: '--batch',
      summary: 'look at all sessions together now, whatever learning.min_trajectories says',
    },
  ],
  examples: [
    ['learn', 'from all sessions that are new'],
    ['learn ./runs --batch', 'from a folder of logs, and then from all sessions together'],
    ['learn status', 'what was learned so far'],
  ],
  async run(input, ctx) {
    const names = operandList(input);
    if (flag(input, 'all') && names.length > 0) throw bad('--all and sessions exclude each other');
    const outcome = oneOf(input, 'outcome', OUTCOMES);
    if (outcome !== undefined && names.length === 0) throw bad('--outcome needs a session');
    const since = isoDate(input, 'since');
    const request = {
      names,
      ...(since !== undefined && { since }),
      ...(outcome !== undefined && { outcome }),
      ...(flag(input, 'batch') && { batch: true }),
    };
    const engine = await ctx.engine();
    const found = await ctx.watched((watch) => engine.learning.learn(request, watch));
    for (const name of found.missing) {
      await ctx.io.stderr.write(`pattern-foundry: there is no session or log "${name}"\n`);
    }
    return answer(found.sessions > 0 && found.missing.length === 0, toDocument(found), describe);
  },
};

function toDocument({ batch, waitsFor, notes, ...counts }: LearnSummary): Document {
  return {
    ...counts,
    batch: batch ?? null,
    waitsFor: waitsFor.map(({ text }) => text),
    notes: notes.map(({ text }) => text),
  };
}

function describe({
  sessions,
  learned,
  strategies,
  errors,
  batch,
  waitsFor,
  notes,
}: Document): string {
  return [
    `${learned} of ${countOf(sessions, 'session')} ${learned === 1 ? 'was' : 'were'} new: ${countLessons({ strategies, errors })}`,
    ...(batch === null
      ? waitsFor.map((what) => `All sessions are looked at together later: ${what}`)
      : [
          `Looked at all sessions together: ${countOf(batch.procedures, 'strategy', 'strategies')} of several sessions, ${countOf(batch.patterns, 'new pattern')} of code, ${countOf(batch.pruned, 'session')} set aside`,
          ...(batch.pruned === 0
            ? []
            : ['pattern-foundry learn aside tells why; pattern-foundry learn restore undoes it']),
        ]),
    ...notes.map((note) => `Note: ${note}`),
  ].join('\n');
}
