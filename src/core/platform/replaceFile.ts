import { realpathSync, statSync } from 'node:fs';
import { beginReplacement } from './disk.ts';

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
  const replacement = beginReplacement(target, former === undefined ? mode : former.mode & 0o777);
  try {
    replacement.write(Buffer.from(content));
    replacement.commit();
  } finally {
    replacement.abandon();
  }
}
