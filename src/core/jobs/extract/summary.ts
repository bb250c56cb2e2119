import type { ExtractionSummary } from '../../model/api/jobs.ts';
import type { FacetValue } from '../../model/api/find.ts';
import type { PatternFilter } from '../../model/filter.ts';
import type { Pattern } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { countValues } from '../find/facets.ts';

/** What the summary shows of recurrent patterns and fixes: few enough to read. */
export const MOST_SHOWN = 5;

type ProjectSummary = Pick<ExtractionSummary, 'patterns' | 'languages' | 'recurrent' | 'fixes'>;

/** Patterns looked at: one commit may hold several fixes, and tests recur before other code. */
const MOST_SEEN = 40;

export const NO_SUMMARY: ProjectSummary = {
  patterns: {},
  languages: {},
  recurrent: [],
  fixes: [],
};

/** What the library holds of one project, as the summary of a run tells it. */
export function summariseProject(library: Library, project: string): ProjectSummary {
  const { listing } = library.patterns;
  const ofProject: PatternFilter = { project: { any: [project] } };
  const rows = listing.matching(listing.rows('live', 'value'), ofProject);
  const code: PatternFilter = { ...ofProject, source: { any: ['code'] } };
  const recurrent = library.patterns.list(code, MOST_SEEN, 'support').patterns;
  const fix: PatternFilter = { ...ofProject, kind: { any: ['fix'] } };
  const fixes = library.patterns.list(fix, MOST_SEEN, 'confidence').patterns;
  return {
    patterns: toCounts(countValues(rows, 'kind')),
    languages: toCounts(countValues(rows, 'language')),
    recurrent: pickRecurrent(recurrent),
    fixes: onePerCommit(fixes).slice(0, MOST_SHOWN),
  };
}

function toCounts(values: readonly FacetValue[]): Readonly<Record<string, number>> {
  return Object.fromEntries(values.map(({ value, count }) => [value, count]));
}

/** Tests and code not to be used any more only where little else recurs. */
function pickRecurrent(patterns: readonly Pattern[]): readonly Pattern[] {
  const recurring = patterns.filter(({ support }) => support > 1);
  const isWanted = ({ kind, tags }: Pattern): boolean =>
    kind !== 'test' && !tags.includes('test') && !tags.includes('deprecated');
  return [...recurring.filter(isWanted), ...recurring.filter((pattern) => !isWanted(pattern))]
    .slice(0, MOST_SHOWN)
    .sort((a, b) => b.support - a.support);
}

function onePerCommit(patterns: readonly Pattern[]): readonly Pattern[] {
  const byCommit = new Map<string, Pattern>();
  for (const pattern of patterns) {
    const commit = pattern.provenance.commit ?? pattern.id;
    if (!byCommit.has(commit)) byCommit.set(commit, pattern);
  }
  return [...byCommit.values()];
}
