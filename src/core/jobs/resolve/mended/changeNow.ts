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
  /** The commit left little of it as it was. */
  readonly isAnew: boolean;
}

export interface ChangeNow {
  /** Of all code it changed, tests too, also where it is no more. */
  readonly paths: readonly string[];
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
/** Of a file, put in or taken out; what changes more of it made it anew. */
const MOST_LINES_CHANGED = 1000;
const MOST_CHARACTERS = 400_000;

/** `undefined` where a commit changed no code but tests, or too much. */
export async function changeNow(
  repository: Repository,
  past: PastMessage,
  signal: AbortSignal | undefined,
): Promise<ChangeNow | undefined> {
  const changes = await changesOf(repository, past, signal);
  const all = changes.filter(({ change }) => !isTestPath(change.path));
  const edited = all.filter(({ isAnew }) => !isAnew);
  // Beside what was edited, a table or a bundle that was made anew says nothing.
  const code = edited.length === 0 ? all : edited;
  if (code.length === 0 || code.length > MOST_FILES) return undefined;
  const files: FileNow[] = [];
  let told = 0;
  for (const { change, isAnew } of code) {
    const path = pathNow(repository.tree, change.path);
    const text = path === undefined ? undefined : await repository.tree.readExact(path);
    const standing = standingOf(change, text ?? '');
    told += standing.all;
    if (path !== undefined && text !== undefined) {
      files.push({ path, text, standing, isAnew, around: linesOf(change, /^[-+ ]/) });
    }
  }
  const stands = files.reduce((sum, { standing }) => sum + standing.standing, 0);
  return {
    files,
    paths: changes.map(({ change }) => change.path),
    share: told === 0 ? 0 : stands / told,
    isTakenBack: files.some(({ standing }) => standing.back > 0),
    changed: changes
      .filter(({ isAnew }) => !isAnew || edited.length === 0)
      .map(({ change }) => linesOf(change, /^[-+]/))
      .join('\n'),
  };
}

function linesOf({ hunks }: FilePatch, marked: RegExp): string {
  return hunks
    .flatMap(({ lines }) => lines)
    .flatMap((line) => (marked.test(line) ? [line.slice(1)] : []))
    .join('\n');
}

interface Changed {
  readonly change: FilePatch;
  readonly isAnew: boolean;
}

/** Files of code that a commit changed; none where it changed too many. */
async function changesOf(
  { git, blobs }: Repository,
  { commit, parents }: PastMessage,
  signal: AbortSignal | undefined,
): Promise<readonly Changed[]> {
  const changes: Changed[] = [];
  for await (const { entries } of git.log({ head: commit, excluding: parents })) {
    const code = entries.filter(({ path }) => languageOf(path) !== undefined);
    if (code.length > 2 * MOST_FILES) return [];
    for (const { path, oldBlob, newBlob } of code) {
      await rest({ ...(signal && { signal }) });
      signal?.throwIfAborted();
      const [before, after] = [await read(blobs, oldBlob), await read(blobs, newBlob)];
      if (before === undefined || after === undefined) continue;
      if (Math.max(before.length, after.length) > MOST_CHARACTERS) continue;
      const edited = diffFile(path, before, after, MOST_LINES_CHANGED);
      const change = edited ?? madeAnew(path, before, after);
      changes.push({ change, isAnew: edited === undefined });
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

/** All lines go and others come: comparing them would take long, and they have little in common. */
function madeAnew(path: string, before: string, after: string): FilePatch {
  const [former, own] = [before.split('\n'), after.split('\n')];
  const lines = [...former.map((line) => `-${line}`), ...own.map((line) => `+${line}`)];
  const counts = { oldStart: 1, oldLines: former.length, newStart: 1, newLines: own.length };
  const hunks = [{ ...counts, lines }];
  return { path, formerPath: undefined, kind: 'changed', mode: undefined, hunks };
}

/** Empty for no file; `undefined` for what is no text, or not on this machine: it tells nothing. */
async function read(blobs: BlobReader, id: string): Promise<string | undefined> {
  if (/^0+$/.test(id)) return '';
  const blob = await blobs.read(id);
  return typeof blob === 'string' ? undefined : exactText(blob);
}
