import type { Found } from '../../model/api/find.ts';
import type { Pattern, PatternId } from '../../model/pattern.ts';
import { bareCodeOf } from '../../prompts/fit.ts';
import { isThumb } from '../../model/patternRow.ts';
import type { LibraryPatterns } from '../../model/ports/libraryPatterns.ts';

/**
 * Answers with the code of today in place of changes that it has outgrown, and no code twice: a model
 * that reads what a function once was writes it so. What somebody forgot or rated down takes the
 * place of nothing: search does not show it either.
 *
 * @param keeps what is shown as it was, whatever became of it
 */
export function asTheyStand(
  patterns: Pick<LibraryPatterns, 'byId' | 'listing'>,
  answers: readonly Found[],
  keeps: (id: PatternId) => boolean,
): readonly Found[] {
  const symbols = patterns.listing.symbols();
  const codeOfToday = (id: PatternId): Pattern | undefined => {
    if (isThumb(symbols.leaderOf(id)?.own ?? null, 1)) return undefined;
    const standing = symbols.standsAs(id);
    const today = standing === undefined ? undefined : patterns.byId(standing);
    return today?.state === 'forgotten' ? undefined : today;
  };
  const told = new Set<string>();
  const isNew = (marks: readonly string[]): boolean => {
    if (marks.some((mark) => told.has(mark))) return false;
    for (const mark of marks) told.add(mark);
    return true;
  };
  return answers.flatMap((answer) => {
    const given = patterns.byId(answer.id);
    if (given === undefined) return [];
    // Why it is left out is told of the change itself.
    if ('reverted' in given && given.reverted) return [answer];
    const today = keeps(answer.id) ? undefined : codeOfToday(answer.id);
    const shown = isOutgrown(given, today) ? today : given;
    return isNew([today?.id ?? given.id, bareCodeOf(shown)]) ? [{ ...answer, id: shown.id }] : [];
  });
}

function isOutgrown(change: Pattern, today: Pattern | undefined): today is Pattern {
  return today !== undefined && !bareCodeOf(today).includes(bareCodeOf(change));
}
