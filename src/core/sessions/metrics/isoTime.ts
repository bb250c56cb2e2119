import type { EpochMs } from '../../model/epochMs.ts';

/** ISO 8601; null where the time is not known. */
export function isoTime(at: EpochMs | undefined): string | null {
  return at === undefined ? null : new Date(at).toISOString();
}
