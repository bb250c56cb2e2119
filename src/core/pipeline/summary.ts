import type { ExtractionSummary } from '../model/engine.ts';
import type { Library } from '../model/ports.ts';

/** What the summary shows of recurrent patterns and fixes: few enough to read. */
const MOST_SHOWN = 5;

type ProjectSummary = Pick<ExtractionSummary, 'patterns' | 'languages' | 'recurrent' | 'fixes'>;

/** What the library holds of one project, as the summary of a run tells it. */
export function summariseProject(library: Library, project: string): ProjectSummary {
  const { kinds, languages } = library.counts({ project });
  const recurrent = library.list({ project, source: 'code' }, MOST_SHOWN, 'support').patterns;
  const fixes = library.list({ project, kind: 'fix' }, MOST_SHOWN, 'confidence').patterns;
  return {
    patterns: kinds,
    languages,
    recurrent: recurrent.filter(({ support }) => support > 1),
    fixes,
  };
}
