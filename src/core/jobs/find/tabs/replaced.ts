import { groupBy } from '../../../platform/groupBy.ts';
import { diffFile } from '../../../platform/text/patch.ts';
import { standingOf } from '../../../resolution/changes/standing.ts';
import type { PatternId } from '../../../model/pattern.ts';
import type { Corpus, SearchDocument } from '../../../model/ports/corpus.ts';
import type { ListedRow, Symbols } from '../../../model/ports/listing.ts';

export interface FixesOfCode {
  readonly symbols: Symbols;
  readonly corpus: Pick<Corpus, 'documents'>;
}

/** Of one function; what was mended more often is compared with the nearest of the later ones. */
const LATER_FIXES = 12;

/**
 * Fixes of which no more than half stood after a later fix of the same function, by the id of the
 * last fix that changed what they had put there.
 */
export function replacedFixes(
  fixes: readonly ListedRow[],
  { symbols, corpus }: FixesOfCode,
): ReadonlyMap<PatternId, PatternId> {
  const keyOf = ({ id, path, projects, qualifiedName }: ListedRow): string =>
    symbols.leaderOf(id)?.id ?? [...projects, path, qualifiedName].join('\n');
  const dated = fixes.filter(({ dateSeconds }) => dateSeconds !== undefined);
  const several = [...groupBy(dated, keyOf).values()].filter(({ length }) => length > 1);
  const texts = new Map(
    corpus
      .documents(several.flat().map(({ rowId }) => rowId))
      .map((document) => [document.id, readVersions(document)] as const),
  );
  const replaced = new Map<PatternId, PatternId>();
  for (const group of several) {
    const newestFirst = group.toSorted((a, b) => (b.dateSeconds ?? 0) - (a.dateSeconds ?? 0));
    for (const [at, fix] of newestFirst.entries()) {
      const later = newestFirst
        .slice(Math.max(0, at - LATER_FIXES), at)
        .filter(({ commit }) => commit?.hash !== fix.commit?.hash);
      const by = later.find(({ id }) => replaces(texts.get(id), texts.get(fix.id)));
      if (by !== undefined) replaced.set(fix.id, replaced.get(by.id) ?? by.id);
    }
  }
  return replaced;
}

interface Versions extends Pick<SearchDocument, 'before' | 'code'> {
  readonly former: ReadonlySet<string>;
  readonly later: ReadonlySet<string>;
}

function readVersions({ before, code }: SearchDocument): Versions {
  return { before, code, former: linesOf(before), later: linesOf(code) };
}

function linesOf(text: string): ReadonlySet<string> {
  return new Set(text.split('\n').map((line) => line.trim()));
}

/** Whether what a fix put there stood before a later one, and no more than half of it after. */
function replaces(later: Versions | undefined, fix: Versions | undefined): boolean {
  if (later === undefined || fix === undefined) return false;
  if (later.before === '' || fix.before === '' || !touches(later, fix)) return false;
  const change = diffFile('', fix.before, fix.code);
  if (change === undefined) return false;
  const was = standingOf(change, later.before);
  return was.standing > 0 && standingOf(change, later.code).standing <= was.standing / 2;
}

/** Whether a change took out a line that the earlier one put in, or put back one that it took out. */
function touches(change: Versions, earlier: Versions): boolean {
  const isUndone = (line: string): boolean =>
    change.former.has(line) && !change.later.has(line) && !earlier.former.has(line);
  const isBack = (line: string): boolean =>
    change.later.has(line) && !change.former.has(line) && !earlier.later.has(line);
  return [...earlier.later].some(isUndone) || [...earlier.former].some(isBack);
}
