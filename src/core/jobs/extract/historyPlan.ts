import { createHash } from 'node:crypto';
import type { Config } from '../../model/config.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import type { LibraryProjects } from '../../model/ports/libraryProjects.ts';
import type { CommitRange, GitRepository } from '../../sources/git/repository.ts';

/**
 * Raised whenever a commit would be recorded differently under the same settings. 3: functions are
 * paired across moves and renames. 4: titles inside the messages of forges, labels and other
 * languages tell what a commit is; types, warnings and builds are neither fix nor feature; namesakes
 * are paired by likeness. 5: settings, attributes and encodings hold as for files. 6: reverts are
 * recorded. 7: descriptions, signatures and tags follow those of code. 8: functions
 * are found as in files of extraction version 10. 9: lines of messages end with a line feed alone. 10:
 * descriptions follow those of version 12 of files. 11: fixes of style are none. 13:
 * so are pairs that only differ in style, and those beside what the subject tells of count less.
 */
const HISTORY_VERSION = 13;

type HistorySettings = Omit<Config['extraction'], 'maxSimilarity'>;

/**
 * Version of classification and pairing under some settings: another one means that commits are
 * recorded differently.
 */
export function historyVersion(settings: HistorySettings): number {
  const { exclude, languages, frameworks, minComplexity, minLines } = settings;
  const text = JSON.stringify([exclude, languages, frameworks, minComplexity, minLines]);
  const digest = createHash('sha256').update(text).digest();
  return HISTORY_VERSION * 2 ** 32 + digest.readUInt32LE();
}

/** Branches between which a person switches; older ones are walked again at most. */
const MAX_HEADS = 16;

export interface HistoryScope {
  readonly project: ProjectKey;
  /** Only commits from then on, by commit date. */
  readonly sinceSeconds: number | undefined;
  /** See `historyVersion`. */
  readonly version: number;
}

/** What one run has to do. */
export interface HistoryPlan {
  /** `undefined` when everything is recorded. */
  readonly range: CommitRange | undefined;
  /** True when recorded commits must be judged again. */
  readonly isAnew: boolean;
  /** Recorded when the run is complete. */
  readonly heads: readonly string[];
  /** Recorded commits and reverts that history no longer holds. */
  readonly lost: readonly string[];
}

/**
 * Decides which commits are new. A former head that no reference holds any more was rewritten, and
 * what only it reached is lost; a former head on another branch stays known. Heads and commits that
 * are not in this repository belong to another checkout and are left alone.
 */
export async function planHistory(
  git: GitRepository,
  head: string,
  library: { readonly projects: Pick<LibraryProjects, 'history' | 'commits' | 'reverts'> },
  { project, sinceSeconds, version }: HistoryScope,
): Promise<HistoryPlan> {
  const recorded = library.projects.history(project);
  const isAnew = recorded !== undefined && recorded.version !== version;
  const since = sinceSeconds === undefined ? {} : { sinceSeconds };
  if (recorded === undefined) {
    return { range: { head, ...since }, isAnew, heads: [head], lost: [] };
  }
  const isCovered =
    !isAnew &&
    (recorded.sinceSeconds === null ||
      (sinceSeconds !== undefined && sinceSeconds >= recorded.sinceSeconds));
  if (isCovered && recorded.heads.includes(head)) {
    return { range: undefined, isAnew, heads: recorded.heads, lost: [] };
  }
  const known = await git.existing(recorded.heads);
  const written = new Set([
    ...library.projects.commits(project),
    ...library.projects.reverts(project),
  ]);
  const { kept, lost } = await findRewritten(git, head, known, written);
  const elsewhere = recorded.heads.filter((former) => !known.includes(former));
  return {
    range: { head, ...since, ...(isCovered ? { excluding: known } : {}) },
    isAnew,
    heads: [head, ...kept, ...elsewhere].slice(0, MAX_HEADS),
    lost,
  };
}

/** Splits the former heads that `head` does not descend from into other branches and lost ones. */
async function findRewritten(
  git: GitRepository,
  head: string,
  formerHeads: readonly string[],
  recorded: ReadonlySet<string>,
): Promise<{ readonly kept: readonly string[]; readonly lost: readonly string[] }> {
  const beside = await filterAsync(
    formerHeads,
    async (former) => !(await git.isAncestor(former, head)),
  );
  // The first commits of a shallow clone hide what they descend from.
  if (beside.length === 0 || git.isShallow) return { kept: beside, lost: [] };
  const reachable = await git.reachableCommits();
  const kept = beside.filter((former) => reachable.has(former));
  if (kept.length === beside.length) return { kept, lost: [] };
  const unreachable = [...recorded].filter((commit) => !reachable.has(commit));
  return { kept, lost: await git.existing(unreachable) };
}

async function filterAsync<T>(
  items: readonly T[],
  keep: (item: T) => Promise<boolean>,
): Promise<readonly T[]> {
  const kept = await Promise.all(items.map(keep));
  return items.filter((_, index) => kept[index]);
}
