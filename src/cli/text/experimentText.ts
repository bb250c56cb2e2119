import type {
  ComparedPoint,
  ExperimentComparison,
  ExperimentPoint,
  ExperimentReport,
  Interval,
} from '../../core/model/api/experiments.ts';
import type { Parameters } from '../../core/model/resolution/stages.ts';
import type { Terminal } from '../command.ts';
import { countOf, formatCount } from './format.ts';
import { measureMeaning } from './measureTexts.ts';
import { type Column, formatTable } from './table.ts';

const SHOWN_KEY = 8;

/** What came of each way, by step. */
export function formatReport(
  { points, failures, badLines }: ExperimentReport,
  terminal: Pick<Terminal, 'style'>,
): string {
  return [
    ...points.map((point) => formatPoint(point, terminal)),
    ...formatMeanings(points, terminal),
    ...(failures.length === 0
      ? []
      : [
          [
            'what failed:',
            ...failures.map(({ why, runs }) => `  ${countOf(runs, 'run')}: ${why}`),
          ].join('\n'),
        ]),
    ...(badLines === 0 ? [] : [`${countOf(badLines, 'damaged line')} of the record passed over`]),
  ].join('\n\n');
}

const VALUE_COLUMNS: readonly Column[] = [
  { title: 'step', align: 'left' },
  { title: 'measure', align: 'left' },
  { title: 'mean', align: 'right' },
  { title: '95 %', align: 'left' },
  { title: 'issues', align: 'right' },
];

function formatPoint(point: ExperimentPoint, { style }: Pick<Terminal, 'style'>): string {
  const { key, hypers, finished, failed, open, tokens, measures } = point;
  const counts = [
    countOf(finished, 'run'),
    ...(failed === 0 ? [] : [`${formatCount(failed)} failed`]),
    ...(open === 0 ? [] : [`${formatCount(open)} not ended`]),
    ...(tokens === 0 ? [] : [countOf(tokens, 'token')]),
  ];
  const rows = measures.map(({ stage, measure, ...interval }) => {
    return [
      stage,
      measure,
      formatValue(interval.mean),
      formatRange(interval),
      formatCount(interval.count),
    ];
  });
  return [
    `${style.name(key.slice(0, SHOWN_KEY))} ${formatHypers(hypers)}`,
    `  ${style.faint(counts.join(', '))}`,
    ...(rows.length === 0
      ? [`  nothing is graded: ${whyUngraded(point)}`]
      : formatTable(VALUE_COLUMNS, rows, (title) => style.faint(title)).map((line) => `  ${line}`)),
    ...whyUntested(point).map((why) => style.faint(`  ${why}`)),
  ].join('\n');
}

function whyUngraded({ finished }: ExperimentPoint): string {
  return finished === 0 ? 'no run came to its end' : 'it is not known what resolves these issues';
}

/** Patches were compared, and no test says anything of them. */
function whyUntested({ hypers, measures }: ExperimentPoint): readonly string[] {
  const ofPatches = measures.filter(({ stage }) => stage === 'generation');
  const isTested = ofPatches.some(({ measure }) => measure.startsWith('pass-rate'));
  if (ofPatches.length === 0 || isTested) return [];
  return typeof hypers['tests'] === 'string'
    ? [
        'no pass rate: no test that came with these fixes fails without them and passes here with them',
      ]
    : [
        'no pass rate: no tests were run; experiment run with --test runs those that came with the fixes',
      ];
}

/** Each measure that is shown, once. */
function formatMeanings(
  points: readonly ExperimentPoint[],
  { style }: Pick<Terminal, 'style'>,
): readonly string[] {
  const names = new Set(points.flatMap(({ measures }) => measures.map(({ measure }) => measure)));
  const rows = [...names].flatMap((name) => {
    const meaning = measureMeaning(name);
    return meaning === undefined ? [] : [[name, meaning]];
  });
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([name = '']) => name.length));
  const lines = rows.map(([name = '', meaning = '']) => `  ${name.padEnd(width)}  ${meaning}`);
  return [['what the measures say:', ...lines.map((line) => style.faint(line))].join('\n')];
}

const DIFFERENCE_COLUMNS: readonly Column[] = [
  { title: 'step', align: 'left' },
  { title: 'measure', align: 'left' },
  { title: 'first', align: 'right' },
  { title: 'second', align: 'right' },
  { title: 'second − first', align: 'right' },
  { title: '95 %', align: 'left' },
  { title: 'issues', align: 'right' },
  { title: '', align: 'left' },
];

/** Each pair of ways with the measures both have. */
export function formatComparisons(
  comparisons: readonly ExperimentComparison[],
  { style }: Pick<Terminal, 'style'>,
): string {
  return comparisons
    .map(({ first, second, differences }) => {
      const rows = differences.map(({ stage, measure, difference, isClear, ...values }) => [
        ...[stage, measure, formatValue(values.first), formatValue(values.second)],
        ...[formatValue(difference.mean), formatRange(difference), formatCount(values.count)],
        isClear ? (difference.mean > 0 ? 'second higher' : 'first higher') : 'no clear difference',
      ]);
      return [
        `first:  ${formatCompared(first)}`,
        `second: ${formatCompared(second)}`,
        ...(rows.length === 0
          ? ['no issue has a grade of both']
          : formatTable(DIFFERENCE_COLUMNS, rows, (title) => style.faint(title))),
      ].join('\n');
    })
    .join('\n\n');
}

function formatCompared({ experiment, key, differs }: ComparedPoint): string {
  return `${experiment}@${key.slice(0, SHOWN_KEY)} ${formatHypers(differs)}`.trimEnd();
}

function formatHypers(hypers: Parameters): string {
  return Object.entries(hypers)
    .filter(([, value]) => value !== null && value !== false)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join(' ');
}

function formatRange({ low, high }: Interval): string {
  return `[${formatValue(low)}, ${formatValue(high)}]`;
}

/** Shares with three places, what is counted with one. */
function formatValue(value: number): string {
  return value.toFixed(Math.abs(value) > 1 ? 1 : 3);
}
