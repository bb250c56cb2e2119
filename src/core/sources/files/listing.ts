import { type BigIntStats, lstatSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { EpochMs } from '../../model/epochMs.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { GitFile, GitRepository } from '../git/repository.ts';
import type { PathScope } from '../pathScope.ts';
import type { SourceTexts } from '../sourceText.ts';
import type { SkipReason } from './skip.ts';
import { walk } from './walk.ts';

/** A file that may hold code. */
export interface ListedFile {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly absolutePath: string;
  readonly sizeBytes: number;
  /** Changes whenever the bytes may have changed. */
  readonly stamp: string;
  /**
   * True when the file changed within the resolution of its file system's clock before the
   * listing: it can change again without a new stamp, so this one must not be trusted later.
   */
  readonly racy: boolean;
}

export interface Listing {
  /** In order of their paths. */
  readonly files: readonly ListedFile[];
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
  /** Folders that are repositories of their own, relative to a root that is in none. */
  readonly repositories: readonly string[];
}

export interface ListOptions {
  /** The repository `root` is the top level of; its opened subfolder alone is listed. */
  readonly git: Pick<GitRepository, 'lsFiles'> | undefined;
  /** Only these files and folders; all of the opened folder when absent. */
  readonly scope?: PathScope;
  readonly texts: Pick<SourceTexts, 'skipPath'>;
  readonly maxBytes: number;
  readonly now: () => EpochMs;
  readonly signal?: AbortSignal;
  /** Of a folder that is no git repository, more files of code than so many are refused; any number when absent. */
  readonly mostUnversioned?: number;
}

const GIT_LINK = '120000';
const GIT_SUBMODULE = '160000';

/** The event loop gets its turn after so many files, so that a stop is heard. */
const FILES_PER_TURN = 1_000;

/** In a folder of no repository, so many files are looked at for each file of code that is allowed. */
const LOOKED_AT_A_FILE = 10;

/**
 * Lists the files of a project that may hold code, and counts the others by reason.
 *
 * @throws AppError `folder-too-large`
 */
export async function listFiles(root: string, options: ListOptions): Promise<Listing> {
  const listedAt = options.now();
  const skipped: Partial<Record<SkipReason, number>> = {};
  const skip = (reason: SkipReason, count = 1): void => {
    skipped[reason] = (skipped[reason] ?? 0) + count;
  };
  const { paths, passedOver, repositories } = await listPaths(root, options);
  for (const [reason, count] of passedOver) if (count > 0) skip(reason, count);
  const inspect = createInspector(root, { ...options, listedAt });
  const files: ListedFile[] = [];
  for (const [index, path] of paths.entries()) {
    if (index % FILES_PER_TURN === FILES_PER_TURN - 1) await setImmediate();
    options.signal?.throwIfAborted();
    const found = inspect(path);
    if (typeof found === 'string') skip(found);
    else if (found !== undefined) files.push(found);
  }
  if (options.git === undefined) refuseMore(root, files.length, options.mostUnversioned);
  return { files, skipped, repositories };
}

interface ListedPaths {
  readonly paths: readonly string[];
  readonly passedOver: readonly (readonly [reason: SkipReason, count: number])[];
  readonly repositories: readonly string[];
}

/** A home folder or a whole disk is no project, and reading it takes minutes. */
function refuseMore(root: string, count: number, most = Infinity): void {
  if (count <= most) return;
  throw new AppError(
    'folder-too-large',
    localized`${root} is no git repository and holds too many files to be one project`,
  );
}

async function listPaths(
  root: string,
  { git, scope, signal, mostUnversioned = Infinity }: ListOptions,
): Promise<ListedPaths> {
  if (scope?.paths.length === 0) return { paths: [], passedOver: [], repositories: [] };
  if (git === undefined) {
    const most = mostUnversioned * LOOKED_AT_A_FILE;
    const found = await walk(root, { scope: scope?.paths, signal, most });
    refuseMore(root, found.paths.length, most);
    return {
      paths: found.paths.toSorted(byCodeUnits),
      passedOver: [
        ['unreadable', found.unreadableFolders],
        ['build-folder', found.buildFolders],
        ['nested-repository', found.repositories.length],
      ],
      repositories: found.repositories.toSorted(byCodeUnits),
    };
  }
  const listed = await lsFiles(git, scope);
  const count = (isMeant: (file: GitFile) => boolean): number => listed.filter(isMeant).length;
  return {
    paths: listed
      .filter(
        (file) => file.mode !== GIT_LINK && file.mode !== GIT_SUBMODULE && !isRepository(file),
      )
      .map(({ path }) => path)
      .sort(byCodeUnits),
    passedOver: [
      ['symbolic-link', count(({ mode }) => mode === GIT_LINK)],
      ['submodule', count(({ mode }) => mode === GIT_SUBMODULE)],
      ['nested-repository', count(isRepository)],
    ],
    repositories: [],
  };
}

function isRepository({ path }: GitFile): boolean {
  return path.endsWith('/');
}

/** A command line of Windows takes 32,767 characters. */
const MOST_CHARACTERS = 20_000;

async function lsFiles(
  git: Pick<GitRepository, 'lsFiles'>,
  scope: PathScope | undefined,
): Promise<readonly GitFile[]> {
  if (scope === undefined) return git.lsFiles();
  const isShort = scope.paths.join(' ').length <= MOST_CHARACTERS;
  if (isShort) return git.lsFiles(scope.paths);
  return (await git.lsFiles()).filter(({ path }) => scope.covers(path));
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** @returns a function that gives `undefined` for what is gone and for folders */
function createInspector(
  root: string,
  {
    texts,
    maxBytes,
    listedAt,
  }: Pick<ListOptions, 'texts' | 'maxBytes'> & { readonly listedAt: EpochMs },
): (path: string) => ListedFile | SkipReason | undefined {
  const isBehindLink = createLinkCheck(root);
  return (path) => {
    // A tracked folder may have been replaced by a link that leads out of the project.
    if (isBehindLink(dirname(path))) return 'symbolic-link';
    const reason = texts.skipPath(path);
    if (reason !== undefined) return reason;
    const absolutePath = join(root, path);
    const stats = inspect(absolutePath);
    if (stats === undefined || typeof stats === 'string') return stats;
    if (stats.size > maxBytes) return 'too-large';
    return {
      path,
      absolutePath,
      sizeBytes: Number(stats.size),
      stamp: toStamp(stats),
      racy: isRacy(stats, listedAt),
    };
  };
}

function inspect(absolutePath: string): BigIntStats | SkipReason | undefined {
  try {
    const stats = lstatSync(absolutePath, { bigint: true, throwIfNoEntry: false });
    if (stats === undefined || stats.isDirectory()) return undefined;
    if (stats.isSymbolicLink()) return 'symbolic-link';
    return stats.isFile() ? stats : 'unreadable';
  } catch {
    // Its folder is forbidden or no longer one; counted as what it is.
    return 'unreadable';
  }
}

function createLinkCheck(root: string): (folder: string) => boolean {
  const known = new Map<string, boolean>([['.', false]]);
  const check = (folder: string): boolean => {
    const before = known.get(folder);
    if (before !== undefined) return before;
    const found = check(dirname(folder)) || inspect(join(root, folder)) === 'symbolic-link';
    known.set(folder, found);
    return found;
  };
  return check;
}

function toStamp({ size, mtimeNs, ctimeNs, ino }: BigIntStats): string {
  return [size, mtimeNs, ctimeNs, ino].map((part) => part.toString(36)).join('.');
}

/** Kernels stamp files by a clock that ticks every 1 to 16 ms. */
const TICK_MS = 20;

/** Where times are whole seconds the file system has no finer ones; FAT has two seconds. */
const COARSE_MS = 2_000;

/**
 * As git does with a file as recent as its index. The change time decides: unlike the modification
 * time no program can set it.
 */
function isRacy({ ctimeNs }: BigIntStats, listedAt: EpochMs): boolean {
  const resolutionMs = ctimeNs % 1_000_000_000n === 0n ? COARSE_MS : TICK_MS;
  return Number(ctimeNs / 1_000_000n) >= listedAt - resolutionMs;
}
