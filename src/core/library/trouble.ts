import { dirname } from 'node:path';
import { AppError } from '../model/errors.ts';
import { localized, type LocalizedText } from '../model/localizedText.ts';
import type { LibraryTrouble } from '../model/ports/libraryUpkeep.ts';
import type { LostFile } from './journal/damagedFiles.ts';
import type { ScanResult, UnreadableName } from './journal/scan.ts';

/** What the system answers to somebody who is not allowed to read. */
const FORBIDDEN: ReadonlySet<string> = new Set(['EACCES', 'EPERM']);

/** What a person must know before they trust what a library answers: facts that are not in it. */
export function troublesOf(
  { unreadable, lost }: ScanResult,
  folder: string,
): readonly LibraryTrouble[] {
  return [
    ...unreadable.map((file) => ({
      message: localized`${unreadableText(file, folder)}; what it holds is missing from the answers`,
      isRecoverable: false,
    })),
    ...lost.map((file) => ({
      message: localized`${lostText(file, folder)}; run pattern-foundry doctor for details`,
      isRecoverable: true,
    })),
  ];
}

/**
 * Where nothing can be read, an empty answer would be a lie.
 *
 * @throws AppError `library-unreadable`
 */
export function refuseUnreadable({ unreadable, readable }: ScanResult, folder: string): void {
  const [first] = unreadable;
  if (first === undefined || readable > 0) return;
  throw new AppError('library-unreadable', unreadableText(first, folder));
}

export function unreadableText({ name, code }: UnreadableName, folder: string): LocalizedText {
  if (code === 'EISDIR') {
    return localized`${name} in ${folder} is a folder where a journal file should be`;
  }
  return localized`the journal file ${name} in ${folder} cannot be read (${code})`;
}

/** What to do about a file that this person may not read; `undefined` where that is not the cause. */
export function unreadableRemedy(
  { code }: UnreadableName,
  folder: string,
): LocalizedText | undefined {
  if (!FORBIDDEN.has(code) || process.platform === 'win32') return undefined;
  const library = dirname(folder);
  return localized`sudo chown -R "$(id -un)" '${library}' && chmod -R u+rwX '${library}' gives it to you`;
}

export function lostText({ id, bytes, left }: LostFile, folder: string): LocalizedText {
  return left === undefined
    ? localized`the journal file ${id} in ${folder}, of ${bytes} bytes, is gone`
    : localized`the journal file ${id} in ${folder} lost its end: ${left} of ${bytes} bytes are left`;
}
