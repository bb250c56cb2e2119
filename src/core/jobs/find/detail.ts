import type { PatternDetail } from '../../model/api/patterns.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { Listing } from '../../model/ports/listing.ts';

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
    siblings: patterns.rows(siblingsOf(pattern.id, patterns.listing)),
    ...patterns.usage(pattern.id),
  };
}

function siblingsOf(id: PatternId, listing: Listing): readonly PatternId[] {
  const fixes = listing.rows('live', 'value').filter(({ kind }) => kind === 'fix');
  const hash = fixes.find((row) => row.id === id)?.commit?.hash;
  if (hash === undefined || hash === null) return [];
  return fixes.filter((row) => row.id !== id && row.commit?.hash === hash).map((row) => row.id);
}
