import { realpath, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { AppError } from '../model/errors.ts';
import { localized } from '../model/localizedText.ts';
import { beginReplacement } from '../platform/disk.ts';
import { makeFolders } from '../platform/fileSystem.ts';

/** What is exported is for other people; the system takes away what the person set it to. */
const SHARED_FILE = 0o666;

/**
 * Writes a file whole or not at all: what was there stays until the last piece is on disk, also when
 * the pieces end by throwing. A device or a pipe is written to as it is.
 *
 * @throws AppError `bad-argument` where it cannot be written, `disk-full`
 */
export async function replaceFile(
  file: string,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  try {
    const target = await realpath(file).catch(() => file);
    const former = await stat(target).catch(() => undefined);
    const isDevice = former !== undefined && !former.isFile() && !former.isDirectory();
    if (isDevice) await writeFile(target, pieces);
    else await writeBeside(target, former?.isFile() === true ? former.mode : undefined, pieces);
  } catch (error) {
    throw toFailure(file, error);
  }
}

/** @param mode of the file that was there: whom it was hidden from must not read it now */
async function writeBeside(
  target: string,
  mode: number | undefined,
  pieces: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  makeFolders(dirname(target));
  const replacement = beginReplacement(target, mode ?? SHARED_FILE);
  try {
    for await (const piece of pieces) replacement.write(Buffer.from(piece));
    replacement.commit();
  } finally {
    replacement.abandon();
  }
}

/** Errors of the file system; what the pieces throw is passed on. */
function toFailure(file: string, error: unknown): unknown {
  if (!(error instanceof Error && 'syscall' in error && 'code' in error)) return error;
  if (error.code === 'ENOSPC') {
    return new AppError('disk-full', localized`there is not enough disk space for ${file}`, {
      cause: error,
    });
  }
  const message = localized`${file} cannot be written: ${String(error.code)}`;
  return new AppError('bad-argument', message, { cause: error });
}
