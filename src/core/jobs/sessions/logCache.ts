import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { makePrivateFolder, readIfPossible, replaceDerivedFile } from '../../platform/disk.ts';
import { errorCode } from '../../platform/fileSystem.ts';

/** What was made of logs, until one of their files changes. */
export interface LogCache<Found> {
  /**
   * @param name of the log or logs
   * @param stamp of the files that it was made of, before they were read
   */
  get(name: string, stamp: string): Found | undefined;
  set(name: string, stamp: string, found: Found): void;
}

/**
 * What was read of logs, one file a log, in a folder that can be deleted.
 *
 * @param derived folder of the library for what can be made anew
 * @param name of what is made, with a number that is raised when it is made in another way
 */
export function openLogCache<Found>(derived: string, name: string): LogCache<Found> {
  const folder = join(derived, name);
  const place = (log: string): string => join(folder, `${shortHash(log)}.json`);
  return {
    get(log, stamp) {
      const bytes = readIfPossible(place(log));
      if (bytes === undefined) return undefined;
      const kept = parseOrNothing(bytes.toString('utf8')) as Kept<Found> | undefined;
      return kept?.stamp === stamp ? kept.found : undefined;
    },
    set(log, stamp, found) {
      const kept: Kept<Found> = { stamp, found };
      const text = JSON.stringify(kept);
      if (fs.existsSync(derived)) makePrivateFolder(folder);
      replaceDerivedFile(place(log), [Buffer.from(text)], false);
    },
  };
}

interface Kept<Found> {
  readonly stamp: string;
  readonly found: Found;
}

/** What this program wrote itself; `undefined` where it is damaged. */
export function parseOrNothing(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Changes with the names, sizes and times of the files. */
export function stampOf(files: readonly string[]): string {
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

/** Thirty-two hex digits that stand for a name in the name of a file. */
export function shortHash(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 32);
}
