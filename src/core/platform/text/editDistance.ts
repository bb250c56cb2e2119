import { distance } from 'fastest-levenshtein';

/** Levenshtein's distance: how many UTF-16 units to put in, take out or replace, at least. */
export function editDistance(one: string, other: string): number {
  return distance(one, other);
}
