/**
 * How many letters were left out, put in, taken for others or swapped with their neighbour to make one
 * text of the other, in UTF-16 units; `undefined` where that is more than `most`.
 *
 * Optimal string alignment: no part is changed twice.
 */
export function slipsBetween(one: string, other: string, most: number): number | undefined {
  if (Math.abs(one.length - other.length) > most) return undefined;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row++) {
    const current = [row];
    for (let at = 1; at <= other.length; at++) {
      const isSame = one[row - 1] === other[at - 1];
      const isSwapped = one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1];
      const replaced = cell(last, at - 1) + (isSame ? 0 : 1);
      const changed = Math.min(cell(current, at - 1) + 1, cell(last, at) + 1, replaced);
      current[at] = isSwapped ? Math.min(changed, cell(beforeLast, at - 2) + 1) : changed;
    }
    if (Math.min(...current) > most) return undefined;
    beforeLast = last;
    last = current;
  }
  const slips = cell(last, other.length);
  return slips <= most ? slips : undefined;
}

/** Beyond the beginning of both texts nothing can be swapped. */
function cell(row: readonly number[], at: number): number {
  return row[at] ?? Infinity;
}
