import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { ChangedFile, Patch, Refusal } from '../../model/resolution/patch.ts';
import { readIfPossible, removeFile } from '../../platform/disk.ts';
import { replaceFile } from '../../platform/replaceFile.ts';
import { exactText } from '../../platform/text/utf8Text.ts';
import { applyPatch } from '../../resolution/patches/applyPatch.ts';
import { openGit } from '../../sources/git/repository.ts';
import { placeIn } from '../trials/placeIn.ts';

const PROGRAM = '100755';

/**
 * Whole files as they are and as a patch makes them; nothing is written.
 *
 * @throws AppError `patch-refused` where the files are no longer those it was made of
 */
export async function previewInFolder(
  folder: string,
  patch: Patch,
): Promise<readonly ChangedFile[]> {
  const changed = await readChanged(folder, patch);
  return patch.files.map(({ path, formerPath, mode }) => {
    const textOf = (name: string): Changed | undefined =>
      changed.find((file) => file.path === name);
    return {
      path,
      ...(formerPath !== undefined && { formerPath }),
      before: textOf(formerPath ?? path)?.before ?? null,
      after: textOf(path)?.text ?? null,
      ...(mode !== undefined && { mode }),
    };
  });
}

/**
 * Writes a patch to the files of a repository, all of it or nothing: what a failure leaves behind is
 * taken back.
 *
 * @returns the paths that changed, relative to the top
 * @throws AppError `patch-refused` where the files are no longer those it was made of
 */
export async function applyToFolder(folder: string, patch: Patch): Promise<readonly string[]> {
  const places = await readChanged(folder, patch);
  const done: Changed[] = [];
  try {
    for (const place of places) {
      done.push(place);
      write(place.file, place.text, place.mode);
    }
  } catch (error) {
    for (const { file, before, mode } of done) write(file, before, mode);
    throw error;
  }
  return places.map(({ path }) => path);
}

/** A file that a patch changes, on the disk. */
interface Changed {
  readonly path: string;
  readonly file: string;
  /** `undefined` where the patch deletes it. */
  readonly text: string | undefined;
  /** `undefined` where there is none. */
  readonly before: string | undefined;
  readonly mode: number;
}

async function readChanged(folder: string, patch: Patch): Promise<readonly Changed[]> {
  const root = (await openGit(folder))?.topLevel ?? folder;
  const read = (path: string): string | undefined => {
    const file = placeIn(root, path);
    const bytes = file === undefined ? undefined : readIfPossible(file);
    return bytes === undefined ? undefined : exactText(bytes);
  };
  const texts = await applyPatch(patch, read);
  if ('refused' in texts) throw refusedFor(texts);
  return [...texts].map(([path, text]) => {
    const file = placeIn(root, path);
    if (file === undefined) throw refusedFor({ refused: 'outside', path });
    // What cannot be read as the text of a patch is there all the same, and is not replaced.
    if (text !== undefined && read(path) === undefined && existsSync(file)) {
      throw refusedFor({ refused: 'already-there', path });
    }
    const mode = patch.files.find((one) => one.path === path)?.mode === PROGRAM ? 0o777 : 0o666;
    return { path, file, text, mode, before: read(path) };
  });
}

function write(file: string, text: string | undefined, mode: number): void {
  if (text === undefined) removeFile(file);
  else {
    mkdirSync(dirname(file), { recursive: true });
    replaceFile(file, text, mode);
  }
}

function refusedFor({ refused, path }: Refusal): AppError {
  const where = path ?? '';
  return new AppError(
    'patch-refused',
    refused === 'other-base' || refused === 'not-there' || refused === 'already-there'
      ? localized`${where} is no longer what the patch was made of`
      : localized`the patch does not apply to ${where}`,
  );
}
