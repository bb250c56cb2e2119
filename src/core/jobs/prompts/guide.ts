import { readWhy } from '../../extraction/commits/message.ts';
import type { Found, ReuseGroup, Tab } from '../../model/api/find.ts';
import type { Guide, GuideRequest } from '../../model/api/prompts.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { PatternFilter } from '../../model/filter.ts';
import type { Pattern, PatternId } from '../../model/pattern.ts';
import { fitEntries } from '../../prompts/fit.ts';
import { GUIDE_PARTS, type GuideNote, type GuidePart, toGuide } from '../../prompts/guide.ts';
import type { Entry } from '../../prompts/layout.ts';
import { findPatterns } from '../find/find.ts';
import { chooseEntries, contradict, type InjectParts, toContradicting } from './inject.ts';
import { howTestsAreBuilt } from './testHabits.ts';

/** As many as are read through, unless a person says otherwise. */
const MOST = 32;
/** What an agent reads before each task must not take the room of the task. */
const BUDGET = 1_500;
const LOOKED_AT = 50;
/** Of each part; what somebody chose is there in full. */
const MOST_OF: Readonly<Record<Exclude<GuidePart, 'own'>, number>> = {
  helpers: 12,
  idioms: 5,
  tests: 2,
  lessons: 12,
};
/** One that fills the screen leaves no room for others. */
const MOST_LINES_OF_CODE = 14;

/** What the groups of Reuse teach an agent: what was written several times is one of many, not the one to call. */
const PARTS: Readonly<Record<ReuseGroup, GuidePart | undefined>> = {
  own: 'own',
  idioms: 'idioms',
  helpers: 'helpers',
  recurring: undefined,
  packs: 'helpers',
  others: 'helpers',
  tests: 'tests',
};

/** See `PromptsApi.guide`. */
export async function guide(
  parts: InjectParts,
  { folder, maxPatterns = MOST, tokenBudget }: GuideRequest,
  { signal }: Watch = {},
): Promise<Guide> {
  const projects = await parts.projectsOfFolders([folder]);
  if (projects.length === 0) return { section: '', patterns: [], leftOut: [], tokens: 0 };
  const filter = { project: { any: projects } };
  const listed = async (narrowed: PatternFilter, tab?: Tab): Promise<readonly Found[]> => {
    const query = {
      text: '',
      filter: narrowed,
      surface: null,
      limit: LOOKED_AT,
      ...(tab && { tab }),
    };
    return (await findPatterns(parts, query, signal)).rows;
  };
  const ofTests = { ...filter, kind: { any: ['test'] as const } };
  const placed = inTurn([
    ...toParts(await listed(filter, 'reuse'), ({ group }) => PARTS[group as ReuseGroup]),
    ...toParts(runAsMost(await listed(ofTests)), () => 'tests'),
    ...toParts(await listed(filter, 'lessons'), () => 'lessons'),
  ]);
  const { entries, leftOut } = await chooseEntries(
    parts,
    { folders: [folder] },
    placed.map(({ row }) => row),
  );
  const notes = notesOn(entries, placed);
  const tests = howTestsAreBuilt(parts.library.patterns.listing, filter);
  const fitted = fitEntries(fewOfEach(entries, notes), {
    most: maxPatterns,
    budget: tokenBudget ?? Math.min(BUDGET, parts.settings.tokenBudget),
    count: parts.countTokens,
    contradict,
    layout: (all) => toGuide(all, notes, tests),
  });
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
    if (part === undefined) return [];
    const isLong = row.lines > MOST_LINES_OF_CODE;
    return isLong && (part === 'idioms' || part === 'tests') ? [] : [{ row, part }];
  });
}

/** What uses no framework where others do is a benchmark or a program of its own. */
function runAsMost(tests: readonly Found[]): readonly Found[] {
  const known = tests.filter(({ framework }) => framework !== null);
  return known.length === 0 ? tests : known;
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

function fewOfEach(
  entries: readonly Entry[],
  notes: ReadonlyMap<PatternId, GuideNote>,
): readonly Entry[] {
  const taken = new Map<GuidePart, number>();
  return entries.filter(({ shown }) => {
    const { part = 'own' } = notes.get(shown.pattern.id) ?? {};
    const before = taken.get(part) ?? 0;
    taken.set(part, before + 1);
    return part === 'own' || before < MOST_OF[part];
  });
}

function notesOn(
  entries: readonly Entry[],
  placed: readonly Placed[],
): ReadonlyMap<PatternId, GuideNote> {
  const byId = new Map(placed.map((one) => [one.row.id, one] as const));
  return new Map(
    entries.flatMap(({ shown: { pattern } }) => {
      const one = byId.get(pattern.id);
      return one === undefined ? [] : [[pattern.id, noteOn(pattern, one)] as const];
    }),
  );
}

function noteOn(pattern: Pattern, { row, part }: Placed): GuideNote {
  const { path, range } = row.now ?? pattern.provenance;
  const line = range === null ? '' : `:${range.start.line + 1}`;
  const place = path === null ? '' : `${path}${line}`;
  if (row.lesson === undefined || !('message' in pattern)) return { part, place };
  return { part, place, lesson: { title: row.lesson, why: readWhy(pattern.message) } };
}
