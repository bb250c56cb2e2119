import { t } from '@vscode/l10n';
import type { SessionReport } from '../../src/core/model/sessions/sessionReport.ts';
import { drawChart } from './chart.ts';
import { sessionTitle } from '../../src/protocol/sessionTitle.ts';
import { joinCurves } from './joinCurves.ts';

const HEIGHT = 240;

/** How full the contexts of two sessions were, each from its own beginning. */
export function drawContexts(
  place: HTMLElement,
  reports: readonly [SessionReport, SessionReport],
  language: string,
): void {
  const { minutes, tokens } = joinCurves(reports);
  if (minutes.length < 2) return;
  const [first, second] = reports;
  drawChart(place, {
    height: HEIGHT,
    across: { label: t('Minutes'), values: minutes, textOf: String },
    lines: [
      { label: sessionTitle(first, language), values: tokens[0], colour: '--vscode-charts-blue' },
      {
        label: sessionTitle(second, language),
        values: tokens[1],
        colour: '--vscode-charts-yellow',
      },
    ],
    hasPoints: true,
  });
}
