import type { PatternId } from './pattern.ts';

/** A person needs not be told of a place that does otherwise what an idiom does. */
export interface DismissEvent {
  readonly type: 'dismiss';
  readonly pattern: PatternId;
  /** See `IdiomDeviation`. */
  readonly mark: string;
}
