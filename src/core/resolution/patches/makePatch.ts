import type { ChangedFile, Patch, PatchedFile, Refusal } from '../../model/resolution/patch.ts';
import { diffFile } from '../../platform/text/patch.ts';
import { applyFile } from './applyPatch.ts';
import { hashOf } from './baseHash.ts';
import { isInside } from './paths.ts';
import { type PatchLabel, toPatch } from './toPatch.ts';

/**
 * The patch that makes some files what they are to be. It is tried on the texts it is made of before
 * it is handed out. Files that do not change are left out.
 */
export function makePatch(changes: readonly ChangedFile[], label: PatchLabel): Patch | Refusal {
  const files: PatchedFile[] = [];
  const seen = new Set<string>();
  for (const change of changes) {
    const file = toPatchedFile(change);
    if ('refused' in file) {
      if (file.refused === 'nothing-changes') continue;
      return file;
    }
    for (const path of pathsOf(change)) {
      if (seen.has(path)) return { refused: 'same-file-twice', path };
      seen.add(path);
    }
    files.push(file);
  }
  const blocked = files.find(({ path }) =>
    files.some((other) => path.startsWith(`${other.path}/`)),
  );
  if (blocked !== undefined) return { refused: 'already-there', path: blocked.path };
  if (files.length === 0) return { refused: 'nothing-changes', path: changes[0]?.path };
  return toPatch(files, label);
}

function pathsOf({ path, formerPath }: ChangedFile): readonly string[] {
  return formerPath === undefined || formerPath === path ? [path] : [path, formerPath];
}

function toPatchedFile(change: ChangedFile): PatchedFile | Refusal {
  const { path, formerPath, before, after, mode } = change;
  const refusal = faultOf(change);
  if (refusal !== undefined) return refusal;
  const diff = diffFile(path, before ?? '', after ?? '');
  if (diff === undefined) return { refused: 'too-different', path };
  const file: PatchedFile = {
    path,
    formerPath: isMoved(change) ? formerPath : undefined,
    kind: before === null ? 'added' : after === null ? 'deleted' : 'changed',
    mode: before === null ? mode : undefined,
    hunks: diff.hunks,
    baseHash: before === null ? null : hashOf(before),
  };
  const applied = applyFile(file, before);
  const isSound = !('refused' in applied) && applied.text === after;
  return isSound ? file : { refused: 'does-not-fit', path };
}

function isMoved({ path, formerPath }: ChangedFile): boolean {
  return formerPath !== undefined && formerPath !== path;
}

function faultOf(change: ChangedFile): Refusal | undefined {
  const { path, before, after } = change;
  const outside = pathsOf(change).find((one) => !isInside(one));
  if (outside !== undefined) return { refused: 'outside', path: outside };
  const texts = [before, after].filter((text) => text !== null);
  if (isMoved(change) && texts.length < 2) return { refused: 'not-there', path };
  if (before === after && !isMoved(change)) return { refused: 'nothing-changes', path };
  return texts.some((text) => text.includes('\0')) ? { refused: 'binary', path } : undefined;
}
