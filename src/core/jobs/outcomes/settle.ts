import type { EpochMs } from '../../model/epochMs.ts';
import { INJECTING } from '../../model/outcomes/outcome.ts';
import type { Library } from '../../model/ports/library.ts';
import { toEvent } from './record.ts';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Whoever says nothing of a task for a week will not say it any more. */
const PENDING_DAYS = 7;

/** Bare impressions serve to calibrate what is shown; a month of them does. */
const KEPT_DAYS = 30;

/**
 * Ends what nothing became of: patterns that went into a task are noted as ignored, and impressions
 * of days long over become counts, which the next compaction puts in their place.
 */
export async function settleShowings(
  library: Pick<Library, 'record' | 'introduce' | 'readOnlyReason' | 'outcomes'>,
  now: EpochMs,
): Promise<void> {
  if (library.readOnlyReason !== undefined) return;
  const { outcomes } = library;
  const pending = outcomes.pending(INJECTING, now - PENDING_DAYS * DAY_MS);
  if (pending.length > 0) {
    const by = await library.introduce();
    await library.record(pending.map((shown) => toEvent(shown, { kind: 'ignored' }, by)));
  }
  const folded = outcomes.foldable(now - KEPT_DAYS * DAY_MS);
  await library.record(folded.map((counts) => ({ type: 'impressions', ...counts })));
}
