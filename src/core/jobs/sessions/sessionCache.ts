import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import type { SessionReport } from '../../model/sessionReport.ts';
import { makePrivateFolder, readIfPossible, replaceDerivedFile } from '../../platform/disk.ts';
import { errorCode } from '../../platform/fileSystem.ts';

/** What was found in one log the last time. */
export interface CachedLog {
  readonly reports: readonly SessionReport[];
  /** Names of the responses that were counted: other logs may hold copies of them. */
  readonly keys: readonly string[];
}

/** Raised with each change of what is measured, so that all is read again. */
const VERSION = 1;

export interface SessionCache {
  /** `undefined` where one of the files has changed since. */
  get(files: readonly string[]): CachedLog | undefined;
  set(files: readonly string[], found: CachedLog): void;
}

/**
 * What was read of logs, one file a log, in a folder that can be deleted.
 *
 * @param derived folder of the library for what can be made anew
 */
export function openSessionCache(derived: string): SessionCache {
  const folder = join(derived, `sessions-${VERSION}`);
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
      const kept = parse(bytes.toString('utf8'));
      return kept?.stamp === stampOf(files) ? kept : undefined;
    },
    set(files, found) {
      const text = JSON.stringify({ stamp: stampOf(files), ...found });
      if (fs.existsSync(derived)) makePrivateFolder(folder);
      replaceDerivedFile(place(files), [Buffer.from(text)]);
    },
  };
}

function parse(text: string): (CachedLog & { readonly stamp: string }) | undefined {
  try {
    return JSON.parse(text) as CachedLog & { readonly stamp: string };
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
