import { config } from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { render } from 'lit';
import type { ReportContent, ToSessionPage } from '../../src/protocol/sessionPage.ts';
import type {} from '../vscodeApi.ts';
import './language.ts';
import { drawComparison } from './comparisonView.ts';
import { drawContexts } from './contexts.ts';
import { drawReport } from './reportView.ts';
import './session.css';
import { drawTimeline, type Timeline } from './timeline.ts';
import { drawTrend } from './trendCharts.ts';
import { trendFigures } from './trendFigures.ts';

const app = document.getElementById('app') ?? document.body;
config({ contents: app.dataset['l10n'] ?? '{}' });
const api = acquireVsCodeApi();

const onExport = (format: 'md' | 'html'): void => {
  api.postMessage({ type: 'export', format });
};
const language = document.documentElement.lang || 'en';

window.addEventListener('message', ({ data }: MessageEvent<ToSessionPage>) => {
  if (data.kind === 'report') showReport(data);
  else {
    render(drawComparison(data, onExport, language), app);
    const place = document.getElementById('contexts');
    if (place !== null) drawContexts(place, data.reports, language);
  }
});

function showReport(content: ReportContent): void {
  const { report, trend } = content;
  let timeline: Timeline | undefined;
  const onMoment = (at: string): void => {
    timeline?.show(at);
  };
  render(drawReport(content, { onExport, onMoment }, language), app);
  const place = document.getElementById('timeline');
  if (place !== null) timeline = drawTimeline(place, report);
  const places = document.querySelectorAll<HTMLElement>('.trend');
  for (const [at, figure] of trendFigures(trend).entries()) {
    const chart = places[at];
    if (chart !== undefined) drawTrend(chart, figure, { trend, shown: report.id });
  }
}

api.postMessage({ type: 'ready' });
