import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
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
    const added = revision === undefined ? await copyUntracked(git, repository, folder) : [];
    const linked = linkInstalled(repository, folder);
    const kept = [...added, ...linked].flatMap((path) => ['-e', `/${path}`]);
    const put = async (): Promise<void> => {
      await own.run(['reset', '--quiet', '--hard', commit]);
      await own.run(['clean', '--quiet', '-ffdx', ...kept]);
      if (revision === undefined) await copyUntracked(git, repository, folder);
    };
    return {
      folder,
      treeHash: async () => {
        await own.run(['add', '--all']);
        const hash = (await own.text(['write-tree'])).trim();
        await own.run(['reset', '--quiet']);
        return hash;
      },
      restore: put,
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

async function copyUntracked(
  git: Git,
  repository: string,
  folder: string,
): Promise<readonly string[]> {
  const listed = await git.text(['ls-files', '-z', '--others', '--exclude-standard']);
  const paths = listed.split('\0').filter((path) => path !== '' && !path.endsWith('/'));
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    copyFileSync(join(repository, path), join(folder, path));
  }
  return paths;
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
