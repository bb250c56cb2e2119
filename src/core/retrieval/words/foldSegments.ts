import { createGrowingSegment, type GrowingSegment } from './growingSegment.ts';
import type { LiveSegment } from './liveSegment.ts';
import { createFrozenSegment, type FrozenSegment } from './segment.ts';

/** The live documents of both, in order, without those of `omitted` rows. */
export function foldSegments(
  base: LiveSegment<FrozenSegment>,
  recent: LiveSegment<GrowingSegment>,
  omitted: ReadonlySet<number> = new Set(),
): FrozenSegment {
  const isWhole = ({ liveCount, segment }: LiveSegment): boolean =>
    omitted.size === 0 && liveCount === segment.documentCount;
  if (recent.liveCount === 0 && isWhole(base)) return base.segment;
  const frozen = createFrozenSegment(recent.segment.freeze());
  if (base.liveCount === 0 && isWhole(recent)) return frozen;
  const folded = createGrowingSegment();
  const parts = [
    { segment: base.segment, live: base },
    { segment: frozen, live: recent },
  ].map(({ segment, live }) => {
    const isKept = (ordinal: number, rowId: number): boolean =>
      live.isLive(ordinal) && !omitted.has(rowId);
    return { segment, moved: copyEntries(segment, isKept, folded) };
  });
  for (const { segment, moved } of parts) copyPostings(segment, moved, folded);
  return createFrozenSegment(folded.freeze());
}

const LEFT_OUT = -1;

/** @returns the new ordinal of each document, or `LEFT_OUT` */
function copyEntries(
  segment: FrozenSegment,
  isKept: (ordinal: number, rowId: number) => boolean,
  folded: GrowingSegment,
): Int32Array {
  const moved = new Int32Array(segment.documentCount).fill(LEFT_OUT);
  for (let ordinal = 0; ordinal < segment.documentCount; ordinal++) {
    const rowId = segment.rowIdAt(ordinal);
    if (!isKept(ordinal, rowId)) continue;
    moved[ordinal] = folded.addEntry({
      rowId,
      tie: segment.tieAt(ordinal),
      textHash: segment.textHashAt(ordinal),
      nameLength: segment.nameLengthAt(ordinal),
      bodyLength: segment.bodyLengthAt(ordinal),
    });
  }
  return moved;
}

function copyPostings(segment: FrozenSegment, moved: Int32Array, folded: GrowingSegment): void {
  const { postingStarts, documents, nameCounts, bodyCounts } = segment.arrays;
  for (let id = 0; id + 1 < postingStarts.length; id++) {
    const term = segment.termAt(id);
    const end = postingStarts[id + 1] ?? 0;
    for (let at = postingStarts[id] ?? 0; at < end; at++) {
      const ordinal = moved[documents[at] ?? 0] ?? LEFT_OUT;
      if (ordinal === LEFT_OUT) continue;
      folded.addPosting(term, ordinal, [nameCounts[at] ?? 0, bodyCounts[at] ?? 0]);
    }
  }
}
