import fs from 'node:fs';
import { dirname } from 'node:path';

import { AppError } from '../model/errors.ts';
import { type LocalizedText, localized } from '../model/localizedText.ts';
import { errorCode } from '../platform/fileSystem.ts';
import type { JournalFolder } from './journal/file.ts';
import { refuseSharedDrive } from './journal/machine.ts';
import type { Machine } from '../platform/machine.ts';

/** Why nothing can be written into a library, or `undefined`. */
export function readOnlyReasonOf(
  folder: string,
  journal: JournalFolder,
  { machine, nowMs }: { readonly machine: Machine; readonly nowMs: number },
): LocalizedText | undefined {
  try {
    fs.accessSync(nearestFolder(folder), fs.constants.W_OK);
    refuseSharedDrive(journal, machine, nowMs);
    return undefined;
  } catch (error) {
    if (error instanceof AppError) return error.localizedMessage;
    if (errorCode(error) === undefined) throw error;
    return localized`${folder} cannot be written (${errorCode(error) ?? ''})`;
  }
}

/** A library that does not exist yet is made below the nearest folder that does. */
function nearestFolder(folder: string): string {
  const parent = dirname(folder);
  return fs.existsSync(folder) || parent === folder ? folder : nearestFolder(parent);
}
