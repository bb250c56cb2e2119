import { t } from '@vscode/l10n';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import type { SessionReport } from '../../src/core/model/sessions/sessionReport.ts';
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
  const colour = (name: string): string =>
    getComputedStyle(document.body).getPropertyValue(name).trim();
  const chart = new uPlot(
    {
      ...{ width: place.clientWidth, height: HEIGHT },
      axes: [
        { stroke: () => colour('--vscode-foreground') },
        { stroke: () => colour('--vscode-foreground'), size: 80 },
      ],
      // It is coloured once.
      legend: { markers: { fill: () => 'transparent' } },
      series: [
        { label: t('Time') },
        {
          ...{ label: t('Context (tokens)'), width: 1.5 },
          stroke: () => colour('--vscode-charts-blue'),
          fill: () => colour('--vscode-list-hoverBackground'),
        },
      ],
      hooks: {
        draw: [
          (drawn) => {
            drawMarks(drawn, data.compactions, colour('--vscode-charts-orange'));
            drawMarks(drawn, data.passedTests, colour('--vscode-charts-green'));
            drawMarks(drawn, data.failedTests, colour('--vscode-charts-red'));
          },
        ],
        setScale: [
          () => {
            sayRange(place, chart);
          },
        ],
      },
    },
    [[...data.times], [...data.tokens]],
    place,
  );
  place.addEventListener('keydown', (event) => {
    const range = zoomed(event.key, seen(chart, whole), whole);
    if (range === undefined) return;
    event.preventDefault();
    chart.setScale('x', range);
  });
  new ResizeObserver(() => {
    chart.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
  // VS Code tells of another theme by the class of the page; what is drawn keeps its colours.
  new MutationObserver(() => {
    chart.redraw(false);
  }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return {
    show(at) {
      chart.setScale('x', rangeAround(Date.parse(at) / 1000, whole));
      place.focus();
    },
  };
}

function seen({ scales }: uPlot, whole: Range): Range {
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
function sayRange(place: HTMLElement, { scales }: uPlot): void {
  const clock = (seconds: number | undefined): string =>
    new Date((seconds ?? 0) * 1000).toLocaleTimeString();
  place.setAttribute(
    'aria-label',
    t('Context over time, from {0} to {1}', clock(scales['x']?.min), clock(scales['x']?.max)),
  );
}

function drawMarks(chart: uPlot, times: readonly number[], colour: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.setLineDash([4, 4]);
  for (const time of times) {
    const x = chart.valToPos(time, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
