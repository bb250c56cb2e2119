import { systemClock } from '../core/platform/clock.ts';

/** An idle process that holds more than this, and much more than it began with, is heavy. */
const HEAVY_BYTES = 200 * 1024 * 1024;
const GROWTH = 1.5;

export interface WeightOptions {
  /** Memory the process holds. */
  readonly bytes: () => number;
  /** It counts as idle after this long without a call. */
  readonly idleMs: number;
  /** It took over from a heavy one: what it needs to answer is what the library takes. */
  readonly succeedsHeavy: boolean;
  readonly onHeavy: () => void;
}

/**
 * Notices when a process has become heavy by what it did. Parsers and the library's database never
 * give memory back, so after a big extraction another process holds the same library in half.
 */
export interface Weight {
  /**
   * A call begins, which grows the process.
   *
   * @param isJob it leaves memory behind that nobody needs afterwards
   */
  busy(isJob: boolean): void;
  /** No call is under way. */
  idle(): void;
}

/** Weighs from here on: the library is open. */
export function createWeight({ bytes, idleMs, succeedsHeavy, onHeavy }: WeightOptions): Weight {
  let limitBytes = Math.max(HEAVY_BYTES, bytes() * GROWTH);
  let isJudged = !succeedsHeavy;
  let callOff: (() => void) | undefined;
  return {
    busy: (isJob) => {
      callOff?.();
      isJudged ||= isJob;
    },
    idle: () => {
      callOff?.();
      if (!isJudged) {
        // Another one would weigh as much again, and the next one too, for ever.
        limitBytes = Math.max(limitBytes, bytes() * GROWTH);
        return;
      }
      callOff = systemClock.after(idleMs, () => {
        if (bytes() > limitBytes) onHeavy();
      });
    },
  };
}
