import type { Pattern, ProjectKey } from '../model/pattern.ts';

/** Whose words are trusted. */
export interface Reader {
  /** E-mail by which git knows the person; `undefined` where it knows none. */
  readonly email: string | undefined;
  /** Projects the person works in: their files are read by whoever works there anyway. */
  readonly projects: readonly ProjectKey[];
}

/**
 * Whether other people wrote a pattern: it was imported, or git names somebody else in a project that
 * is not the one at work. Whoever is unknown to git may be anybody.
 */
export function isByOthers(
  { source, pack, occurrences, provenance }: Pattern,
  { email, projects }: Reader,
): boolean {
  if (source === 'imported' || pack !== null) return true;
  if (source === 'added') return false;
  const places = [provenance, ...occurrences];
  if (places.some(({ project }) => project !== null && projects.includes(project))) return false;
  const authors = places.flatMap(({ author }) => author ?? []);
  return authors.length > 0 && !authors.some((one) => email !== undefined && isSame(one, email));
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
