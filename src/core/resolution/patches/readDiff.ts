import type { ChangedFile, Patch, Refusal } from '../../model/resolution/patch.ts';
import { applyHunks, parsePatch } from '../../platform/text/patch.ts';
import type { ReadText } from './applyPatch.ts';
import { makePatch } from './makePatch.ts';
import { isInside } from './paths.ts';
import type { PatchLabel } from './toPatch.ts';

/**
 * The patch that a unified diff is on some code, such as one a benchmark or another program wrote.
 * Its hunks may have moved, since diffs are written for more than one state of a file; what comes
 * out is bound to the texts that were read.
 */
export async function readDiff(
  diff: string,
  read: ReadText,
  label: PatchLabel,
): Promise<Patch | Refusal> {
  const parsed = parsePatch(diff);
  if (parsed === undefined) return { refused: 'no-diff', path: undefined };
  const changes: ChangedFile[] = [];
  for (const { path, formerPath, kind, mode, hunks } of parsed) {
    const former = formerPath ?? path;
    const outside = [path, former].find((one) => !isInside(one));
    if (outside !== undefined) return { refused: 'outside', path: outside };
    const before = kind === 'added' ? null : await read(former);
    if (before === undefined) return { refused: 'not-there', path: former };
    const after = applyHunks(before ?? '', hunks);
    if (after === undefined) return { refused: 'does-not-fit', path };
    changes.push({
      path,
      before,
      after: kind === 'deleted' ? null : after,
      ...(formerPath !== undefined && { formerPath }),
      ...(mode !== undefined && { mode }),
    });
  }
  return makePatch(changes, label);
}
