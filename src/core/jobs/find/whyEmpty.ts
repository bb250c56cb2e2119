import type { FindQuery } from '../../model/api/find.ts';
import { type LocalizedText, localized } from '../../model/localizedText.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { isCandidate } from './oneRowAFunction.ts';

/**
 * Why a list has no rows, where more can be said than that nothing matches: a tab that nothing
 * narrows, who asks for idioms alone, or for a place without code.
 *
 * @param asked projects that were looked in, all when there are none, and what was looked for there
 */
export function whyEmpty(
  library: Library,
  query: FindQuery,
  { projects, sought }: { readonly projects: readonly ProjectKey[]; readonly sought: string },
): LocalizedText | undefined {
  const { at } = query;
  return at !== undefined && sought.trim() === ''
    ? localized`there is nothing but imports and comments around line ${at.line} of ${at.file}`
    : whyNotListed(library, query, projects);
}

function whyNotListed(
  library: Library,
  { text, named, tab, filter = {} }: FindQuery,
  projects: readonly ProjectKey[],
): LocalizedText | undefined {
  if (text !== '' || named !== undefined) return undefined;
  const kinds = filter.kind?.any ?? [];
  if (kinds.length === 1 && kinds[0] === 'idiom') return whyNoIdioms(library, projects);
  const isNarrowed = Object.entries(filter).some(
    ([facet, choice]) => facet !== 'project' && choice !== undefined,
  );
  if (isNarrowed || tab === undefined) return undefined;
  return tab === 'reuse'
    ? localized`This tab lists what you save or like, what several files use, and code that recurs. Search finds everything else.`
    : localized`Lessons are bug fixes from the git history whose messages say what was wrong. There are none so far.`;
}

function whyNoIdioms(library: Library, projects: readonly ProjectKey[]): LocalizedText {
  if (projects.some((project) => library.projects.idioms(project) === undefined)) {
    return localized`no idioms: this project has not been searched for them since the last update, and extracting it again does so`;
  }
  const { listing } = library.patterns;
  const filter = projects.length === 0 ? {} : { project: { any: projects } };
  const candidates = listing.matching(listing.rows('live', 'value'), filter).filter(isCandidate);
  return candidates.length === 0
    ? localized`no idioms: no shape of code recurs in five places here, which is usual for small projects`
    : localized`no idioms: no shape of code recurs in five places here; --all-versions lists ${candidates.length} that recur in three or four`;
}
