import { createHash } from 'node:crypto';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { Origin, Patch, PatchedFile } from '../../model/resolution/patch.ts';

export interface PatchLabel {
  readonly origin: Origin;
  readonly score?: number;
  readonly why?: readonly LocalizedText[];
}

/** Puts files in order and names them by what they hold. */
export function toPatch(
  files: readonly PatchedFile[],
  { origin, score, why = [] }: PatchLabel,
): Patch {
  const sorted = [...files].sort((a, b) => (a.path < b.path ? -1 : 1));
  return { id: idOf(sorted), files: sorted, origin, ...(score !== undefined && { score }), why };
}

function idOf(files: readonly PatchedFile[]): string {
  const parts = files.map(({ path, formerPath = null, kind, mode = null, baseHash, hunks }) => [
    ...[path, formerPath, kind, mode, baseHash],
    hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => [
      ...[oldStart, oldLines, newStart, newLines],
      lines,
    ]),
  ]);
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
