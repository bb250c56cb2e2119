import { isTestPath } from '../../../model/sourceFile/testPath.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import type { FilePatch } from '../../../model/trial/patch.ts';
import { diffFile } from '../../../platform/text/patch.ts';
import { exactText } from '../../../platform/text/utf8Text.ts';
import { type Standing, standingOf } from '../../../resolution/changes/standing.ts';
import type { BlobReader } from '../../../sources/git/blobs.ts';
import type { GitRepository, PastMessage } from '../../../sources/git/repository.ts';
import { rest } from '../../rest.ts';
import type { SourceTree } from '../sourceTree.ts';

/** How what a commit changed in one file of code stands now. */
export interface FileNow {
  readonly path: string;
  readonly text: string;
  readonly standing: Standing;
  /** Lines that the commit changed in it, with those around them, where names stand. */
  readonly around: string;
}

export interface ChangeNow {
  /** Code that is no test, as far as the files are there. */
  readonly files: readonly FileNow[];
  /** Share of its hunks that stand, 0 to 1; those in files that are gone do not. */
  readonly share: number;
  /** Whether something it took out is there again. */
  readonly isTakenBack: boolean;
  /** All lines of code it changed, tests included. */
  readonly changed: string;
}

export interface Repository {
  readonly git: GitRepository;
  readonly blobs: BlobReader;
  readonly tree: SourceTree;
}

/** More files are a rename or a reformatting, which mends nothing. */
const MOST_FILES = 15;
/** Of a file; what changes more of it made it anew or generated it, and mends nothing one can show. */
const MOST_LINES_CHANGED = 1000;
const MOST_CHARACTERS = 400_000;

/** `undefined` where a commit changed no code but tests, or too much. */
export async function changeNow(
  repository: Repository,
  past: PastMessage,
  signal: AbortSignal | undefined,
): Promise<ChangeNow | undefined> {
  const changes = await changesOf(repository, past, signal);
  const code = changes.filter(({ path }) => !isTestPath(path));
  if (code.length === 0 || code.length > MOST_FILES) return undefined;
  const files: FileNow[] = [];
  let all = 0;
  for (const change of code) {
    const path = pathNow(repository.tree, change.path);
    const text = path === undefined ? undefined : await repository.tree.readExact(path);
    const standing = standingOf(change, text ?? '');
    all += standing.all;
    if (path !== undefined && text !== undefined) {
      files.push({ path, text, standing, around: linesOf(change, /^[-+ ]/) });
    }
  }
  const stands = files.reduce((sum, { standing }) => sum + standing.standing, 0);
  return {
    files,
    share: all === 0 ? 0 : stands / all,
    isTakenBack: files.some(({ standing }) => standing.back > 0),
    changed: changes.map((change) => linesOf(change, /^[-+]/)).join('\n'),
  };
}

function linesOf({ hunks }: FilePatch, marked: RegExp): string {
  return hunks
    .flatMap(({ lines }) => lines)
    .flatMap((line) => (marked.test(line) ? [line.slice(1)] : []))
    .join('\n');
}

/** Without files that changed too much to be compared in no time. */

async function changesOf(
  { git, blobs }: Repository,
  { commit, parents }: PastMessage,
  signal: AbortSignal | undefined,
): Promise<readonly FilePatch[]> {
  const changes: FilePatch[] = [];
  for await (const { entries } of git.log({ head: commit, excluding: parents })) {
    const code = entries.filter(({ path }) => languageOf(path) !== undefined);
    if (code.length > 2 * MOST_FILES) return [];
    for (const { path, oldBlob, newBlob } of code) {
      await rest({ ...(signal && { signal }) });
      signal?.throwIfAborted();
      const [before, after] = [await read(blobs, oldBlob), await read(blobs, newBlob)];
      if (Math.max(before.length, after.length) > MOST_CHARACTERS) continue;
      const change = diffFile(path, before, after, MOST_LINES_CHANGED);
      if (change !== undefined) changes.push(change);
    }
  }
  return changes;
}

/** Of a file that was moved, the only one with the longest end of its path. */
function pathNow({ files }: SourceTree, path: string): string | undefined {
  const parts = path.split('/');
  for (let first = 0; first < parts.length; first += 1) {
    const end = `/${parts.slice(first).join('/')}`;
    const found = files.filter((file) => `/${file.path}`.endsWith(end));
    if (found.length > 0) return found.length === 1 ? found[0]?.path : undefined;
  }
  return undefined;
}

/** Empty for no file, and for what is no text or not on this machine. */
async function read(blobs: BlobReader, id: string): Promise<string> {
  if (/^0+$/.test(id)) return '';
  const blob = await blobs.read(id);
  return typeof blob === 'string' ? '' : (exactText(blob) ?? '');
}
