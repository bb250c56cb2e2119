import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { ChangedFile, Patch, Refusal } from '../../model/resolution/patch.ts';
import { readIfPossible, removeFile, removeFolder } from '../../platform/disk.ts';
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
 * @throws AppError `patch-refused` where the files are no longer those it was made of, or the system
 *   does not let them be written
 */
export async function applyToFolder(folder: string, patch: Patch): Promise<readonly string[]> {
  const places = await readChanged(folder, patch);
  const takeBack: (() => void)[] = [];
  try {
    for (const { file, text, rights, before, formerRights } of places) {
      // What is taken back last was done first: a file before the folder that was made for it.
      takeBack.unshift(() => {
        write(file, before, formerRights);
      });
      const made = text === undefined ? undefined : mkdirSync(dirname(file), { recursive: true });
      if (made !== undefined) takeBack.push(() => removeFolder(made));
      write(file, text, rights);
    }
  } catch (error) {
    throw new AppError(
      'patch-refused',
      takeBack.map(isDone).every(Boolean)
        ? localized`the patch could not be written; all files are as they were`
        : localized`the patch could not be written, and not all files could be put back as they were`,
      { cause: error },
    );
  }
  return places.map(({ path }) => path);
}

/** Whether a step came to its end; the others are tried all the same. */
function isDone(step: () => void): boolean {
  try {
    step();
    return true;
  } catch {
    return false;
  }
}

/** A file that a patch changes, on the disk. */
interface Changed {
  readonly path: string;
  readonly file: string;
  /** `undefined` where the patch deletes it. */
  readonly text: string | undefined;
  /** `undefined` where there is none. */
  readonly before: string | undefined;
  readonly rights: Rights;
  readonly formerRights: Rights;
}

/** Exactly those of a file that is there, or of a new one as far as the person lets files have them. */
interface Rights {
  readonly mode: number;
  readonly isExact: boolean;
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
    const change = patch.files.find((one) => one.path === path);
    const former = placeIn(root, change?.formerPath ?? path);
    const added = { mode: change?.mode === PROGRAM ? 0o777 : 0o666, isExact: false };
    return {
      ...{ path, file, text, before: read(path) },
      rights: rightsOf(former) ?? added,
      formerRights: rightsOf(file) ?? added,
    };
  });
}

function rightsOf(file: string | undefined): Rights | undefined {
  const stats = file === undefined ? undefined : statSync(file, { throwIfNoEntry: false });
  return stats === undefined ? undefined : { mode: stats.mode & 0o777, isExact: true };
}

function write(file: string, text: string | undefined, { mode, isExact }: Rights): void {
  if (text !== undefined) {
    replaceFile(file, text, mode);
    if (isExact) chmodSync(file, mode);
  } else if (!removeFile(file)) {
    throw new AppError('patch-refused', localized`${file} cannot be deleted`);
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
