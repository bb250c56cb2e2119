import { join } from 'node:path';

export const RECORDINGS = 'recordings';

/**
 * Where logs of what a person did in an editor lie in a library, one file a recording. They are
 * deleted when anything is purged, for they hold text; what was learned of them are facts, and stay.
 */
export function recordingsFolder(library: string): string {
  return join(library, RECORDINGS);
}
