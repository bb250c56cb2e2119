import type { ReuseGroup } from '../../model/api/find.ts';
import type { Guide, GuideRequest } from '../../model/api/prompts.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Found, Tab } from '../../model/api/find.ts';
import type { PatternId } from '../../model/pattern.ts';
import { fitEntries } from '../../prompts/fit.ts';
import { GUIDE_PARTS, type GuidePart, toGuide } from '../../prompts/guide.ts';
import { findPatterns } from '../find/find.ts';
import { chooseEntries, contradict, type InjectParts, toContradicting } from './inject.ts';

/** As many as are read through, unless a person says otherwise. */
const MOST = 10;
const LOOKED_AT = 50;
/** One that fills the screen leaves no room for others. */
const MOST_LINES = 30;

/** What the groups of Reuse teach an agent; tests say how to call what they test. */
const PARTS: Readonly<Record<ReuseGroup, GuidePart | undefined>> = {
  own: 'own',
  idioms: 'idioms',
  helpers: 'helpers',
  recurring: 'helpers',
  packs: 'helpers',
  others: 'helpers',
  tests: undefined,
};

/** See `PromptsApi.guide`. */
export async function guide(
  parts: InjectParts,
  { folder, maxPatterns = MOST, tokenBudget }: GuideRequest,
  { signal }: Watch = {},
): Promise<Guide> {
  const projects = await parts.projectsOfFolders([folder]);
  if (projects.length === 0) return { section: '', patterns: [], leftOut: [], tokens: 0 };
  const listed = async (tab: Tab): Promise<readonly Found[]> => {
    const filter = { project: { any: projects } };
    const query = { text: '', filter, tab, surface: null, limit: LOOKED_AT };
    return (await findPatterns(parts, query, signal)).rows;
  };
  const partOf = new Map<PatternId, GuidePart>();
  const rows = inTurn([
    ...toParts(await listed('reuse'), ({ group }) => PARTS[group as ReuseGroup]),
    ...toParts(await listed('lessons'), () => 'lessons'),
  ]);
  for (const { row, part } of rows) partOf.set(row.id, part);
  const { entries, leftOut } = await chooseEntries(
    parts,
    { folders: [folder] },
    rows.map(({ row }) => row),
  );
  const budget = tokenBudget ?? parts.settings.tokenBudget;
  const layout = (all: typeof entries): string => toGuide(all, partOf);
  const fitting = { most: maxPatterns, budget, count: parts.countTokens, contradict, layout };
  const fitted = fitEntries(entries, fitting);
  return {
    section: fitted.section,
    patterns: fitted.entries.map(({ shown }) => shown.pattern.id),
    leftOut: [...leftOut, ...fitted.contradicting.map(toContradicting)],
    tokens: fitted.tokens,
  };
}

interface Placed {
  readonly row: Found;
  readonly part: GuidePart;
}

function toParts(
  rows: readonly Found[],
  partOf: (row: Found) => GuidePart | undefined,
): readonly Placed[] {
  return rows.flatMap((row) => {
    const part = partOf(row);
    return part === undefined || (part !== 'own' && row.lines > MOST_LINES) ? [] : [{ row, part }];
  });
}

/** What somebody chose first, then of each part one after the other, so that none fills the page. */
function inTurn(placed: readonly Placed[]): readonly Placed[] {
  const own = placed.filter(({ part }) => part === 'own');
  const others = GUIDE_PARTS.filter((part) => part !== 'own').map((part) =>
    placed.filter((one) => one.part === part),
  );
  const longest = Math.max(...others.map(({ length }) => length));
  const turns = Array.from({ length: longest }, (_, at) => others.flatMap((all) => all[at] ?? []));
  return [...own, ...turns.flat()];
}
