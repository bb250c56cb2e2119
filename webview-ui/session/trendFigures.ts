import { t } from '@vscode/l10n';
import type { TrendSession } from '../../src/protocol/sessionPage.ts';

/** One figure over several sessions. */
export interface TrendFigure {
  readonly label: string;
  /** In the order of the sessions; null where it was not measured. */
  readonly values: readonly (number | null)[];
}

/** Figures that at least two of the sessions tell. */
export function trendFigures(trend: readonly TrendSession[]): readonly TrendFigure[] {
  const figure = (label: string, of: (one: TrendSession) => number | null): TrendFigure => ({
    label,
    values: trend.map(of),
  });
  return [
    figure(t('Tokens'), ({ tokens, exactness }) =>
      exactness.tokens === 'not-measured' ? null : tokens.total,
    ),
    figure(t('Cost (US dollars)'), ({ costUsd }) => costUsd),
    figure(t('Minutes of work'), ({ time }) => inMinutes(time.activeMs)),
    figure(t('Fullest context (%)'), ({ context }) => inPercent(context.maxRatio)),
    figure(t('Failed test runs'), ({ tests }) => (tests.runs === 0 ? null : tests.failed)),
  ].filter(({ values }) => values.filter((value) => value !== null).length > 1);
}

function inMinutes(ms: number | null): number | null {
  return ms === null ? null : Math.round(ms / 60_000);
}

function inPercent(ratio: number | null): number | null {
  return ratio === null ? null : Math.round(ratio * 100);
}
