import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

/** A line of a chart; null where nothing is known. */
export interface ChartLine {
  readonly label: string;
  readonly values: readonly (number | null)[];
  /** Of a variable of the theme. */
  readonly colour: string;
}

/** Upright dashed lines. */
export interface ChartMarks {
  readonly at: readonly number[];
  readonly colour: string;
}

export interface ChartContent {
  readonly height: number;
  readonly across: {
    readonly label: string;
    readonly values: readonly number[];
    /** They are seconds since 1970; numbers when absent. */
    readonly isTime?: true;
    /** Numbers as the axis tells them. */
    readonly textOf?: (value: number) => string;
  };
  readonly lines: readonly ChartLine[];
  readonly marks?: readonly ChartMarks[];
  /** Only the dots say something, as few as there are. */
  readonly hasPoints?: true;
  readonly onRange?: (chart: uPlot) => void;
}

export type Chart = uPlot;

/** How far a chart goes on above its highest dot. */
const ROOM = 1.1;

/** A chart in the colours of the theme, as wide as its place. */
export function drawChart(place: HTMLElement, content: ChartContent): Chart {
  const { height, across, lines, marks = [], onRange } = content;
  const short = new Intl.NumberFormat(navigator.language, { notation: 'compact' });
  const chart = new uPlot(
    {
      ...{ width: place.clientWidth, height },
      axes: [
        {
          stroke: () => colourOf('--vscode-foreground'),
          // A day and an hour are longer than a number.
          space: across.isTime === true ? 100 : 50,
          // The day stands below the hour.
          size: across.isTime === true ? 50 : 30,
          ...(across.textOf && {
            values: (_: uPlot, ticks: readonly number[]) => ticks.map(across.textOf ?? String),
            incrs: [1, 2, 5, 10, 20, 50, 100, 200, 500],
          }),
        },
        {
          ...{ stroke: () => colourOf('--vscode-foreground'), size: 60 },
          values: (_, ticks) => ticks.map((tick) => short.format(tick)),
        },
      ],
      scales: {
        x: { time: across.isTime === true },
        // What is filled below a line tells how much there is. Nothing known leaves a chart without a top.
        y: { range: (_, __, most) => [0, most > 0 ? most * ROOM : 1] },
      },
      // It is coloured once.
      legend: { markers: { fill: () => 'transparent' } },
      series: [
        { label: across.label },
        ...lines.map(({ label, colour }) => ({
          ...{ label, width: 1.5, stroke: () => colourOf(colour) },
          // A line goes on over the places where only another one tells something.
          ...{ spanGaps: lines.length > 1, points: { show: content.hasPoints === true, fill } },
          ...(lines.length === 1 && { fill: () => colourOf('--vscode-list-hoverBackground') }),
        })),
      ],
      hooks: {
        draw: [
          (drawn) => {
            for (const { at, colour } of marks) drawMarks(drawn, at, colourOf(colour));
          },
        ],
        setScale: [
          () => {
            onRange?.(chart);
          },
        ],
      },
    },
    [[...across.values], ...lines.map(({ values }) => [...values])],
    place,
  );
  new ResizeObserver(() => {
    chart.setSize({ width: place.clientWidth, height });
  }).observe(place);
  // VS Code tells of another theme by the class of the page; what is drawn keeps its colours.
  new MutationObserver(() => {
    chart.redraw(false);
  }).observe(document.body, { attributes: true, attributeFilter: ['class'] });
  return chart;
}

/** Of the dots, so that they stand out of the line. */
function fill(): string {
  return colourOf('--vscode-editor-background');
}

function colourOf(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim();
}

function drawMarks(chart: uPlot, places: readonly number[], colour: string): void {
  const { ctx, bbox } = chart;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.setLineDash([4, 4]);
  for (const place of places) {
    const x = chart.valToPos(place, 'x', true);
    if (x < bbox.left || x > bbox.left + bbox.width) continue;
    ctx.beginPath();
    ctx.moveTo(x, bbox.top);
    ctx.lineTo(x, bbox.top + bbox.height);
    ctx.stroke();
  }
  ctx.restore();
}
