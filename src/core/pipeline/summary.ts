import type { ExtractionSummary } from '../model/engine.ts';
import type { Pattern } from '../model/pattern.ts';
import type { Library } from '../model/ports.ts';

/** What the summary shows of recurrent patterns and fixes: few enough to read. */
const MOST_SHOWN = 5;

type ProjectSummary = Pick<ExtractionSummary, 'patterns' | 'languages' | 'recurrent' | 'fixes'>;

/** Fixes looked at, because one commit may hold several. */
const MOST_FIXES = 40;

/** What the library holds of one project, as the summary of a run tells it. */
export function summariseProject(library: Library, project: string): ProjectSummary {
  const { kinds, languages } = library.counts({ project });
  const recurrent = library.list({ project, source: 'code' }, MOST_SHOWN, 'support').patterns;
  const fixes = library.list({ project, kind: 'fix' }, MOST_FIXES, 'confidence').patterns;
  return {
    patterns: kinds,
    languages,
    recurrent: recurrent.filter(({ support }) => support > 1),
    fixes: onePerCommit(fixes).slice(0, MOST_SHOWN),
  };
}

function onePerCommit(patterns: readonly Pattern[]): readonly Pattern[] {
  const byCommit = new Map<string, Pattern>();
  for (const pattern of patterns) {
    const commit = pattern.provenance.commit ?? pattern.id;
    if (!byCommit.has(commit)) byCommit.set(commit, pattern);
  }
  return [...byCommit.values()];
}
