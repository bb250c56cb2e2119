import { applyPatch, formatPatch as format, parsePatch as parse, structuredPatch } from 'diff';
import type { FilePatch, Hunk } from '../../model/trial/patch.ts';

const NOWHERE = '/dev/null';
/** What differs more is another file; comparing it would take as long as one likes. */
const MOST_EDITS = 20_000;

/**
 * The files of a unified diff, as git and others write it.
 *
 * @returns `undefined` where the text is no diff, or changes what is not text
 */
export function parsePatch(text: string): readonly FilePatch[] | undefined {
  // The package takes it for a change without lines; no line of a hunk begins so.
  if (/^GIT binary patch\r?$/m.test(text)) return undefined;
  try {
    const files = parse(text).filter(({ oldFileName, newFileName }) => {
      return (oldFileName ?? newFileName) !== undefined;
    });
    if (files.length === 0 || files.some(({ isBinary }) => isBinary === true)) return undefined;
    return files.map((file) => {
      const [before, after] = [pathOf(file.oldFileName), pathOf(file.newFileName)];
      const path = after ?? before ?? '';
      const isMoved = before !== undefined && after !== undefined && before !== after;
      return {
        path,
        formerPath: isMoved && file.isCopy !== true ? before : undefined,
        kind: before === undefined ? 'added' : after === undefined ? 'deleted' : 'changed',
        mode: file.newMode,
        hunks: file.hunks,
      };
    });
  } catch (error) {
    // The package tells by an error what is no diff.
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function pathOf(name: string | undefined): string | undefined {
  if (name === undefined || name === NOWHERE) return undefined;
  return name.replace(/^[ab]\//, '');
}

/**
 * The change from one text of a file to another; `undefined` where they have too little in common.
 *
 * @param most lines put in and taken out; the time grows with its square
 */
export function diffFile(
  path: string,
  before: string,
  after: string,
  most = MOST_EDITS,
): FilePatch | undefined {
  const made = structuredPatch(path, path, before, after, '', '', {
    context: 3,
    maxEditLength: most,
  });
  // Without a bound the package always answers; with one its types do not say so.
  const hunks = (made as { readonly hunks: readonly Hunk[] } | undefined)?.hunks;
  return hunks && { path, formerPath: undefined, kind: 'changed', mode: undefined, hunks };
}

/** The change that undoes a change. */
export function reversed(file: FilePatch): FilePatch {
  const kinds = { added: 'deleted', deleted: 'added', changed: 'changed' } as const;
  return {
    path: file.formerPath ?? file.path,
    formerPath: file.formerPath === undefined ? undefined : file.path,
    kind: kinds[file.kind],
    mode: undefined,
    hunks: file.hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
      ...{ oldStart: newStart, oldLines: newLines, newStart: oldStart, newLines: oldLines },
      lines: lines.map((line) => {
        if (line.startsWith('-')) return `+${line.slice(1)}`;
        return line.startsWith('+') ? `-${line.slice(1)}` : line;
      }),
    })),
  };
}

/**
 * The text with all hunks in it; they are looked for where they should be, and then around it.
 *
 * @param strange lines of context that may be others
 * @returns `undefined` where one has no place
 */
export function applyHunks(text: string, hunks: readonly Hunk[], strange = 0): string | undefined {
  if (hunks.length === 0) return text;
  const patch = {
    ...{ oldFileName: 'a', newFileName: 'a', oldHeader: '', newHeader: '' },
    hunks: hunks.map((hunk) => ({ ...hunk, lines: [...hunk.lines] })),
  };
  const applied = applyPatch(text, patch, { autoConvertLineEndings: false, fuzzFactor: strange });
  return applied === false ? undefined : applied;
}

/** As `git apply` takes it. */
export function formatPatch(files: readonly FilePatch[]): string {
  return files
    .map(({ path, formerPath, kind, mode, hunks }) =>
      format({
        oldFileName: kind === 'added' ? NOWHERE : `a/${formerPath ?? path}`,
        newFileName: kind === 'deleted' ? NOWHERE : `b/${path}`,
        oldHeader: undefined,
        newHeader: undefined,
        isGit: true,
        ...(formerPath !== undefined && { isRename: true }),
        ...(kind === 'added' && { isCreate: true, newMode: mode ?? '100644' }),
        ...(kind === 'deleted' && { isDelete: true, oldMode: mode ?? '100644' }),
        hunks: hunks.map((hunk) => ({ ...hunk, lines: [...hunk.lines] })),
      }),
    )
    .join('');
}
