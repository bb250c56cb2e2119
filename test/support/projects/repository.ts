import { execFileSync } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface CommitDraft {
  readonly message: string;
  /** New content by path; `null` deletes. */
  readonly files: Readonly<Record<string, string | null>>;
  readonly author?: string;
  /** Seconds since 1970; a day after the commit before by default. */
  readonly dateSeconds?: number;
}

/** A real repository in a temporary folder. */
export interface TestRepository {
  readonly folder: string;
  /** Adds commits to a branch in one process; returns their ids. The work tree stays as it is. */
  readonly commit: (drafts: readonly CommitDraft[], branch?: string) => readonly string[];
  readonly git: (...args: readonly string[]) => string;
  readonly remove: () => void;
}

const START_SECONDS = 1_700_000_000;
const DAY_SECONDS = 86_400;

const ENVIRONMENT = {
  ...process.env,
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ada',
  GIT_AUTHOR_EMAIL: 'ada@example.com',
  GIT_COMMITTER_NAME: 'Ada',
  GIT_COMMITTER_EMAIL: 'ada@example.com',
};

export function createRepository(options: readonly string[] = []): TestRepository {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pattern-foundry-git-')));
  const git = (args: readonly string[], input?: string): string =>
    execFileSync('git', ['-C', folder, ...args], {
      env: ENVIRONMENT,
      encoding: 'utf8',
      stdio: ['pipe', 'pipe', 'pipe'],
      ...(input === undefined ? {} : { input }),
    }).trim();
  git(['init', '--quiet', '--initial-branch=main', ...options]);
  const counts = new Map<string, number>();
  return {
    folder,
    git: (...args) => git(args),
    commit: (drafts, branch = 'main') => {
      const start = counts.get(branch) ?? 0;
      counts.set(branch, start + drafts.length);
      const parent = git(['for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`]);
      const stream = drafts.map((draft, index) =>
        toFastImport(draft, {
          branch,
          dateSeconds: draft.dateSeconds ?? START_SECONDS + (start + index) * DAY_SECONDS,
          parent: index === 0 ? parent : '',
        }),
      );
      git(['fast-import', '--quiet'], stream.join(''));
      const ids = git(['rev-list', `--max-count=${drafts.length}`, '--topo-order', branch]);
      return ids.split('\n').reverse();
    },
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function toFastImport(
  { message, files, author = 'ada@example.com' }: CommitDraft,
  place: { readonly branch: string; readonly dateSeconds: number; readonly parent: string },
): string {
  const changes = Object.entries(files).map(([path, text]) =>
    text === null ? `D ${path}\n` : `M 100644 inline ${path}\n${toBlock(text)}`,
  );
  const who = `Ada <${author}> ${place.dateSeconds} +0000`;
  return [
    `commit refs/heads/${place.branch}\n`,
    `author ${who}\ncommitter ${who}\n`,
    toBlock(message),
    place.parent === '' ? '' : `from ${place.parent}\n`,
    ...changes,
    '\n',
  ].join('');
}

function toBlock(text: string): string {
  return `data ${Buffer.byteLength(text)}\n${text}\n`;
}
