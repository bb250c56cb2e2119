import type { Terminal } from '../command.ts';
import type { PlaceDocument } from '../placeDocument.ts';

/** Files in their order, each with its functions below it in theirs. */
export function formatPlaces(
  places: readonly PlaceDocument[],
  { style }: Pick<Terminal, 'style'>,
): string {
  const files = places.filter(({ kind }) => kind === 'file');
  return files
    .map((file, at) => {
      const inside = places.filter(({ kind, path }) => kind !== 'file' && path === file.path);
      return [
        `${at + 1}. ${style.name(file.path)}  ${style.faint(file.score.toFixed(2))}`,
        ...reasons(file, '   '),
        ...inside.flatMap((place) => [
          `   ${nameOf(place)}  ${style.faint(place.score.toFixed(2))}`,
          ...reasons(place, '     '),
        ]),
      ].join('\n');
    })
    .join('\n\n');

  function reasons({ why }: PlaceDocument, indent: string): readonly string[] {
    return why.length === 0 ? [] : [style.faint(`${indent}${why.join('; ')}`)];
  }
}

/** Lines count from 1, as editors show them. */
function nameOf({ symbol, path, range }: PlaceDocument): string {
  const first = (range?.start.line ?? 0) + 1;
  const last = range?.end.line ?? first;
  return `${symbol ?? path}:${first}-${last}`;
}
