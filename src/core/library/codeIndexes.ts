import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { listFolder, removeFile, removeFolder } from '../platform/disk.ts';

/** Before the names of files with words of code that finding places keeps from run to run. */
const PREFIX = 'places-';
/** Raised whenever what such a file holds changes. */
const VERSION = 2;

/** Where the words of one checkout are kept. */
export function codeIndexFile(derivedFolder: string, checkout: string): string {
  const name = createHash('sha256').update(checkout).digest('hex').slice(0, 16);
  return join(derivedFolder, `${PREFIX}${String(VERSION)}-${name}.jsonl`);
}

/** Where vectors of code that was looked at to resolve issues are kept. */
export function codeVectorsFolder(derivedFolder: string): string {
  return join(derivedFolder, 'code-vectors');
}

/**
 * Deletes all that others keep here from run to run, words of code in files and, in folders,
 * answers of models, output of tests and readings of logs: it holds text that was asked to be purged,
 * and can be made anew.
 *
 * @returns false where something could not be deleted
 */
export function removeKeptText(derivedFolder: string): boolean {
  return listFolder(derivedFolder)
    .map((name) => {
      const path = join(derivedFolder, name);
      if (name.startsWith(PREFIX)) return removeFile(path);
      return fs.lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true
        ? removeFolder(path)
        : true;
    })
    .every(Boolean);
}
