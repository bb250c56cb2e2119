import { realpathSync } from 'node:fs';
import { relative, sep } from 'node:path';
import { requireFolder } from '../requireFolder.ts';
import { AppError } from '../../model/errors.ts';
import { type BlobReader, createBlobReader } from './blobs.ts';
import { type GitTreeFile, readTimes, readTree } from './listings.ts';
import { LOG_FORMAT, type LoggedCommit, parseLog } from './log.ts';
import { type GitFacts, readFacts } from './facts.ts';
import { Git, lines, linesIn } from './process.ts';
import { normaliseRemotes } from './remotes.ts';

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
  /**
   * Octal as git writes it (`160000` submodule, `120000` link); `undefined` for what is not
   * tracked, among it other repositories, whose path ends with `/`.
   */
  readonly mode: string | undefined;
}

/** The files of one commit. */
export interface GitTree {
  readonly commit: string;
  /** Files and links below the opened folder; neither submodules nor folders. */
  readonly files: readonly GitTreeFile[];
}

/** A commit without what it changed, which git tells much sooner. */
export type PastMessage = Omit<LoggedCommit, 'entries'>;

/** One repository as seen from one folder. Nothing here writes, prompts, fetches or runs its hooks. */
export interface GitRepository extends GitFacts {
  /** Oldest first; empty for a shallow clone, whose first commits are not the project's. */
  rootCommits(): Promise<readonly string[]>;
  /**
   * Tracked and untracked files that exist and are not ignored.
   *
   * @param scope files and folders, relative to the top level; the opened folder by default
   */
  lsFiles(scope?: readonly string[]): Promise<readonly GitFile[]>;
  /** Text files that exist, are not ignored and hold all the words, in any case of their letters. */
  filesHolding(words: readonly string[]): Promise<readonly string[]>;
  /**
   * Names of so many ASCII letters, digits and underscores, the least and the most, that text files hold
   * which exist and are not ignored; each once.
   *
   * @param enough no more than so many, those that come first
   */
  namesOfLength(least: number, most: number, enough: number): Promise<ReadonlySet<string>>;
  /**
   * Newest first, merges included without entries. Commits that cannot be read because the
   * repository is damaged are left out, as is what lies behind one that git cannot get past.
   *
   * @param onDamage told of every such commit
   * @throws AppError `git-failed` where no commit can be read
   */
  log(range: CommitRange, onDamage?: () => void): AsyncIterable<LoggedCommit>;
  /** `undefined` where git is too old to count by date. */
  countCommits(range: CommitRange): Promise<number | undefined>;
  /**
   * The files of a revision, which need not be checked out; `undefined` where the repository knows no
   * such commit.
   *
   * @param revision as git spells it: an id, a branch, a tag, `HEAD~2`
   */
  tree(revision: string): Promise<GitTree | undefined>;
  /** Those of `commits` that the repository holds, in order. */
  existing(commits: readonly string[]): Promise<readonly string[]>;
  isAncestor(commit: string, of: string): Promise<boolean>;
  /**
   * A commit and all that led to it, itself first, with the seconds since 1970 at which each was made.
   *
   * @throws AppError `git-failed` for a revision that is not there
   */
  history(revision: string): Promise<ReadonlyMap<string, number>>;
  /**
   * What commits say that led to a revision, newest first, without merges.
   *
   * @param most of them at most; as many as 40,000 take half a second
   * @throws AppError `git-failed` for a revision that is not there
   */
  messages(revision: string, most: number): AsyncIterable<PastMessage>;
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
  requireFolder(folder);
  const here = realpathSync.native(folder);
  const git = new Git(here, options.signal);
  const facts = await readFacts(git, here);
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
  const all: GitFacts = {
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
  };
  return Object.assign(new Repository(git.at(facts.topLevel), all), all);
}

class Repository implements Omit<GitRepository, keyof GitFacts> {
  readonly #facts: GitFacts;
  readonly #git: Git;
  /** Whether git knows `--since-as-filter`, as it does from 2.37 on. */
  #dateFilter: Promise<boolean> | undefined;

