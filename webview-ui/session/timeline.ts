import { t } from '@vscode/l10n';
import type { SessionReport } from '../../src/core/model/sessions/sessionReport.ts';
import { drawChart, type Chart } from './chart.ts';
import { rangeAround, type Range, timelinePoints } from './timelinePoints.ts';

const HEIGHT = 240;
/** A key moves by a part of what is seen, and zooms by it on either side. */
const PART = 0.2;

export interface Timeline {
  /** Zooms in on a moment, ISO 8601, and takes the focus. */
  readonly show: (at: string) => void;
}

/** How full the context was over time, with compactions and test runs; zoomed by mouse and keys. */
export function drawTimeline(place: HTMLElement, report: SessionReport): Timeline | undefined {
  const data = timelinePoints(report);
  if (data === undefined) return undefined;
  const whole: Range = { min: data.times[0] ?? 0, max: data.times.at(-1) ?? 0 };
  const chart = drawChart(place, {
    height: HEIGHT,
    across: { label: t('Time'), values: data.times, isTime: true },
    lines: data.tokens.every((tokens) => tokens === null)
      ? []
      : [{ label: t('Context (tokens)'), values: data.tokens, colour: '--vscode-charts-blue' }],
    marks: [
      { at: data.compactions, colour: '--vscode-charts-yellow' },
      { at: data.commits, colour: '--vscode-charts-purple' },
      { at: data.passedTests, colour: '--vscode-charts-green' },
      { at: data.failedTests, colour: '--vscode-charts-red' },
    ],
    onRange: (shown) => {
      sayRange(place, shown);
    },
  });
  place.addEventListener('keydown', (event) => {
    const range = zoomed(event.key, seen(chart, whole), whole);
    if (range === undefined) return;
    event.preventDefault();
    chart.setScale('x', range);
  });
  return {
    show(at) {
      chart.setScale('x', rangeAround(Date.parse(at) / 1000, whole));
      place.focus();
    },
  };
}

function seen({ scales }: Chart, whole: Range): Range {
  return { min: scales['x']?.min ?? whole.min, max: scales['x']?.max ?? whole.max };
}

/** What is seen after a key; `undefined` for keys that mean nothing here. */
function zoomed(key: string, { min, max }: Range, whole: Range): Range | undefined {
  const step = (max - min) * PART;
  const moved = (by: number): Range => {
    const bounded = Math.min(Math.max(by, whole.min - min), whole.max - max);
    return { min: min + bounded, max: max + bounded };
  };
  if (key === '+' || key === '=') return { min: min + step, max: max - step };
  if (key === '-') {
    return { min: Math.max(whole.min, min - step), max: Math.min(whole.max, max + step) };
  }
  if (key === 'ArrowLeft') return moved(-step);
  if (key === 'ArrowRight') return moved(step);
  return key === '0' || key === 'Home' ? whole : undefined;
}

/** For who does not see it, and for tests. */
function sayRange(place: HTMLElement, { scales }: Chart): void {
  const clock = (seconds: number | undefined): string =>
    new Date((seconds ?? 0) * 1000).toLocaleTimeString();
  place.setAttribute(
    'aria-label',
    t('Timeline, from {0} to {1}', clock(scales['x']?.min), clock(scales['x']?.max)),
  );
}
