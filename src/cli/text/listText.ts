import type { Pattern } from '../../core/model/pattern.ts';
import type { Terminal } from '../command.ts';
import { oneLine } from './clean.ts';
import { formatCount } from './format.ts';
import { formatPlace } from './patternText.ts';
import { formatTable } from './table.ts';
import type { Column } from './table.ts';
import { cutEnd, cutStart } from './width.ts';

const COLUMNS: readonly Column[] = [
  { title: 'id', align: 'left' },
  { title: 'kind', align: 'left' },
  { title: 'language', align: 'left' },
  { title: 'places', align: 'right' },
  { title: 'name', align: 'left' },
  { title: 'where', align: 'left' },
];
/** Room that id, kind, language, places and the gaps take: 16 + 8 + 10 + 6 + 5 × 2. */
const FIXED_COLUMNS = 50;
/** Below that a path says nothing. */
const MIN_PLACE = 20;

/** A line for each pattern; on a narrow terminal the places go, then long names are cut. */
export function formatPatternList(
  patterns: readonly Pattern[],
  { style, tableColumns }: Terminal,
): readonly string[] {
  const room = tableColumns - FIXED_COLUMNS;
  const [nameColumns, placeColumns] = shareRoom(room);
  const rows = patterns.map((pattern) => [
    style.faint(pattern.id),
    pattern.kind,
    pattern.language ?? '',
    formatCount(pattern.support),
    style.name(cutEnd(oneLine(pattern.name), nameColumns)),
    placeColumns < MIN_PLACE
      ? ''
      : style.faint(cutStart(formatPlace(pattern.provenance) ?? '', placeColumns)),
  ]);
  const shown = placeColumns < MIN_PLACE ? COLUMNS.slice(0, -1) : COLUMNS;
  return formatTable(shown, rows, style.heading);
}

/** Half for the name and half for the place, or all for the name where half is too little. */
function shareRoom(room: number): readonly [name: number, place: number] {
  if (room === Infinity) return [Infinity, Infinity];
  if (room < MIN_PLACE * 2) return [Math.max(20, room), 0];
  return [Math.floor(room / 2), Math.ceil(room / 2)];
}
