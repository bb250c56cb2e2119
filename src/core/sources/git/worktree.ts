import { constants, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { realpathSync, rmSync, symlinkSync } from 'node:fs';
import { copyFile, lstat, mkdir, readlink, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { errorCode } from '../../platform/fileSystem.ts';
import { Git } from './process.ts';

export interface WorktreeOptions {
  /** Top of the repository. */
  readonly repository: string;
  /** What is checked out; the files as they are now when absent. */
  readonly revision?: string | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** A second checkout of a repository, in a temporary folder, whose files may be changed at will. */
export interface Worktree {
  readonly folder: string;
  /** Names the content of all files that are not ignored. */
  treeHash(): Promise<string>;
  /** Puts all files back and deletes what was made since, ignored files included. */
  restore(): Promise<void>;
  /** Deletes it; the repository is as it was. */
  close(): Promise<void>;
}

/** Ignored folders that programs need and that nobody wants to install again. */
const INSTALLED = ['node_modules', '.venv', 'venv', 'vendor/bundle'];

/** @throws AppError `git-failed` where the repository has no such revision */
export async function openWorktree(options: WorktreeOptions): Promise<Worktree> {
  const { repository, revision, signal } = options;
  const git = new Git(repository, signal);
  const commit = await commitOf(git, revision);
  const around = realpathSync.native(mkdtempSync(join(tmpdir(), 'pattern-foundry-')));
  const folder = join(around, 'tree');
  // It is taken down also when the rest was stopped.
  const close = async (): Promise<void> => {
    rmSync(around, { recursive: true, force: true });
    await new Git(repository, undefined).run(['worktree', 'prune'], { exits: [0, 1, 128] });
  };
  try {
    await git.run(['worktree', 'add', '--quiet', '--detach', '--force', folder, commit]);
    const own = git.at(folder);
    const base =
      revision === undefined
        ? await addUntracked({ git, own, repository, folder, signal }, commit)
        : commit;
    const kept = linkInstalled(repository, folder).flatMap((path) => ['-e', `/${path}`]);
    return {
      folder,
      treeHash: async () => {
        await own.run(['add', '--all']);
        const hash = (await own.text(['write-tree'])).trim();
        await own.run(['reset', '--quiet']);
        return hash;
      },
      restore: async () => {
        await own.run(['reset', '--quiet', '--hard', base]);
        await own.run(['clean', '--quiet', '-ffdx', ...kept]);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Git wants a name for every commit, also of those that nobody ever sees. */
const NOBODY = ['-c', 'user.name=nobody', '-c', 'user.email=nobody'];

/** A commit of what is in the files now belongs to nobody, and git deletes it some day. */
async function commitOf(git: Git, revision: string | undefined): Promise<string> {
  const changed =
    revision === undefined ? (await git.text([...NOBODY, 'stash', 'create'])).trim() : '';
  if (changed !== '') return changed;
  const name = revision ?? 'HEAD';
  const found = await git.text(
    ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`],
    { exits: [0, 1, 128] },
  );
  if (found.trim() !== '') return found.trim();
  throw new AppError('git-failed', localized`the repository has no revision ${name}`);
}

interface Checkouts {
  readonly git: Git;
  /** Of the second checkout, in `folder`. */
  readonly own: Git;
  readonly repository: string;
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
}

/**
 * Copies files that are neither tracked nor ignored, and commits them to the second checkout: so git
 * restores them as they were at first, whatever becomes of those that the person works on.
 *
 * @returns the commit with them
 */
async function addUntracked(
  { git, own, repository, folder, signal }: Checkouts,
  commit: string,
): Promise<string> {
  const listed = await git.text(['ls-files', '-z', '--others', '--exclude-standard']);
  const paths = listed.split('\0').filter((path) => path !== '' && !path.endsWith('/'));
  if (paths.length === 0) return commit;
  for (const path of paths) {
    signal?.throwIfAborted();
    await copyAsItIs(join(repository, path), join(folder, path));
  }
  await own.run(['add', '--all']);
  const tree = (await own.text(['write-tree'])).trim();
  const message = ['-p', commit, '-m', 'with files that are not tracked'];
  const base = (await own.text([...NOBODY, 'commit-tree', tree, ...message])).trim();
  await own.run(['reset', '--quiet', base]);
  return base;
}

/** Gone meanwhile, not to be read, or a link that this system does not let be made. */
const CANNOT_COPY: ReadonlySet<unknown> = new Set(['ENOENT', 'EACCES', 'EPERM']);

/** A file or a link; tests do without what cannot be copied. */
async function copyAsItIs(from: string, to: string): Promise<void> {
  try {
    const found = await lstat(from);
    await mkdir(dirname(to), { recursive: true });
    if (found.isSymbolicLink()) await symlink(await readlink(from), to);
    else if (found.isFile()) await copyFile(from, to, constants.COPYFILE_FICLONE);
  } catch (error) {
    if (!CANNOT_COPY.has(errorCode(error))) throw error;
  }
}

function linkInstalled(repository: string, folder: string): readonly string[] {
  const linked = INSTALLED.filter(
    (name) => existsSync(join(repository, name)) && !existsSync(join(folder, name)),
  );
  for (const name of linked) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    symlinkSync(join(repository, name), join(folder, name), 'junction');
  }
  return linked;
}
