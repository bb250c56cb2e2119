import type { ChangePattern, PatternId } from '../../../model/pattern.ts';
import type { Library } from '../../../model/ports/library.ts';
import type { Issue } from '../../../resolution/localization/issue.ts';
import type { Words } from '../../../retrieval/words/words.ts';
import type { GitRepository } from '../../../sources/git/repository.ts';

/** A fix of the library that says what an issue says. */
export interface RelevantFix {
  readonly pattern: ChangePattern;
  /** 0 to 1: how much of what the issue says its message, its names and its code hold, by rarity. */
  readonly relevance: number;
}

export interface FixSources {
  /** With what other processes wrote meanwhile. */
  readonly current: () => Pick<Library, 'patterns'>;
  readonly words: () => Words;
}

/**
 * Texts that no fix answers share up to a quarter of their words with some fix: of 160 made up for
 * four projects, 2 share more than this with one that fits the code.
 */
const LEAST_RELEVANCE = 0.3;
/** Beyond these, fixes say less than others that fit as well. */
const MOST_FIXES = 300;

/**
 * Fixes that answer an issue by its title, by that and the names of code it tells, or by these alone
 * where a traceback tells them; best first.
 */
export function relevantFixes(
  { current, words: opened }: FixSources,
  { title, codeWords, frames }: Issue,
): readonly RelevantFix[] {
  const { patterns } = current();
  const ids = new Map(
    patterns.listing
      .rows('live', 'value')
      .flatMap(({ kind, rowId, id }) => (kind === 'fix' ? [[rowId, id] as const] : [])),
  );
  const words = opened();
  words.refresh();
  const best = new Map<PatternId, number>();
  const rows = new Set(ids.keys());
  const names = [...codeWords.keys()].join(' ');
  const asked = [title, `${title} ${names}`, ...(frames.length > 0 ? [names] : [])];
  for (const text of asked) {
    for (const { rowId, coverage } of words.match(text, rows.size, rows).best) {
      const id = ids.get(rowId) ?? '';
      if (coverage >= LEAST_RELEVANCE) best.set(id, Math.max(coverage, best.get(id) ?? 0));
    }
  }
  return [...best]
    .sort(([, a], [, b]) => b - a)
    .slice(0, MOST_FIXES)
    .flatMap(([id, relevance]) => {
      const pattern = patterns.byId(id);
      return pattern?.kind === 'fix' ? [{ pattern, relevance }] : [];
    });
}

/** Those that were made when a revision was: in what led to it, or elsewhere before its time. */
export async function madeUntil(
  fixes: readonly RelevantFix[],
  git: GitRepository,
  revision: string,
): Promise<readonly RelevantFix[]> {
  const history = await git.history(revision);
  const [time = 0] = history.values();
  const commits = fixes.flatMap(({ pattern }) =>
    pattern.occurrences.flatMap(({ commit }) => commit ?? []),
  );
  const here = new Set(await git.existing([...new Set(commits)]));
  return fixes.filter(({ pattern }) =>
    pattern.occurrences.some(({ commit, date }) => {
      if (commit !== null && here.has(commit)) return history.has(commit);
      return date !== null && Date.parse(date) <= 1000 * time;
    }),
  );
}
