import { isChange } from '../../library/read/symbols.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { ListedRow, Symbols } from '../../model/ports/listing.ts';

/** Lists of the library stay the same until it changes, and folding them costs as much as finding. */
const folded = new WeakMap<readonly ListedRow[], readonly ListedRow[]>();

/** An idiom of fewer places is a candidate, which describes the past as often as what is to come. */
const LEAST_PLACES = 5;

export function isCandidate({ kind, support }: Pick<ListedRow, 'kind' | 'support'>): boolean {
  return kind === 'idiom' && support < LEAST_PLACES;
}

/**
 * One row a function: a change is left out where what it is folded into is among the rows. What is
 * gone stands behind what is there, either in the order given. Candidates for idioms are left out.
 */
export function foldRows(rows: readonly ListedRow[], symbols: Symbols): readonly ListedRow[] {
  const known = folded.get(rows);
  if (known !== undefined) return known;
  const ids = new Set(rows.map(({ id }) => id));
  const isFolded = (row: ListedRow): boolean =>
    isCandidate(row) || (isChange(row) && ids.has(symbols.leaderOf(row.id)?.id ?? ''));
  const there: ListedRow[] = [];
  const gone: ListedRow[] = [];
  for (const row of rows) {
    if (!isFolded(row)) (symbols.isGone(row.id) ? gone : there).push(row);
  }
  const result = [...there, ...gone];
  folded.set(rows, result);
  return result;
}

/** What stands for a row: what it is folded into, if that is among those that may. */
export function leaderAmong<Row extends ListedRow>(
  row: Row,
  among: ReadonlyMap<PatternId, Row>,
  symbols: Symbols,
): Row {
  return among.get(symbols.leaderOf(row.id)?.id ?? '') ?? row;
}
