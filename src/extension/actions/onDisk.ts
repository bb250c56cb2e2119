import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FileSystemError, Uri, workspace } from 'vscode';
import { AppError } from '../../core/model/errors.ts';
import { type LocalizedText, localized } from '../../core/model/localizedText.ts';

/**
 * Gives `use` a path to read a file from, for a process that knows no other schemes: the file's own
 * or that of a copy, which is gone afterwards.
 *
 * @throws AppError `bad-argument` for a file that cannot be read
 */
export async function readOnDisk<T>(file: Uri, use: (path: string) => Promise<T>): Promise<T> {
  if (file.scheme === 'file') return use(file.fsPath);
  return withTemporaryFile(async (copy) => {
    await bring(file, copy, (reason) => localized`${file.path} cannot be read: ${reason}`);
    return use(copy.fsPath);
  });
}

/**
 * Gives `use` a path to write to; what it wrote is in the file afterwards.
 *
 * @throws AppError `bad-argument` for a file that cannot be written
 */
export async function writeOnDisk<T>(file: Uri, use: (path: string) => Promise<T>): Promise<T> {
  if (file.scheme === 'file') return use(file.fsPath);
  return withTemporaryFile(async (draft) => {
    const result = await use(draft.fsPath);
    await bring(draft, file, (reason) => localized`${file.path} cannot be written: ${reason}`);
    return result;
  });
}

/** The name is ours: one of another file system may mean something else here. */
async function withTemporaryFile<T>(use: (file: Uri) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pattern-foundry-file-'));
  try {
    return await use(Uri.file(join(folder, 'copy')));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function bring(
  from: Uri,
  to: Uri,
  toFailure: (reason: string) => LocalizedText,
): Promise<void> {
  try {
    await workspace.fs.copy(from, to, { overwrite: true });
  } catch (error) {
    if (!(error instanceof FileSystemError)) throw error;
    throw new AppError('bad-argument', toFailure(error.message), { cause: error });
  }
}
