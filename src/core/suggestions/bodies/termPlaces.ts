/** In which rows a term stands. */
export interface TermPlaces {
  add(row: number, terms: ReadonlySet<string>): void;
  /** A row that held these terms is gone; see `isThere`. */
  remove(terms: ReadonlySet<string>): void;
  clear(): void;
  /** Rows that hold the term. */
  count(term: string): number;
  /** Rows with the terms of most weight, relative to how many terms they hold, best first. */
  best(
    terms: ReadonlySet<string>,
    weight: (term: string) => number,
    bounds: { readonly limit: number; readonly isThere: (row: number) => boolean },
  ): readonly number[];
}

/** Of a term that stands nearly everywhere only the newest rows are looked at. */
const MOST_ROWS = 20_000;

export function createTermPlaces(): TermPlaces {
  const rowsOf = new Map<string, number[]>();
  const counts = new Map<string, number>();
  const lengths: number[] = [];
  let sums = new Float32Array(1024);

  function add(row: number, terms: ReadonlySet<string>): void {
    lengths[row] = terms.size;
    for (const term of terms) {
      const rows = rowsOf.get(term);
      if (rows === undefined) rowsOf.set(term, [row]);
      else rows.push(row);
      counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }

  /** Sums of weights by row. @returns the rows that have one */
  function addUp(terms: ReadonlySet<string>, weight: (term: string) => number): readonly number[] {
    if (sums.length < lengths.length) sums = new Float32Array(lengths.length * 2);
    const touched: number[] = [];
    for (const term of terms) {
      const rows = rowsOf.get(term) ?? [];
      const gain = weight(term);
      for (let at = Math.max(0, rows.length - MOST_ROWS); at < rows.length; at += 1) {
        const row = rows[at] ?? 0;
        const sum = sums[row] ?? 0;
        if (sum === 0) touched.push(row);
        sums[row] = sum + gain;
      }
    }
    return touched;
  }

  return {
    add,
    remove(terms) {
      for (const term of terms) counts.set(term, (counts.get(term) ?? 1) - 1);
    },
    clear() {
      rowsOf.clear();
      counts.clear();
      lengths.length = 0;
    },
    count: (term) => counts.get(term) ?? 0,
    best(terms, weight, { limit, isThere }) {
      const touched = addUp(terms, weight);
      const best: Scored[] = [];
      for (const row of touched) {
        const score = (sums[row] ?? 0) / Math.sqrt(3 + (lengths[row] ?? 0));
        sums[row] = 0;
        const isBetter = best.length < limit || score > (best.at(-1)?.score ?? 0);
        if (isBetter && isThere(row)) insert(best, { row, score }, limit);
      }
      return best.map(({ row }) => row);
    },
  };
}

interface Scored {
  readonly row: number;
  readonly score: number;
}

function insert(best: Scored[], one: Scored, limit: number): void {
  let at = best.length;
  while (at > 0 && (best[at - 1]?.score ?? 0) < one.score) at -= 1;
  best.splice(at, 0, one);
  if (best.length > limit) best.pop();
}
