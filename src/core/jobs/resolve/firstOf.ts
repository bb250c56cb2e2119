import type { CodePointer } from '../../model/resolution/codePointer.ts';

/** So many files, and as many places that lie in them. */
export function firstOf(places: readonly CodePointer[], limit: number): readonly CodePointer[] {
  const files = places.filter(({ kind }) => kind === 'file').slice(0, limit);
  const paths = new Set(files.map(({ path }) => path));
  const inside = places.filter(({ kind, path }) => kind !== 'file' && paths.has(path));
  const kept = new Set([...files, ...inside.slice(0, limit)]);
  return places.filter((place) => kept.has(place));
}
