import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder, readIfPossible, replaceDerivedFile } from '../../platform/disk.ts';
import { errorCode } from '../../platform/fileSystem.ts';

/** What was made of logs, until one of their files changes. */
export interface LogCache<Found> {
  /** `undefined` where one of the files has changed since. */
  get(files: readonly string[]): Found | undefined;
  set(files: readonly string[], found: Found): void;
}

/**
 * What was read of logs, one file a log, in a folder that can be deleted.
 *
 * @param derived folder of the library for what can be made anew
 * @param name of what is made, with a number that is raised when it is made in another way
 */
export function openLogCache<Found>(derived: string, name: string): LogCache<Found> {
  const folder = join(derived, name);
  const place = (files: readonly string[]): string =>
    join(
      folder,
      `${createHash('sha256')
        .update(files[0] ?? '')
        .digest('hex')
        .slice(0, 32)}.json`,
    );
  return {
    get(files) {
      const bytes = readIfPossible(place(files));
      if (bytes === undefined) return undefined;
      const kept = parse(bytes.toString('utf8')) as Kept<Found> | undefined;
      return kept?.stamp === stampOf(files) ? kept.found : undefined;
    },
    set(files, found) {
      const kept: Kept<Found> = { stamp: stampOf(files), found };
      const text = JSON.stringify(kept);
      if (fs.existsSync(derived)) makePrivateFolder(folder);
      replaceDerivedFile(place(files), [Buffer.from(text)]);
    },
  };
}

interface Kept<Found> {
  readonly stamp: string;
  readonly found: Found;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Changes with the names, sizes and times of the files. */
function stampOf(files: readonly string[]): string {
  return files
    .map((path) => {
      try {
        const { size, mtimeMs } = fs.statSync(path);
        return `${path} ${size} ${mtimeMs}`;
      } catch (error) {
        if (errorCode(error) === undefined) throw error;
        return `${path} gone`;
      }
    })
    .join('\n');
}
