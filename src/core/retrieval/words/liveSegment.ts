import type { Segment } from './segment.ts';
import { createSpelling, type Spelling } from './spelling.ts';

/** A segment of which some documents have left. */
export interface LiveSegment<Kind extends Segment = Segment> {
  readonly segment: Kind;
  readonly spelling: Spelling;
  /** Live documents. */
  readonly liveCount: number;
  /** Sums over live documents. */
  readonly nameLength: number;
  readonly bodyLength: number;
  isLive(ordinal: number): boolean;
  /** Takes account of a document that was added to `segment`. */
  added(ordinal: number): void;
  remove(ordinal: number): void;
}

export function createLiveSegment<Kind extends Segment>(segment: Kind): LiveSegment<Kind> {
  const dead = new Set<number>();
  let nameLength = 0;
  let bodyLength = 0;
  const count = (ordinal: number, sign: 1 | -1): void => {
    nameLength += sign * segment.nameLengthAt(ordinal);
    bodyLength += sign * segment.bodyLengthAt(ordinal);
  };
  for (let ordinal = 0; ordinal < segment.documentCount; ordinal++) count(ordinal, 1);
  let spelling = createSpelling(segment);

  return {
    segment,
    get spelling() {
      return spelling;
    },
    get liveCount() {
      return segment.documentCount - dead.size;
    },
    get nameLength() {
      return nameLength;
    },
    get bodyLength() {
      return bodyLength;
    },
    isLive: (ordinal) => !dead.has(ordinal),
    added(ordinal) {
      count(ordinal, 1);
      spelling = createSpelling(segment);
    },
    remove(ordinal) {
      if (dead.has(ordinal)) return;
      dead.add(ordinal);
      count(ordinal, -1);
    },
  };
}
