import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { existsSync, realpathSync, statSync } from 'node:fs';
import { delimiter, join, relative, sep } from 'node:path';
import { once } from 'node:events';
import { AppError } from '../../model/errors.ts';
import { told } from '../../model/told.ts';
import { type BlobReader, createBlobReader, type GitProcess } from './blobs.ts';
import { LOG_FORMAT, type LoggedCommit, parseLog } from './log.ts';
import { SAFE_CONFIG, safeEnvironment } from './safety.ts';
import { normaliseRemotes, withoutCredentials } from './remotes.ts';

/** Which commits are meant: reachable from `head`, not from `excluding`, in `subfolder`. */
export interface CommitRange {
  readonly head: string;
  /** Commits the repository holds. */
  readonly excluding?: readonly string[];
  /** By commit date. */
  readonly sinceSeconds?: number;
}

/** A path git knows of, relative to the top level, with `/`. */
export interface GitFile {
  readonly path: string;
  /** Octal as git writes it (`160000` submodule, `120000` link); `undefined` for untracked files. */
  readonly mode: string | undefined;
}

/** One repository as seen from one folder. Nothing here writes, prompts, fetches or runs its hooks. */
export interface GitRepository {
  /** Absolute; the bare repository's own folder when it is bare. */
  readonly topLevel: string;
  /** The opened folder relative to the top level, with `/`; empty at the top. */
  readonly subfolder: string;
  readonly isBare: boolean;
  readonly isShallow: boolean;
  /** True for a clone that leaves objects on its remote. */
  readonly isPartial: boolean;
  /** `undefined` while there is no commit. */
  readonly head: string | undefined;
  /** `host/path` of every remote that is not local, sorted. */
  readonly remotes: readonly string[];
  /** Oldest first; empty for a shallow clone, whose first commits are not the project's. */
  rootCommits(): Promise<readonly string[]>;
  /**
   * Tracked and untracked files that exist and are not ignored.
   *
   * @param scope files and folders, relative to the top level; the opened folder by default
   */
  lsFiles(scope?: readonly string[]): Promise<readonly GitFile[]>;
  /** Newest first, merges included without entries. */
  log(range: CommitRange): AsyncIterable<LoggedCommit>;
  countCommits(range: CommitRange): Promise<number>;
  /** Those of `commits` that the repository holds, in order. */
  existing(commits: readonly string[]): Promise<readonly string[]>;
  isAncestor(commit: string, of: string): Promise<boolean>;
  /** Every commit some reference or work tree still reaches. */
  reachableCommits(): Promise<ReadonlySet<string>>;
  /** Ids of the blobs on this machine; what else a partial clone mentions would have to be fetched. */
  presentBlobs(): Promise<ReadonlySet<string>>;
  /** Must be closed. Blobs larger than the limit are not kept in memory. */
  openBlobs(limitBytes: number): BlobReader;
}

/**
 * Opens the repository `folder` lies in.
 *
 * @returns `undefined` outside a repository
 * @throws AppError `git-missing`, `git-failed`, `folder-not-found`
 */
export async function openGit(
  folder: string,
  options: { readonly signal?: AbortSignal } = {},
): Promise<GitRepository | undefined> {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new AppError('folder-not-found', told`there is no folder ${folder}`);
  }
  const here = realpathSync.native(folder);
  const git = new Git(here, options.signal);
  const facts = await git.facts();
  if (facts === undefined) return undefined;
  const [head, settings] = await Promise.all([
    git.text(['rev-parse', '--verify', '--quiet', 'HEAD^{commit}'], { exits: [0, 1, 128] }),
    git.text(
      [
        'config',
        '-z',
        '--get-regexp',
        '^(remote\\..*\\.(url|promisor)|extensions\\.partialclone)$',
      ],
      { exits: [0, 1] },
    ),
  ]);
  return new Repository(git.at(facts.topLevel), {
    ...facts,
    subfolder: facts.isBare ? '' : relative(facts.topLevel, here).split(sep).join('/'),
    head: head.trim() === '' ? undefined : head.trim(),
    isPartial: /^(extensions\.partialclone\n.|remote\..*\.promisor\n(true|1|yes|on)$)/im.test(
      settings.replaceAll('\0', '\n\n'),
    ),
    remotes: normaliseRemotes(
      settings.split('\0').flatMap((entry) => {
        const [key = '', url = ''] = entry.split('\n', 2);
        return key.endsWith('.url') ? [url] : [];
      }),
    ),
  });
}

type Facts = Pick<
  GitRepository,
  'topLevel' | 'subfolder' | 'isBare' | 'isShallow' | 'isPartial' | 'head' | 'remotes'
>;

class Repository implements GitRepository {
  readonly topLevel: string;
  readonly subfolder: string;
  readonly isBare: boolean;
  readonly isShallow: boolean;
  readonly isPartial: boolean;
  readonly head: string | undefined;
  readonly remotes: readonly string[];
  readonly #git: Git;

