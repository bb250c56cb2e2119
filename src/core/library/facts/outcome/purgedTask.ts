import type { PatternId, ProjectKey } from '../../../model/pattern.ts';
import type { Purged } from '../purge.ts';

/**
 * What was shown, without the words of the task where they were about a purged project or next to a
 * purged pattern; the same object where they were not.
 */
export function withoutPurgedTask<
  Shown extends { readonly project?: ProjectKey | null; readonly task?: string | null },
>(shown: Shown, purged: Purged, patterns: readonly (PatternId | null | undefined)[]): Shown {
  const { project = null, task = null } = shown;
  if (project === null && task === null) return shown;
  const isPurged =
    (project !== null && purged.projects.has(project)) ||
    patterns.some((id) => purged.patterns.has(id ?? '') || purged.keptPatterns.has(id ?? ''));
  return isPurged ? { ...shown, project: null, task: null } : shown;
}