  constructor(git: Git, facts: GitFacts) {
    this.#git = git;
    this.#facts = facts;
  }

  async rootCommits(): Promise<readonly string[]> {
    if (this.#facts.isShallow || this.#facts.head === undefined) return [];
    const roots = await this.#git.text(['rev-list', '--max-parents=0', this.#facts.head]);
    return lines(roots).reverse();
  }

  async lsFiles(
    scope: readonly string[] = this.#facts.subfolder === '' ? [] : [this.#facts.subfolder],
  ): Promise<readonly GitFile[]> {
    if (this.#facts.isBare) return [];
    const listed = await this.#git.text([
      ...['--literal-pathspecs', 'ls-files', '-z', '-t', '--stage', '--deleted'],
      ...['--others', '--exclude-standard', '--', ...scope],
    ]);
    const files = new Map<string, GitFile>();
    for (const entry of listed.split('\0')) {
      const tag = entry.charAt(0);
      if (tag === '?') {
        const path = entry.slice(2);
        files.set(path, { path, mode: undefined });
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

  async filesHolding(words: readonly string[]): Promise<readonly string[]> {
    if (this.#facts.isBare) return [];
    const patterns = words.flatMap((word) => ['-e', word]);
    const { stdout } = await this.#git.run(
      ['grep', '--untracked', '-lzIwiF', '--all-match', ...patterns, '--', ':/'],
      // It ends with 1 where no file does.
      { exits: [0, 1] },
    );
    return stdout
      .toString()
      .split('\0')
      .filter((path) => path !== '');
  }

  async namesOfLength(least: number, most: number, enough: number): Promise<ReadonlySet<string>> {
    const names = new Set<string>();
    if (this.#facts.isBare) return names;
    const name = `[A-Za-z_][A-Za-z0-9_]{${least - 1},${most - 1}}`;
    const found = this.#git.stream(['grep', '--untracked', '-ohIwE', '-e', name, '--', ':/'], {
      exits: [0, 1],
    });
    for await (const written of linesIn(found)) {
      for (const one of written) {
        if (names.size >= enough) return names;
        names.add(one);
      }
    }
    return names;
  }

  async *log(range: CommitRange, onDamage?: () => void): AsyncGenerator<LoggedCommit> {
    const isWanted = await this.#dateCheck(range);
    // Renames with changes are found by reading files, which a partial clone may not hold.
    let renames = this.#facts.isPartial ? EXACT_RENAMES : '-M';
    let done = 0;
    let damagedInARow = 0;
    for (;;) {
      try {
        for await (const commit of this.#readLog(range, renames, done)) {
          done += 1;
          damagedInARow = 0;
          if (isWanted(commit)) yield commit;
        }
        return;
      } catch (error) {
        if (!isFailure(error)) throw error;
        if (renames !== EXACT_RENAMES) {
          renames = EXACT_RENAMES;
          continue;
        }
        // A commit that is passed over is not compared with its parent, which is what failed.
        damagedInARow += 1;
        if (damagedInARow > MOST_DAMAGED_IN_A_ROW) {
          if (done === damagedInARow - 1) throw error;
          return;
        }
        done += 1;
        onDamage?.();
      }
    }
  }

  async countCommits(range: CommitRange): Promise<number | undefined> {
    if (range.sinceSeconds !== undefined && !(await this.#filtersByDate())) return undefined;
    const selection = [...(await this.#select(range)), '--', ...this.#scope()];
    return Number(await this.#git.text(['rev-list', '--count', ...selection]));
  }

  async tree(revision: string): Promise<GitTree | undefined> {
    const { code, stdout } = await this.#git.run(
      ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
      { exits: [0, 1, 128] },
    );
    const commit = stdout.toString().trim();
    if (code !== 0 || commit === '') return undefined;
    const scope = this.#facts.subfolder === '' ? [] : ['--', this.#facts.subfolder];
    const listed = await this.#git.text([
      ...['--literal-pathspecs', 'ls-tree', '-r', '-z', '--full-tree', commit],
      ...scope,
    ]);
    return { commit, files: readTree(listed) };
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

  async history(revision: string): Promise<ReadonlyMap<string, number>> {
    const command = ['rev-list', '--timestamp', '--end-of-options', revision];
    return readTimes(await this.#git.text(command));
  }

  async *messages(revision: string, most: number): AsyncGenerator<PastMessage> {
    const kinds = ['--no-merges', `--max-count=${most}`, '-z', '--no-color', '--encoding=UTF-8'];
    const command = ['log', ...kinds, `--format=${LOG_FORMAT}`, '--end-of-options', revision];
    yield* parseLog(this.#git.stream([...command, '--', ...this.#scope()]));
  }

  async reachableCommits(): Promise<ReadonlySet<string>> {
    const head = this.#facts.head === undefined ? [] : [this.#facts.head];
    return new Set(lines(await this.#git.text(['rev-list', '--all', ...head])));
  }

  async presentBlobs(): Promise<ReadonlySet<string>> {
    const format = '--batch-check=%(objecttype) %(objectname)';
    const objects = this.#git.stream(['cat-file', '--batch-all-objects', '--unordered', format]);
    const blobs = new Set<string>();
    for await (const found of linesIn(objects)) {
      for (const line of found) if (line.startsWith('blob ')) blobs.add(line.slice(5));
    }
    return blobs;
  }

  openBlobs(limitBytes: number): BlobReader {
    return createBlobReader(() => this.#git.start(['cat-file', '--batch']), limitBytes);
  }

  async *#readLog(range: CommitRange, renames: string, skip: number): AsyncGenerator<LoggedCommit> {
    const format = ['--raw', '-z', renames, '--no-abbrev', '--no-notes', `--format=${LOG_FORMAT}`];
    const safe = ['--no-ext-diff', '--no-textconv', '--no-color', '--encoding=UTF-8'];
    const selection = [...(await this.#select(range)), '--', ...this.#scope()];
    const args = ['log', ...format, ...safe, `--skip=${skip}`, ...selection];
    yield* parseLog(this.#git.stream(args));
  }

  /** A date of one commit says nothing of those behind it, so git may not stop there. */
  async #select({ head, excluding = [], sinceSeconds }: CommitRange): Promise<readonly string[]> {
    const isFiltered = sinceSeconds !== undefined && (await this.#filtersByDate());
    const since = isFiltered ? [`--since-as-filter=@${Math.floor(sinceSeconds)}`] : [];
    return [...since, head, ...excluding.map((commit) => `^${commit}`)];
  }

  /** For what an older git lists in spite of its date. */
  async #dateCheck({ sinceSeconds }: CommitRange): Promise<(commit: LoggedCommit) => boolean> {
    if (sinceSeconds === undefined || (await this.#filtersByDate())) return () => true;
    return ({ committedSeconds }) => committedSeconds >= Math.floor(sinceSeconds);
  }

  #filtersByDate(): Promise<boolean> {
    this.#dateFilter ??= this.#git.text(['version']).then((text) => {
      const [, major = '0', minor = '0'] = /(\d+)\.(\d+)/.exec(text) ?? [];
      return Number(major) > 2 || (Number(major) === 2 && Number(minor) >= 37);
    });
    return this.#dateFilter;
  }

  #scope(): string[] {
    return this.#facts.subfolder === '' ? [] : [`:(top,literal)${this.#facts.subfolder}`];
  }
}

/** Found by the ids of files alone. */
const EXACT_RENAMES = '-M100%';

/**
 * Of commits that cannot be compared with their parents. What more of them says is that git cannot
 * walk on from there.
 */
const MOST_DAMAGED_IN_A_ROW = 5;

function isFailure(error: unknown): boolean {
  return error instanceof AppError && error.code === 'git-failed';
}
