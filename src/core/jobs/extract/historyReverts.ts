import { numberOf, readReverts, titleOf } from '../../extraction/commits/reverts.ts';
import type { CommitRange, GitRepository } from '../../sources/git/repository.ts';
import type { LoggedCommit } from '../../sources/git/log.ts';

/** Commits of one merge that are marked when it is undone. */
const MAX_MERGED = 500;

/** Letters of the shortest hash that is looked for. */
const MIN_HASH = 7;

/** A commit that undoes others, and those of them that were met. */
interface Revert {
  readonly by: string;
  readonly undone: Set<string>;
}

/** Something that is undone and was not met yet. */
interface Wanted {
  readonly revert: Revert;
  /** All under which it is looked for. */
  readonly keys: readonly string[];
}

/**
 * Finds the commits that others say they undo, by hash, by its beginning, by title or by the number
 * of their pull request. Commits must be shown newest first, so that a revert comes before what it
 * undoes.
 */
export interface RevertSearch {
  show(commit: LoggedCommit): void;
  /** Looks on below commits shown already, without taking what stands there for reverts. */
  findBelow(git: Pick<GitRepository, 'log'>, heads: readonly string[]): Promise<void>;
  /** The commits each revert undoes of those that were shown, as far as no merge brought them. */
  met(): ReadonlyMap<string, readonly string[]>;
  /** The commits each revert undoes; for a merge, all that it brought. */
  finish(git: Pick<GitRepository, 'log'>): Promise<ReadonlyMap<string, readonly string[]>>;
}

export function createRevertSearch(): RevertSearch {
  const reverts: Revert[] = [];
  const wanted = new Map<string, Wanted[]>();
  const lengths = new Set<number>();
  const merges: { readonly revert: Revert; readonly commit: LoggedCommit }[] = [];

  function want(revert: Revert, keys: readonly string[]): void {
    const one = { revert, keys };
    for (const key of keys) wanted.set(key, [...(wanted.get(key) ?? []), one]);
  }

  function forget(one: Wanted): void {
    for (const key of one.keys) {
      const rest = (wanted.get(key) ?? []).filter((other) => other !== one);
      if (rest.length === 0) wanted.delete(key);
      else wanted.set(key, rest);
    }
  }

  function match(commit: LoggedCommit): void {
    if (wanted.size === 0) return;
    const found = new Set(keysOf(commit, lengths).flatMap((key) => wanted.get(key) ?? []));
    for (const one of found) {
      forget(one);
      if (commit.parents.length > 1) merges.push({ revert: one.revert, commit });
      else one.revert.undone.add(commit.commit);
    }
  }

  const met: RevertSearch['met'] = () =>
    new Map(reverts.map(({ by, undone }) => [by, [...undone].sort()]));

  return {
    met,
    show(commit) {
      match(commit);
      const stated = readReverts(commit.message);
      if (stated === undefined) return;
      const revert: Revert = { by: commit.commit, undone: new Set() };
      reverts.push(revert);
      for (const hash of stated.hashes) {
        lengths.add(hash.length);
        want(revert, [`hash ${hash}`]);
      }
      const { title, number } = stated;
      const keys = [
        ...(title === undefined ? [] : [`title ${title}`]),
        ...(number === undefined ? [] : [`number ${number}`]),
      ];
      if (keys.length > 0) want(revert, keys);
    },
    async findBelow(git, heads) {
      for (const head of heads) {
        if (wanted.size === 0) return;
        for await (const commit of git.log({ head })) {
          match(commit);
          if (wanted.size === 0) break;
        }
      }
    },
    async finish(git) {
      for (const { revert, commit } of merges) {
        for (const one of await broughtBy(git, commit)) revert.undone.add(one);
      }
      return met();
    },
  };
}

function keysOf(
  { commit, message }: LoggedCommit,
  lengths: ReadonlySet<number>,
): readonly string[] {
  const number = numberOf(message);
  return [
    ...[...lengths]
      .filter((length) => length >= MIN_HASH)
      .map((length) => `hash ${commit.slice(0, length)}`),
    `title ${titleOf(message)}`,
    ...(number === undefined ? [] : [`number ${number}`]),
  ];
}

async function broughtBy(
  git: Pick<GitRepository, 'log'>,
  { commit, parents }: LoggedCommit,
): Promise<readonly string[]> {
  const [into] = parents;
  const range: CommitRange = { head: commit, ...(into === undefined ? {} : { excluding: [into] }) };
  const brought: string[] = [];
  for await (const one of git.log(range)) {
    if (one.parents.length > 1) continue;
    brought.push(one.commit);
    if (brought.length >= MAX_MERGED) break;
  }
  return brought;
}
