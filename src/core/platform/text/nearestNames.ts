/** A slip of the keyboard; more letters apart are another word. */
const MOST_LETTERS = 2;

/**
 * Those of `names` that a misspelt name may mean, in any case: at most two letters away, the nearest
 * first, then those that contain it.
 */
export function nearestNames(name: string, names: readonly string[]): readonly string[] {
  const asked = name.toLowerCase();
  const rated = names.map((candidate) => {
    const lower = candidate.toLowerCase();
    const isShort = Math.abs(lower.length - asked.length) <= MOST_LETTERS;
    const distance = isShort ? editDistance(asked, lower) : Infinity;
    const contains = asked.length > MOST_LETTERS && lower.includes(asked);
    return { candidate, rank: Math.min(distance, contains ? MOST_LETTERS + 0.5 : Infinity) };
  });
  return rated
    .filter(({ rank }) => rank < MOST_LETTERS + 1)
    .sort((a, b) => a.rank - b.rank)
    .map(({ candidate }) => candidate);
}

/** Levenshtein. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + Number(a[i - 1] !== b[j - 1]);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
