import { isChange } from '../../library/read/symbols.ts';
import type { Found } from '../../model/api/find.ts';
import type { PatternRow } from '../../model/patternRow.ts';
import type { Library } from '../../model/ports/library.ts';

/**
 * A change with the place of the code it changed as that stands now: the commit's own lines are those
 * of its day. Without one where the code is gone, or too simple to be kept.
 */
export function withPlaceNow<Row extends PatternRow>(
  row: Row,
  { patterns }: Pick<Library, 'patterns'>,
): Row & Pick<Found, 'now'> {
  const leader = isChange(row) ? patterns.listing.symbols().leaderOf(row.id) : undefined;
  if (leader === undefined || isChange(leader)) return row;
  const code = patterns.byId(leader.id);
  const place = code?.occurrences.find(({ path }) => path === row.path) ?? code?.provenance;
  if (place?.path === undefined || place.path === null) return row;
  return { ...row, path: place.path, now: { path: place.path, range: place.range } };
}
