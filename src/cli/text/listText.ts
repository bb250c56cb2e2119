import { GONE_LESSONS, type FacetValue, type ReuseGroup } from '../../core/model/api/find.ts';
import type { FlatPattern } from '../found.ts';
import type { Terminal } from '../command.ts';
import { saidBeside } from '../../core/model/patternRow.ts';
import { oneLine } from './clean.ts';
import { formatCount } from './format.ts';
import { formatPlaceNow } from './patternText.ts';
import { formatTable } from './table.ts';
import type { Column } from './table.ts';
import { cutEnd, cutStart, widthOf } from './width.ts';

/** Between two columns. */
const GAP = 2;
/** From so many columns on there is room for language and places. */
const WIDE = 100;
/** Longer names of projects are cut. */
const MAX_PROJECT = 18;
/** Below that a path says nothing. */
const MIN_PLACE = 24;

interface Cells {
  readonly name: string;
  readonly what: string;
  readonly where: string;
}

/**
 * A line for each pattern: what it is called, what it does or, of a change, what was changed, and
 * where it is. Where that is too much for a line, a second one says language, project and place.
 * The last line says what is meant by the mark of what is gone, where a row has it.
 *
 * @param groups that the patterns stand in; each is a heading
 */
export function formatPatternList(
  patterns: readonly FlatPattern[],
  { style, tableColumns }: Terminal,
  groups: readonly FacetValue[] = [],
): readonly string[] {
  const isWide = tableColumns >= WIDE;
  const leading = patterns.map(({ id, kind, language, support, provenance }) => [
    style.faint(id),
    kind,
    ...(isWide
      ? [
          language ?? '',
          formatCount(support),
          cutEnd(oneLine(provenance.projectName ?? ''), MAX_PROJECT),
        ]
      : []),
  ]);
  const titles = LEADING.slice(0, isWide ? LEADING.length : 2);
  const taken = titles.map(({ title }, at) =>
    widest([title, ...leading.map((row) => row[at] ?? '')]),
  );
  const room = tableColumns - taken.reduce((sum, width) => sum + width + GAP, 0);
  const cells = patterns.map((pattern) => ({
    name: oneLine(pattern.qualifiedName),
    what: whatOf(pattern),
    where: formatPlaceNow(pattern) ?? '',
  }));
  const { name, what, where } = shareRoom(room, cells);
  // What is cut nowhere stands at the end of its line, where nothing is pushed out of its column.
  const inOrder = <Cell>(last: Cell, before: readonly Cell[]): readonly Cell[] =>
    tableColumns === Infinity ? [...before, last] : [last, ...before];
  const rows = cells.map((cell, at) => [
    ...(leading[at] ?? []),
    style.name(cutEnd(cell.name, name)),
    ...inOrder(
      cutEnd(cell.what, what),
      where === 0 ? [] : [style.faint(cutStart(cell.where, where))],
    ),
  ]);
  const columns = [...titles, NAME, ...inOrder(WHAT, where === 0 ? [] : [WHERE])];
  const [title = '', ...lines] = formatTable(columns, rows, style.heading);
  const isMarked = cells.some((cell) => cell.what.startsWith(GONE));
  return [
    title,
    ...lines.flatMap((line, at) => {
      const pattern = patterns[at];
      if (pattern === undefined) return [line];
      const heading = headingBefore(patterns, at, groups).map((text) => style.heading(text));
      if (isWide) return [...heading, line];
      return [
        ...heading,
        line,
        `  ${style.faint(cutStart(secondLine(pattern), tableColumns - 2))}`,
      ];
    }),
    ...(isMarked ? ['', style.faint(`${GONE}: no longer in the code`)] : []),
  ];
}

/** Begins with an empty line; empty within a group. */
function headingBefore(
  patterns: readonly FlatPattern[],
  at: number,
  groups: readonly FacetValue[],
): readonly string[] {
  const key = patterns[at]?.group;
  const group = groups.find(({ value }) => value === key);
  if (group === undefined || patterns[at - 1]?.group === key) return [];
  const shown = patterns.filter((pattern) => pattern.group === key).length;
  const all = formatCount(group.count);
  const count = shown < group.count ? `${formatCount(shown)} of ${all}` : all;
  return ['', `${oneLine(titleOf(group))} (${count})`];
}

/** Of an area of the code its path; what is in none of them is all over the project. */
function titleOf({ value, title }: FacetValue): string {
  if (value === GONE_LESSONS) return 'no longer in the code';
  if (title === undefined) return REUSE_TITLES[value as ReuseGroup];
  return title.replace(/(^|: )\/(?= · |$)/, '$1various places');
}

const REUSE_TITLES: Readonly<Record<ReuseGroup, string>> = {
  own: 'saved or liked by you',
  idioms: 'idioms: shapes that recur in the code',
  helpers: 'helpers that other files use',
  recurring: 'written several times',
  packs: 'from packs',
  tests: 'in tests',
  others: 'functions and classes',
};

function secondLine(pattern: FlatPattern): string {
  const { language, provenance } = pattern;
  return [language, provenance.projectName, formatPlaceNow(pattern)]
    .filter((part) => part !== null && part !== undefined)
    .map(oneLine)
    .join(' · ');
}

/** Short, as it may stand on many rows; the list says once what it means. */
const GONE = '(gone)';

/** What is gone says so first, unless its heading does, and what says no more than the name is left out. */
function whatOf(pattern: FlatPattern): string {
  const { history, lesson, group, siblings = 0 } = pattern;
  const what = oneLine(lesson ?? saidBeside(pattern));
  const said = siblings === 0 ? what : `${what} (+${formatCount(siblings)})`;
  return history.gone && group !== GONE_LESSONS ? `${GONE} ${said}`.trimEnd() : said;
}

const LEADING: readonly Column[] = [
  { title: 'id', align: 'left' },
  { title: 'kind', align: 'left' },
  { title: 'language', align: 'left' },
  { title: 'places', align: 'right' },
  { title: 'project', align: 'left' },
];
/** Where nothing is cut, one long title must not push those of all others apart. */
const NAME: Column = { title: 'name', align: 'left', maxPad: 40 };
const WHAT: Column = { title: 'what', align: 'left', maxPad: 60 };
const WHERE: Column = { title: 'where', align: 'left', maxPad: 40 };

/**
 * A third for the name, as far as it is needed and up to what most names need; of the rest, more
 * for what it does than for where it is.
 */
function shareRoom(room: number, cells: readonly Cells[]): Readonly<Record<keyof Cells, number>> {
  if (room === Infinity) return { name: Infinity, what: Infinity, where: Infinity };
  const most = Math.max(14, Math.min(26, Math.floor(room / 3)));
  const name = Math.min(most, widest(cells.map((cell) => cell.name)));
  const rest = Math.max(26, room - name - GAP);
  const share = Math.floor((rest - GAP) * 0.4);
  if (share < MIN_PLACE) return { name, what: rest, where: 0 };
  const left = rest - GAP - widest(cells.map((cell) => cell.what));
  const where = Math.min(widest(cells.map((cell) => cell.where)), Math.max(share, left));
  return { name, what: rest - GAP - where, where };
}

function widest(texts: readonly string[]): number {
  return Math.max(0, ...texts.map(widthOf));
}
