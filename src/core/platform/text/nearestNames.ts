import { editDistance } from './editDistance.ts';

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
