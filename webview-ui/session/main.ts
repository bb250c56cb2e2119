import { config } from '@vscode/l10n';
import '@vscode-elements/elements/dist/vscode-button/index.js';
import { render } from 'lit';
import type { ToSessionPage } from '../../src/protocol/sessionPage.ts';
import type {} from '../vscodeApi.ts';
import './language.ts';
import { drawReport } from './reportView.ts';
import './session.css';
import { drawTimeline, type Timeline } from './timeline.ts';

const app = document.getElementById('app') ?? document.body;
config({ contents: app.dataset['l10n'] ?? '{}' });
const api = acquireVsCodeApi();

window.addEventListener('message', ({ data }: MessageEvent<ToSessionPage>) => {
  const onExport = (format: 'md' | 'html'): void => {
    api.postMessage({ type: 'export', format });
  };
  let timeline: Timeline | undefined;
  const onMoment = (at: string): void => {
    timeline?.show(at);
  };
  const language = document.documentElement.lang || 'en';
  render(drawReport(data, { onExport, onMoment }, language), app);
  const place = document.getElementById('timeline');
  if (place !== null) timeline = drawTimeline(place, data.report);
});
api.postMessage({ type: 'ready' });
