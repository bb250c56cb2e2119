import type { LastingReport } from '../../core/model/sessions/sessionReport.ts';

/** Sessions of a project that a trend is made of. */
const MOST = 30;

/**
 * Sessions of the project of one of them, which is always among them: the newest, and for an older
 * one those around it.
 *
 * @param listed the newest first
 * @returns the oldest first
 */
export function trendOf(
  listed: readonly LastingReport[],
  shown: Pick<LastingReport, 'id' | 'folder'>,
): readonly LastingReport[] {
  const project = listed.filter(({ folder }) => folder === shown.folder);
  const at = project.findIndex(({ id }) => id === shown.id);
  const from = at < MOST ? 0 : Math.min(at - MOST / 2, project.length - MOST);
  return project.slice(from, from + MOST).reverse();
}
