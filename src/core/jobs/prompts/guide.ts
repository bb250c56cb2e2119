import type { Guide, GuideRequest } from '../../model/api/prompts.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { PatternKind } from '../../model/pattern.ts';
import { fitEntries } from '../../prompts/fit.ts';
import { toGuide } from '../../prompts/guide.ts';
import { findPatterns } from '../find/find.ts';
import { chooseEntries, contradict, type InjectParts, toContradicting } from './inject.ts';

/** As many as are read through, unless a person says otherwise. */
const MOST = 10;
const LOOKED_AT = 50;
/** Features are many, and tests say how to call what they test. */
const KINDS: readonly PatternKind[] = ['function', 'class', 'idiom', 'fix'];

/** See `PromptsApi.guide`. */
export async function guide(
  parts: InjectParts,
  { folder, maxPatterns = MOST, tokenBudget }: GuideRequest,
  { signal }: Watch = {},
): Promise<Guide> {
  const projects = await parts.projectsOfFolders([folder]);
  if (projects.length === 0) return { section: '', patterns: [], leftOut: [], tokens: 0 };
  const filter = { project: { any: projects }, kind: { any: KINDS } };
  const query = { text: '', filter, surface: null, limit: LOOKED_AT };
  const { rows } = await findPatterns(parts, query, signal);
  const { entries, leftOut } = await chooseEntries(parts, { folders: [folder] }, rows);
  const budget = tokenBudget ?? parts.settings.tokenBudget;
  const count = parts.countTokens;
  const fitting = { most: maxPatterns, budget, count, contradict, layout: toGuide };
  const fitted = fitEntries(entries, fitting);
  return {
    section: fitted.section,
    patterns: fitted.entries.map(({ shown }) => shown.pattern.id),
    leftOut: [...leftOut, ...fitted.contradicting.map(toContradicting)],
    tokens: fitted.tokens,
  };
}
