/** What became of the tests with some of the changes in place. */
export type Verdict = 'passed' | 'failed' | 'unclear';

/**
 * The fewest changes without which the tests do not pass, by delta debugging (Zeller and Hildebrandt
 * 2002): halves first, then smaller parts, so that one change among forty takes about a dozen runs.
 *
 * @param count of the changes; with all of them the tests pass, with none they do not
 * @param verdictOf with only these in place
 * @returns in order; each of them is needed for the others to pass
 */
export async function findDecisive(
  count: number,
  verdictOf: (kept: readonly number[]) => Promise<Verdict>,
): Promise<readonly number[]> {
  let kept: readonly number[] = Array.from({ length: count }, (_, at) => at);
  let parts = 2;
  const passes = async (some: readonly number[]): Promise<boolean> =>
    (await verdictOf(some)) === 'passed';
  while (kept.length > 1) {
    const pieces = split(kept, Math.min(parts, kept.length));
    const piece = await first(pieces, passes);
    if (piece !== undefined) {
      kept = piece;
      parts = 2;
      continue;
    }
    const others = (piece: readonly number[]): readonly number[] =>
      kept.filter((at) => !piece.includes(at));
    // Of two halves, what is beside the one is the other.
    const rests = pieces.length === 2 ? [] : pieces.map(others);
    const rest = await first(rests, passes);
    if (rest !== undefined) {
      kept = rest;
      parts = Math.max(parts - 1, 2);
    } else if (pieces.length === kept.length) return kept;
    else parts *= 2;
  }
  return kept;
}

async function first(
  sets: readonly (readonly number[])[],
  passes: (some: readonly number[]) => Promise<boolean>,
): Promise<readonly number[] | undefined> {
  for (const set of sets) if (await passes(set)) return set;
  return undefined;
}

function split(all: readonly number[], parts: number): readonly (readonly number[])[] {
  return Array.from({ length: parts }, (_, at) =>
    all.slice(Math.floor((at * all.length) / parts), Math.floor(((at + 1) * all.length) / parts)),
  );
}
