import { confidenceIn } from '../../core/model/resolution/confidence.ts';
import type { Terminal } from '../command.ts';
import type { PlaceDocument } from '../placeDocument.ts';

/** Files in their order, each with its functions below it in theirs, and how sure each is. */
export function formatPlaces(
  places: readonly PlaceDocument[],
  { style }: Pick<Terminal, 'style'>,
): string {
  const files = places.filter(({ kind }) => kind === 'file');
  const isGuess = places.length > 0 && places.every((place) => confidenceIn(place) === 'guess');
  const listed = files
    .map((file, at) => {
      const inside = places.filter(({ kind, path }) => kind !== 'file' && path === file.path);
      return [
        `${at + 1}. ${style.name(file.path)}  ${style.faint(confidenceIn(file))}`,
        ...reasons(file, '   '),
        ...inside.flatMap((place) => [
          `   ${nameOf(place)}  ${style.faint(confidenceIn(place))}`,
          ...reasons(place, '     '),
        ]),
      ].join('\n');
    })
    .join('\n\n');
  return isGuess ? `${ALL_GUESSED}\n\n${listed}` : listed;

  function reasons({ why }: PlaceDocument, indent: string): readonly string[] {
    return why.length === 0 ? [] : [style.faint(`${indent}${why.join('; ')}`)];
  }
}

const ALL_GUESSED =
  'Not sure: nothing in the issue names code of this project; these share some of its words.';

/** Lines count from 1, as editors show them. */
function nameOf({ symbol, path, range }: PlaceDocument): string {
  const first = (range?.start.line ?? 0) + 1;
  const last = range?.end.line ?? first;
  return `${symbol ?? path}:${first}-${last}`;
}
