import type { PatternDetail } from '../../model/api/patterns.ts';
import type { Library } from '../../model/ports/library.ts';

/** See `PatternsApi.detail`. */
export function patternDetail(
  { patterns }: Pick<Library, 'patterns'>,
  id: string,
): PatternDetail | undefined {
  const pattern = patterns.byId(id);
  if (pattern === undefined) return undefined;
  const [row] = patterns.rows([pattern.id]);
  if (row === undefined) return undefined;
  return {
    pattern,
    row,
    ratings: patterns.ratings(pattern.id),
    variants: patterns.rows(pattern.variants),
    changes: patterns.rows(
      patterns.listing
        .symbols()
        .changesOf(pattern.id)
        .map((change) => change.id),
    ),
    ...patterns.usage(pattern.id),
  };
}
