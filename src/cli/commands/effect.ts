import type { Effect, EffectReport } from '../../core/model/outcomes/effect.ts';
import { answer } from '../command.ts';
import type { CommandSpec } from '../command.ts';

export const effect: CommandSpec = {
  name: 'effect',
  summary: 'say whether patterns help: how tasks end with and without them',
  options: [],
  examples: [
    ['effect', 'in all, by surface and by pattern'],
    ['effect --json', 'for a script'],
  ],
  async run(_input, ctx) {
    const engine = await ctx.engine();
    const report = await engine.outcomes.effect();
    const { treated, held } = report.all;
    return answer(treated + held > 0, report, (clean) => formatReport(clean).join('\n'));
  },
};

function formatReport({ holdout, all, surfaces, patterns }: EffectReport): readonly string[] {
  return [
    `in all: ${formatEffect(all)}`,
    ...surfaces.map(({ surface, effect: own }) => `${surface}: ${formatEffect(own)}`),
    ...(patterns.length === 0 ? [] : ['', 'by pattern:']),
    ...patterns.map(
      ({ pattern, name, effect: own, isMuted }) =>
        `- ${name} (${pattern}): ${formatEffect(own)}${isMuted ? '; muted' : ''}`,
    ),
    '',
    holdout === 0
      ? 'nothing is held out, so that nothing is learned: see injection.holdout'
      : `nothing is added to ${holdout} % of tasks, to see what happens without (injection.holdout; 20 tells twice as fast)`,
  ];
}

const VERDICTS: Readonly<Record<Effect['verdict'], string>> = {
  helps: 'they help',
  harms: 'they harm',
  unclear: 'not clear yet',
  'too-few': 'not enough tasks yet',
};

function formatEffect({ treated, held, verdict, difference, more }: Effect): string {
  const points = (value: number): string => `${value > 0 ? '+' : ''}${Math.round(value * 100)}`;
  const parts = [
    VERDICTS[verdict],
    ...(difference === undefined
      ? []
      : [
          `${points(difference.mean)} points, between ${points(difference.low)} and ${points(difference.high)}`,
        ]),
    `${treated} tasks with, ${held} without`,
    ...(more === undefined ? [] : [`about ${more} more to know`]),
  ];
  return parts.join('; ');
}
