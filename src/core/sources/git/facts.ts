import { realpathSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { failure, type Git, lines } from './process.ts';

/** What is known of a repository once it is opened. */
export interface GitFacts {
  /** Absolute; the bare repository's own folder when it is bare. */
  readonly topLevel: string;
  /** The opened folder relative to the top level, with `/`; empty at the top. */
  readonly subfolder: string;
  /** Absolute place of the attributes that are no file of the work tree. */
  readonly attributesFile: string;
  readonly isBare: boolean;
  readonly isShallow: boolean;
  /** True for a clone that leaves objects on its remote. */
  readonly isPartial: boolean;
  /** `undefined` while there is no commit. */
  readonly head: string | undefined;
  /** `host/path` of every remote that is not local, sorted. */
  readonly remotes: readonly string[];
}

/** @returns `undefined` outside a repository */
export async function readFacts(
  git: Git,
  here: string,
): Promise<Pick<GitFacts, 'topLevel' | 'attributesFile' | 'isBare' | 'isShallow'> | undefined> {
  const { code, stdout, stderr } = await git.run(
    [
      ...['rev-parse', '--is-bare-repository', '--is-shallow-repository'],
      ...['--absolute-git-dir', '--git-path', 'info/attributes', '--show-toplevel'],
    ],
    { exits: [0, 128] },
  );
  const [bare, shallow, gitDir, attributes, topLevel] = lines(stdout.toString());
  if (gitDir === undefined || attributes === undefined) {
    if (/not a git repository/i.test(stderr)) return undefined;
    throw failure(['rev-parse'], stderr);
  }
  const isBare = bare === 'true' || code !== 0;
  const top = isBare || topLevel === undefined ? gitDir : realpathSync.native(topLevel);
  if (!isBare && relative(top, here).startsWith('..')) {
    throw new AppError('git-failed', localized`the work tree of the repository is another folder`);
  }
  return {
    topLevel: top,
    attributesFile: resolve(here, attributes),
    isBare,
    isShallow: shallow === 'true',
  };
}
