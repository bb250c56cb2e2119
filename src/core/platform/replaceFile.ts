import { realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { PRIVATE_FILE, PRIVATE_FOLDER, beginReplacement } from './disk.ts';
import { makeFolders } from './fileSystem.ts';

/** Where a link leads: people keep files of settings in a repository of their own. */
export function followed(file: string): string {
  try {
    return realpathSync(file);
  } catch {
    return file;
  }
}

/**
 * Replaces a person's file whole, or not at all; it keeps its rights, and a link to it stays one.
 *
 * @param mode rights of a file that was not there
 */
export function replaceFile(file: string, content: string, mode = 0o666): void {
  const target = followed(file);
  const former = statSync(target, { throwIfNoEntry: false });
  replaceWhole(target, content, former === undefined ? mode : former.mode & 0o777);
}

/** The same for a file that only its owner may read; the folders around it are made. */
export function replacePrivateFile(file: string, content: string): void {
  makeFolders(dirname(file), PRIVATE_FOLDER);
  replaceWhole(file, content, PRIVATE_FILE);
}

function replaceWhole(target: string, content: string, mode: number): void {
  const replacement = beginReplacement(target, mode);
  try {
    replacement.write(Buffer.from(content));
    replacement.commit();
  } finally {
    replacement.abandon();
  }
}
