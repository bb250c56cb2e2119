import { existsSync, statSync } from 'node:fs';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';

/** @throws AppError `folder-not-found` where nothing is there, or a file */
export function requireFolder(folder: string): void {
  if (!existsSync(folder)) {
    throw new AppError('folder-not-found', localized`there is no folder ${folder}`);
  }
  if (!statSync(folder).isDirectory()) {
    throw new AppError('folder-not-found', localized`${folder} is a file, not a folder`);
  }
}
