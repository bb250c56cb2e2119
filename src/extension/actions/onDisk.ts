import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { basename } from 'node:path/posix';
import { Uri, workspace } from 'vscode';

/**
 * Gives `use` a path to read a file from, for a process that knows no other schemes: the file's own
 * or that of a copy, which is gone afterwards.
 */
export async function readOnDisk<T>(file: Uri, use: (path: string) => Promise<T>): Promise<T> {
  if (file.scheme === 'file') return use(file.fsPath);
  return withTemporaryFile(file, async (copy) => {
    await workspace.fs.copy(file, copy);
    return use(copy.fsPath);
  });
}

/** Gives `use` a path to write to; what it wrote is in the file afterwards. */
export async function writeOnDisk<T>(file: Uri, use: (path: string) => Promise<T>): Promise<T> {
  if (file.scheme === 'file') return use(file.fsPath);
  return withTemporaryFile(file, async (draft) => {
    const result = await use(draft.fsPath);
    await workspace.fs.copy(draft, file, { overwrite: true });
    return result;
  });
}

async function withTemporaryFile<T>(file: Uri, use: (file: Uri) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'pattern-foundry-file-'));
  try {
    return await use(Uri.file(join(folder, basename(file.path))));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