  constructor(git: Git, facts: Facts) {
    this.#git = git;
    this.topLevel = facts.topLevel;
    this.subfolder = facts.subfolder;
    this.isBare = facts.isBare;
    this.isShallow = facts.isShallow;
    this.isPartial = facts.isPartial;
    this.head = facts.head;
    this.remotes = facts.remotes;
  }

  async rootCommits(): Promise<readonly string[]> {
    if (this.isShallow || this.head === undefined) return [];
    const roots = await this.#git.text(['rev-list', '--max-parents=0', this.head]);
    return lines(roots).reverse();
  }

  async lsFiles(
    scope: readonly string[] = this.subfolder === '' ? [] : [this.subfolder],
  ): Promise<readonly GitFile[]> {
    if (this.isBare) return [];
    const listed = await this.#git.text([
      ...['--literal-pathspecs', 'ls-files', '-z', '-t', '--stage', '--deleted'],
      ...['--others', '--exclude-standard', '--', ...scope],
    ]);
    const files = new Map<string, GitFile>();
    for (const entry of listed.split('\0')) {
      const tag = entry.charAt(0);
      if (tag === '?') {
        const path = entry.slice(2);
        // Another repository inside this one is named with a slash at its end.
        if (!path.endsWith('/')) files.set(path, { path, mode: undefined });
        continue;
      }
      const [, mode, path] = /^\S (\d+) \w+ \d\t(.*)$/s.exec(entry) ?? [];
      if (path === undefined) continue;
      // S is left out of a sparse checkout; what is R, removed, was listed as tracked before.
      if (tag === 'R') files.delete(path);
      else if (tag !== 'S') files.set(path, { path, mode });
    }
    return [...files.values()];
  }

  async *log(range: CommitRange): AsyncGenerator<LoggedCommit> {
    let done = 0;
    try {
      // Renames with changes are found by reading files, which a partial clone may not hold.
      for await (const commit of this.#readLog(range, this.isPartial ? EXACT_RENAMES : '-M')) {
        yield commit;
        done += 1;
      }
      return;
    } catch (error) {
      if (this.isPartial || !isUnreadable(error)) throw error;
    }
    for await (const commit of this.#readLog(range, EXACT_RENAMES)) {
      if (done > 0) done -= 1;
      else yield commit;
    }
  }

  async countCommits(range: CommitRange): Promise<number> {
    const selection = [...this.#select(range), '--', ...this.#scope()];
    return Number(await this.#git.text(['rev-list', '--count', ...selection]));
  }

  async existing(commits: readonly string[]): Promise<readonly string[]> {
    if (commits.length === 0) return [];
    const answer = await this.#git.text(['cat-file', '--batch-check=%(objectname) %(objecttype)'], {
      input: commits.map((commit) => `${commit}\n`).join(''),
    });
    const held = new Set(lines(answer).filter((line) => line.endsWith(' commit')));
    return commits.filter((commit) => held.has(`${commit} commit`));
  }

  async isAncestor(commit: string, of: string): Promise<boolean> {
    const { code } = await this.#git.run(['merge-base', '--is-ancestor', commit, of], {
      exits: [0, 1, 128],
    });
    return code === 0;
  }

  async reachableCommits(): Promise<ReadonlySet<string>> {
    const head = this.head === undefined ? [] : [this.head];
    return new Set(lines(await this.#git.text(['rev-list', '--all', ...head])));
  }

  async presentBlobs(): Promise<ReadonlySet<string>> {
    const format = '--batch-check=%(objecttype) %(objectname)';
    const objects = this.#git.stream(['cat-file', '--batch-all-objects', '--unordered', format]);
    const blobs = new Set<string>();
    let rest = '';
    for await (const chunk of objects) {
      const found = (rest + chunk.toString('latin1')).split('\n');
      rest = found.pop() ?? '';
      for (const line of found) if (line.startsWith('blob ')) blobs.add(line.slice(5));
    }
    return blobs;
  }

  openBlobs(limitBytes: number): BlobReader {
    return createBlobReader(this.#git.start(['cat-file', '--batch']), limitBytes);
  }

  #readLog(range: CommitRange, renames: string): AsyncGenerator<LoggedCommit> {
    const format = ['--raw', '-z', renames, '--no-abbrev', '--no-notes', `--format=${LOG_FORMAT}`];
    const safe = ['--no-ext-diff', '--no-textconv', '--no-color', '--encoding=UTF-8'];
    const selection = [...this.#select(range), '--', ...this.#scope()];
    return parseLog(this.#git.stream(['log', ...format, ...safe, ...selection]));
  }

  #select({ head, excluding = [], sinceSeconds }: CommitRange): string[] {
    const since = sinceSeconds === undefined ? [] : [`--since=@${Math.floor(sinceSeconds)}`];
    return [...since, head, ...excluding.map((commit) => `^${commit}`)];
  }

  #scope(): string[] {
    return this.subfolder === '' ? [] : [`:(top,literal)${this.subfolder}`];
  }
}

/** Found by the ids of files alone. */
const EXACT_RENAMES = '-M100%';

function isUnreadable(error: unknown): boolean {
  return error instanceof AppError && error.message.includes('unable to read');
}

interface RunOptions {
  readonly input?: string;
  /** Exit codes that are answers. */
  readonly exits?: readonly number[];
}

/** The only place that starts git. */
class Git {
  readonly #folder: string;
  readonly #signal: AbortSignal | undefined;

  constructor(folder: string, signal: AbortSignal | undefined) {
    this.#folder = folder;
    this.#signal = signal;
  }

  at(folder: string): Git {
    return new Git(folder, this.#signal);
  }

  async facts(): Promise<Pick<Facts, 'topLevel' | 'isBare' | 'isShallow'> | undefined> {
    const { code, stdout, stderr } = await this.run(
      [
        ...['rev-parse', '--is-bare-repository', '--is-shallow-repository'],
        ...['--absolute-git-dir', '--show-toplevel'],
      ],
      { exits: [0, 128] },
    );
    const [bare, shallow, gitDir, topLevel] = lines(stdout.toString());
    if (gitDir === undefined) {
      if (/not a git repository/i.test(stderr)) return undefined;
      throw failure(['rev-parse'], stderr);
    }
    const isBare = bare === 'true' || code !== 0;
    const top = isBare || topLevel === undefined ? gitDir : realpathSync.native(topLevel);
    if (!isBare && relative(top, this.#folder).startsWith('..')) {
      throw new AppError('git-failed', told`the repository says its work tree is another folder`);
    }
    return { topLevel: top, isBare, isShallow: shallow === 'true' };
  }

  async text(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return (await this.run(args, options)).stdout.toString();
  }

  async run(
    args: readonly string[],
    { input, exits = [0] }: RunOptions = {},
  ): Promise<{ readonly code: number; readonly stdout: Buffer; readonly stderr: string }> {
    const process = this.start(args);
    if (input !== undefined) process.stdin.write(input);
    process.stdin.end();
    const chunks: Buffer[] = [];
    for await (const chunk of process.stdout) chunks.push(chunk as Buffer);
    const { code, stderr } = await process.ended;
    if (!exits.includes(code)) throw failure(args, stderr);
    return { code, stdout: Buffer.concat(chunks), stderr };
  }

  async *stream(args: readonly string[]): AsyncGenerator<Buffer> {
    const process = this.start(args);
    process.stdin.end();
    try {
      for await (const chunk of process.stdout) yield chunk as Buffer;
      const { code, stderr } = await process.ended;
      if (code !== 0) throw failure(args, stderr);
    } finally {
      process.kill();
    }
  }

  start(args: readonly string[]): GitProcess {
    this.#signal?.throwIfAborted();
    const child = spawn(gitExecutable(), [...SAFE_CONFIG, '--no-pager', ...args], {
      cwd: this.#folder,
      env: safeEnvironment(process.env),
      stdio: 'pipe',
      windowsHide: true,
    });
    const stop = (): void => {
      child.kill();
    };
    this.#signal?.addEventListener('abort', stop, { once: true });
    const ended = this.#end(child).finally(() => this.#signal?.removeEventListener('abort', stop));
    // Whoever reads the output comes to `ended` later; until then a failure is not unhandled.
    ended.catch(() => undefined);
    return { stdin: child.stdin, stdout: child.stdout, ended, kill: stop };
  }

  async #end(child: ChildProcessWithoutNullStreams): Promise<{ code: number; stderr: string }> {
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (stderr.length < 10_000) stderr += chunk.toString();
    });
    // A process that ends early closes its input; its exit code says what happened.
    child.stdin.on('error', () => undefined);
    try {
      const [code] = (await once(child, 'close')) as [number | null];
      this.#signal?.throwIfAborted();
      return { code: code ?? -1, stderr };
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
        throw new AppError('git-missing', told`git is not installed or not on the path`, {
          cause: error,
        });
      }
      throw error;
    }
  }
}

function failure(args: readonly string[], stderr: string): AppError {
  const complaints = lines(stderr);
  const said = complaints.find((line) => /^(fatal|error):/.test(line)) ?? complaints[0];
  const command = args.find((argument) => !argument.startsWith('-')) ?? 'git';
  const reason =
    said === undefined ? told`failed` : withoutCredentials(said.replace(/^(fatal|error): /, ''));
  return new AppError('git-failed', told`git ${command}: ${reason}`);
}

/** Windows looks for programs in the current folder first, which may be the hostile one. */
function gitExecutable(): string {
  if (process.platform !== 'win32') return 'git';
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = folders.map((folder) => join(folder, 'git.exe')).find((file) => existsSync(file));
  if (found === undefined) throw new AppError('git-missing', told`git is not on the path`);
  return found;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}
