import type {
  ComparedArm,
  Comparison,
  Cost,
  Effect,
  EffectReport,
} from '../../core/model/outcomes/effect.ts';
import { countOf, formatDuration } from './format.ts';

/** Whether patterns help, and what they cost, a line for each thing told. */
export function formatEffects({
  holdout,
  all,
  cost,
  surfaces,
  patterns,
  comparisons,
}: EffectReport): string {
  return [
    `in all: ${formatEffect(all)}${formatCost(cost)}`,
    ...surfaces.map(({ surface, effect: own }) => `${surface}: ${formatEffect(own)}`),
    ...(patterns.length === 0 ? [] : ['', 'by pattern:']),
    ...patterns.map(
      ({ pattern, name, effect: own, cost: its, isMuted }) =>
        `- ${name} (${pattern}): ${formatEffect(own)}${formatCost(its)}${isMuted ? '; muted' : ''}`,
    ),
    ...(comparisons.length === 0 ? [] : ['', 'compared:']),
    ...comparisons.map(formatComparison),
    '',
    holdout === 0
      ? 'nothing is held out, so that nothing is learned: see injection.holdout'
      : `nothing is added to ${holdout} % of tasks, to see what happens without (injection.holdout; 20 tells twice as fast)`,
  ].join('\n');
}

const VERDICTS: Readonly<Record<Effect['verdict'], string>> = {
  helps: 'they help',
  harms: 'they harm',
  unclear: 'not clear yet',
  'too-few': 'not enough tasks yet',
};

const COMPARED: Readonly<Record<Effect['verdict'], string>> = {
  ...VERDICTS,
  helps: 'the second is better',
  harms: 'the first is better',
};

function formatDifference(difference: Effect['difference']): readonly string[] {
  if (difference === undefined) return [];
  const points = (value: number): string => `${value > 0 ? '+' : ''}${Math.round(value * 100)}`;
  const { mean, low, high } = difference;
  return [`${points(mean)} points, between ${points(low)} and ${points(high)}`];
}

function formatEffect({ treated, held, verdict, difference, more }: Effect): string {
  const parts = [
    VERDICTS[verdict],
    ...formatDifference(difference),
    `${treated} tasks with, ${held} without`,
    ...(more === undefined ? [] : [`about ${more} more tasks until it is known`]),
  ];
  return parts.join('; ');
}

/** What patterns cost; nothing where nobody counted. */
function formatCost({ tokens, treatedMs, heldMs }: Cost): string {
  return [
    ...(tokens === null ? [] : [`; they add ${countOf(tokens, 'token')}`]),
    ...(treatedMs === null ? [] : [`; tasks took ${formatDuration(treatedMs)} with`]),
    ...(heldMs === null ? [] : [`; ${formatDuration(heldMs)} without`]),
  ].join('');
}

function formatComparison({ experiment, a, b, ended, effect: own }: Comparison): string {
  const { treated, held, verdict, difference, more } = own;
  return [
    `- ${experiment}: ${nameArm(a)} and ${nameArm(b)}`,
    COMPARED[verdict],
    ...formatDifference(difference),
    `${held} tasks with the first, ${treated} with the second`,
    ...(more === undefined || ended ? [] : [`about ${more} more tasks until it is known`]),
    ...(ended ? ['ended'] : []),
  ].join('; ');
}

/** As `compare` takes it. */
function nameArm({ name, pattern, version }: ComparedArm): string {
  return `${name} (${pattern}${version === null ? '' : `@${version}`})`;
}
