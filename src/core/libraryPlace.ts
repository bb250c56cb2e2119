import { isAbsolute, posix, resolve } from 'node:path';
import envPaths from 'env-paths';
import { expandHome } from './platform/homePath.ts';

export interface PlaceFacts {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  /** The platform's folder for this program; that of the running process when absent. */
  readonly perUser?: string;
}

/** `~/snap/<app>/<revision>` and what lies in it: gone or copied with each update of the app. */
const SNAP_REVISION = /\/snap\/[^/]+\/[^/]+(?:\/|$)/;

/**
 * Folder of the library when nobody names one: what `PATTERN_FOUNDRY_LIBRARY` says, else the
 * per-user data folder of the platform. A Snap-packaged editor gives its terminals an
 * `XDG_DATA_HOME` of one revision; there the ordinary folder is used, so that an update of the
 * editor loses nothing and a terminal outside it sees the same library.
 */
export function libraryPlace({ env, home, perUser }: PlaceFacts): string {
  const named = env['PATTERN_FOUNDRY_LIBRARY'];
  // A place of its own for each folder it is called from would be many libraries.
  if (named !== undefined && named !== '') return resolve(home, expandHome(named, home));
  const folder = perUser ?? perUserFolder(env['XDG_DATA_HOME'], home);
  if (!SNAP_REVISION.test(folder)) return folder;
  const realHome = env['SNAP_REAL_HOME'] ?? home.replace(/\/snap\/[^/]+\/[^/]+(?:\/.*)?$/, '');
  return posix.join(realHome, '.local/share', 'pattern-foundry');
}

/** Folder of a team server when nobody names one: beside the libraries, and no part of any. */
export function serverPlace({ env, home }: PlaceFacts): string {
  return `${perUserFolder(env['XDG_DATA_HOME'], home)}-server`;
}

/** As https://specifications.freedesktop.org/basedir-spec says: relative paths are not regarded. */
function perUserFolder(dataHome: string | undefined, home: string): string {
  if (dataHome === undefined || dataHome === '' || isAbsolute(dataHome)) {
    return envPaths('pattern-foundry', { suffix: '' }).data;
  }
  return posix.join(home, '.local/share', 'pattern-foundry');
}
