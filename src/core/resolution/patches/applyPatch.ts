import type { Patch, PatchedFile, Refusal } from '../../model/resolution/patch.ts';
import { applyHunks } from '../../platform/text/patch.ts';
import { hashOf } from './baseHash.ts';
import { isInside } from './paths.ts';

/** The whole of files by path after a patch; `undefined` deletes one. */
export type PatchedTexts = ReadonlyMap<string, string | undefined>;

/** The text of a file as it is before a patch; `undefined` where there is none. */
export type ReadText = (path: string) => string | undefined | Promise<string | undefined>;

/**
 * What a patch makes of the code it was made of. To other code it is refused: a patch that is bent
 * until it fits is another one than was tested. Nothing is written.
 */
export async function applyPatch(patch: Patch, read: ReadText): Promise<PatchedTexts | Refusal> {
  const texts = new Map<string, string | undefined>();
  for (const file of patch.files) {
    const former = file.formerPath ?? file.path;
    const outside = [file.path, former].find((path) => !isInside(path));
    if (outside !== undefined) return { refused: 'outside', path: outside };
    if (former !== file.path && (await read(file.path)) !== undefined) {
      return { refused: 'already-there', path: file.path };
    }
    const applied = applyFile(file, (await read(former)) ?? null);
    if ('refused' in applied) return applied;
    if (texts.has(former) || texts.has(file.path)) {
      return { refused: 'same-file-twice', path: file.path };
    }
    if (former !== file.path) texts.set(former, undefined);
    texts.set(file.path, applied.text ?? undefined);
  }
  return texts;
}

/** One file of a patch; `text` is `null` where it is deleted. */
export function applyFile(
  file: PatchedFile,
  before: string | null,
): { readonly text: string | null } | Refusal {
  const { path, kind, baseHash, hunks } = file;
  if (kind === 'added' && before !== null) return { refused: 'already-there', path };
  if (kind !== 'added' && before === null) return { refused: 'not-there', path };
  if (before !== null && hashOf(before) !== baseHash) return { refused: 'other-base', path };
  const text = applyHunks(before ?? '', hunks);
  if (text === undefined) return { refused: 'does-not-fit', path };
  if (kind !== 'deleted') return { text };
  return text === '' ? { text: null } : { refused: 'does-not-fit', path };
}
