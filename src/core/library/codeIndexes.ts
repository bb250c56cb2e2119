import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { listFolder, removeFile } from '../platform/disk.ts';

/** Before the names of files with words of code that finding places keeps from run to run. */
const PREFIX = 'places-';
/** Raised whenever what such a file holds changes. */
const VERSION = 1;

/** Where the words of one checkout are kept. */
export function codeIndexFile(derivedFolder: string, checkout: string): string {
  const name = createHash('sha256').update(checkout).digest('hex').slice(0, 16);
  return join(derivedFolder, `${PREFIX}${String(VERSION)}-${name}.jsonl`);
}

/**
 * Deletes them all: they hold words of text that was asked to be purged.
 *
 * @returns false where one could not be deleted
 */
export function removeCodeIndexes(derivedFolder: string): boolean {
  const names = listFolder(derivedFolder).filter((name) => name.startsWith(PREFIX));
  return names.map((name) => removeFile(join(derivedFolder, name))).every(Boolean);
}
