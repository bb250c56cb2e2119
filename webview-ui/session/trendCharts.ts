import { t } from '@vscode/l10n';
import type { TrendSession } from '../../src/protocol/sessionPage.ts';
import { drawChart } from './chart.ts';
import type { TrendFigure } from './trendFigures.ts';

const HEIGHT = 160;

/** Draws a figure over the sessions of a project, in which one is marked. */
export function drawTrend(
  place: HTMLElement,
  { label, values }: TrendFigure,
  { trend, shown }: { readonly trend: readonly TrendSession[]; readonly shown: string },
): void {
  const at = trend.findIndex(({ id }) => id === shown);
  drawChart(place, {
    height: HEIGHT,
    across: { label: t('Session'), values: values.map((_, index) => index + 1), textOf: String },
    lines: [{ label, values, colour: '--vscode-charts-blue' }],
    marks: [{ at: at === -1 ? [] : [at + 1], colour: '--vscode-charts-purple' }],
    hasPoints: true,
  });
}
