import { type LocalizedText, localized } from '../../model/localizedText.ts';
import type { ProjectKey } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { isCandidate } from './oneRowAFunction.ts';

/** @param projects those that were looked in; all when empty */
export function whyNoIdioms(library: Library, projects: readonly ProjectKey[]): LocalizedText {
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
