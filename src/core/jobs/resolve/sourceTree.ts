import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { isProductionSource } from '../../extraction/sourcePaths.ts';
import { AppError } from '../../model/errors.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import { localized } from '../../model/localizedText.ts';
import type { NamelessInstance } from '../../model/resolution/instance.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { readIfPossible } from '../../platform/disk.ts';
import { exactText } from '../../platform/text/utf8Text.ts';
import { listFiles } from '../../sources/files/listing.ts';
import type { GitTreeFile } from '../../sources/git/listings.ts';
import { type GitRepository, openGit } from '../../sources/git/repository.ts';
import { identifyProject } from '../../sources/project.ts';
import { placeIn } from '../trials/placeIn.ts';
import { MAX_SOURCE_BYTES, openSourceTexts, type SourceTexts } from '../../sources/sourceText.ts';

/** One file of the code an issue is about. */
export interface TreeFile {
  /** Relative to the top level, with `/`. */
  readonly path: string;
  /** Equal for equal content; `undefined` where only reading the file tells. */
  readonly blob: string | undefined;
}

/** The code of a repository as it is on the disk or was at a revision. */
export interface SourceTree {
  /** Top level of the repository. */
  readonly root: string;
  /** Production code and wanted pages, or all there is where there is no production code. */
  readonly files: readonly TreeFile[];
  /** Tests that are not among `files`. */
  readonly tests: readonly TreeFile[];
  /** `undefined` where the file is no readable source after all. */
  read(path: string): Promise<{ readonly text: string; readonly id: string } | undefined>;
  /** The text of any file, as patches are made of it; `undefined` where it is none, or no UTF-8. */
  readExact(path: string): Promise<string | undefined>;
  /**
   * Equal for equal paths with equal content, in whatever folder and revision they lie: SHA-256 in
   * lower-case hex.
   */
  identity(): string;
  /** Whether a file of that path could be added: nothing is there, and no file stands on the way. */
  isFree(path: string): boolean;
  close(): Promise<void>;
}

export interface TreeSettings {
  /** Globs of what is never looked at. */
  readonly exclude: readonly string[];
  /** Whether texts that no grammar reads are among the files, such as templates; false when absent. */
  readonly pages?: boolean;
  readonly now: () => EpochMs;
}

/** Files of code of a folder that is no git repository; reading so many takes a minute. */
const MOST_UNVERSIONED = 10_000;

/**
 * Opens the code an instance is about.
 *
 * @throws AppError `folder-not-found`, `folder-too-large`, `git-failed`, and `bad-argument` for a revision that is not
 *   there
 */
export async function openSourceTree(
  { folder, revision }: Pick<NamelessInstance, 'folder' | 'revision'>,
  { exclude, pages = false, now }: TreeSettings,
  signal: AbortSignal | undefined,
): Promise<SourceTree> {
  const watch = signal === undefined ? {} : { signal };
  const git = await openGit(folder, watch);
  const { root } = await identifyProject(folder, git);
  const attributesFile = git?.attributesFile;
  const texts = openSourceTexts(root, { attributesFile, exclude, languages: [], pages });
  const asked = revision ?? (git?.isBare === true ? 'HEAD' : undefined);
  if (asked !== undefined) return openRevision(git, asked, { root, texts });
  const { files } = await listFiles(root, {
    git,
    texts,
    maxBytes: MAX_SOURCE_BYTES,
    mostUnversioned: MOST_UNVERSIONED,
    now,
    ...watch,
  });
  const split = splitTests(
    files.map(({ path }) => ({ path, blob: undefined })),
    texts,
  );
  return {
    root,
    ...split,
    read: async (path) => {
      const source = await texts.readFile(path);
      return 'skipped' in source ? undefined : { text: source.text, id: source.contentHash };
    },
    readExact: (path) => {
      const file = placeIn(root, path);
      const bytes = file === undefined ? undefined : readIfPossible(file);
      return Promise.resolve(bytes === undefined ? undefined : exactText(bytes));
    },
    identity: () =>
      identityOf(split, ({ path }) => {
        const file = placeIn(root, path);
        const bytes = file === undefined ? undefined : readIfPossible(file);
        return bytes && gitBlobId(bytes);
      }),
    isFree: (path) => {
      const file = placeIn(root, path);
      return file !== undefined && !existsSync(file);
    },
    close: () => Promise.resolve(),
  };
}

async function openRevision(
  git: GitRepository | undefined,
  revision: string,
  { root, texts }: { readonly root: string; readonly texts: SourceTexts },
): Promise<SourceTree> {
  const tree = await git?.tree(revision);
  if (git === undefined || tree === undefined) {
    throw new AppError('bad-argument', localized`there is no revision ${revision} in ${root}`);
  }
  const blobs = new Map(tree.files.filter(isFile).map(({ path, blob }) => [path, blob]));
  const wanted = [...blobs.keys()].filter((path) => texts.skipPath(path) === undefined);
  const reader = git.openBlobs(MAX_SOURCE_BYTES);
  const split = splitTests(
    wanted.map((path) => ({ path, blob: blobs.get(path) })),
    texts,
  );
  return {
    root,
    ...split,
    read: async (path) => {
      const id = blobs.get(path);
      const blob = id === undefined ? 'absent' : await reader.read(id);
      if (id === undefined || typeof blob === 'string') return undefined;
      const source = await texts.readVersion(path, blob);
      return 'skipped' in source ? undefined : { text: source.text, id };
    },
    readExact: async (path) => {
      const id = blobs.get(path);
      const bytes = id === undefined ? 'absent' : await reader.read(id);
      return typeof bytes === 'string' ? undefined : exactText(bytes);
    },
    identity: () => identityOf(split, ({ blob }) => blob),
    isFree: (path) => {
      const isBelow = tree.files.some((file) => file.path.startsWith(`${path}/`));
      const isTaken = tree.files.some((file) => `${path}/`.startsWith(`${file.path}/`));
      return !isBelow && !isTaken;
    },
    close: () => reader.close(),
  };
}

function identityOf(
  { files, tests }: Pick<SourceTree, 'files' | 'tests'>,
  blobOf: (file: TreeFile) => string | undefined,
): string {
  const sorted = [...files, ...tests].sort((a, b) => (a.path < b.path ? -1 : 1));
  const contents = sorted.map((file) => [file.path, blobOf(file) ?? null]);
  return createHash('sha256').update(JSON.stringify(contents)).digest('hex');
}

/** As git names content where it uses SHA-1. */
function gitBlobId(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** No link: what it leads to is a file of its own. */
function isFile({ mode }: GitTreeFile): boolean {
  return mode !== '120000';
}

function splitTests(
  files: readonly TreeFile[],
  texts: SourceTexts,
): Pick<SourceTree, 'files' | 'tests'> {
  const production = files.filter(({ path }) => isProductionSource(path, texts.languageOf));
  if (production.length === 0) return { files, tests: [] };
  const pages = files.filter(
    ({ path }) => texts.languageOf(path) === undefined && !isTestPath(path),
  );
  const isTest = ({ path }: TreeFile): boolean =>
    isTestPath(path) && texts.languageOf(path) !== undefined;
  return { files: [...production, ...pages], tests: files.filter(isTest) };
}
