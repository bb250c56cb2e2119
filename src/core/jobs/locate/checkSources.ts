import type { SourceState } from '../../model/api/patterns.ts';
import type { Pattern, PatternId, ProjectKey } from '../../model/pattern.ts';
import { type LocateParts, openLocator } from './locate.ts';

/** Of code that stands in many places, so many are looked at: one that stands is enough. */
const MOST_PLACES = 5;

const BEST_FIRST: readonly SourceState[] = ['unchanged', 'moved', 'changed', 'gone'];

/** Where the code of patterns may be looked for. */
export interface Checked {
  readonly folders: readonly string[];
  /** What the folders belong to. */
  readonly projects: readonly ProjectKey[];
}

/**
 * What became of the code that patterns were read from, as the disk has it now; nothing of patterns
 * of other projects than those of the folders.
 */
export async function checkSources(
  parts: LocateParts,
  patterns: readonly Pattern[],
  { folders, projects }: Checked,
): Promise<ReadonlyMap<PatternId, SourceState>> {
  const here = patterns.filter(({ occurrences }) =>
    occurrences.some(({ project }) => project !== null && projects.includes(project)),
  );
  const states = new Map<PatternId, SourceState>();
  if (here.length === 0) return states;
  const locator = await openLocator(parts, folders);
  try {
    for (const pattern of here) {
      const places = await locator.places(pattern, MOST_PLACES);
      const state = BEST_FIRST.find((one) => places.some((place) => place.state === one));
      if (state !== undefined) states.set(pattern.id, state);
    }
  } finally {
    locator.close();
  }
  return states;
}
