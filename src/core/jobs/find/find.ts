import { isChange } from '../../library/read/symbols.ts';
import type {
  Facets,
  FacetValue,
  FindPage,
  FindQuery,
  Found,
  Scope,
} from '../../model/api/find.ts';
import type { ImpressionId } from '../../model/outcomes/outcome.ts';
import type { PatternFilter } from '../../model/filter.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { ListedRow, Listing } from '../../model/ports/listing.ts';
import type { Answer } from '../../retrieval/ranking/answers.ts';
import {
  createAnswering,
  type Answers,
  type AnsweringParts,
  type Question,
} from './listAnswers.ts';
import { declaredSo, nameAsked } from './declared.ts';
import { withPlaceNow } from './placeNow.ts';
import { countValues, facetsOf, NO_FACETS } from './facets.ts';
import { foldRows } from './oneRowAFunction.ts';
import type { ShownRow, Showings } from '../outcomes/showings.ts';
import { readQuery, type QueryText } from './readQuery.ts';
import type { ProjectsOfFolders } from './scope.ts';
import { lessonTitle } from './tabs/lessons.ts';
import { whyEmpty } from './whyEmpty.ts';

export interface FindParts extends AnsweringParts {
  readonly showings: Pick<Showings, 'showAnswers'>;
  readonly projectsOfFolders: ProjectsOfFolders;
  readonly assetsDir: string;
  /** Relative file names start from here. */
  readonly folder: string | undefined;
  /** In force where a query does not say. */
  readonly defaults: { readonly defaultLimit: number; readonly minRelevance: number };
}

/**
 * See `FindApi.patterns`. What is quarantined is not indexed: there each word of the text must stand in a
 * pattern's name, description or tags.
 */
export async function findPatterns(
  parts: FindParts,
  query: FindQuery,
  signal?: AbortSignal,
): Promise<FindPage> {
  const { library, defaults } = parts;
  const { offset = 0, limit = defaults.defaultLimit } = query;
  const { order = 'relevance', state = 'live', minRelevance = defaults.minRelevance } = query;
  const read = await readQuery(query, { ...parts, folder: parts.folder ?? '' });
  const asked = { ...query, order, state, minRelevance };
  const under = await createAnswering(parts, { query: asked, read }, signal);
  const { filter, answers, scope, projects } = await withinScope(parts, asked, { read, under });
  const { rows, tab } = answers;
  const shown = rows.slice(offset, offset + limit);
  const impressions = parts.showings.showAnswers(
    shown.map(({ id }) => toShown(id, answers.reasons.get(id))),
    {
      text: askedIn(query, read),
      project: projects[0],
      surface: query.surface,
      session: query.session,
    },
  );
  const { listing } = library.patterns;
  const waiting = listing.rows('quarantined', 'value');
  return {
    total: rows.length,
    rows: foundRows({ library, answers, impressions }, shown, query.tab),
    groups: titledGroups(tab?.groups ?? [], listing),
    facets:
      query.facets === true
        ? withTitles(
            facetsOf(filter, rows, (other) => under(other).rows),
            listing,
          )
        : NO_FACETS,
    scope,
    ...aroundOf(read),
    ...(await unknownNameIn(parts, { query: asked, read, filter, answers }, signal)),
    ...(rows.length === 0 &&
      emptyBecause(whyEmpty(library, query, { projects, sought: read.text }))),
    library: {
      live: foldRows(listing.rows('live', 'value'), listing.symbols()).length,
      quarantined: waiting.length,
      packs: countValues(waiting, 'pack').toSorted((a, b) => (a.value < b.value ? -1 : 1)),
    },
  };
}

interface Answered extends Question {
  readonly query: Question['query'] & FindQuery;
  readonly filter: PatternFilter;
  readonly answers: Answers;
}

async function unknownNameIn(
  parts: FindParts,
  answered: Answered,
  signal: AbortSignal | undefined,
): Promise<Pick<FindPage, 'unknownName'>> {
  const { query } = answered;
  const { assetsDir } = parts;
  const name = isFirstWindow(query) ? nameAsked(query.text) : undefined;
  if (name === undefined || (await isNamed(parts, answered, signal))) return {};
  const folders = query.seeksName === true ? (query.folders ?? []) : [];
  const declared = await declaredSo(name, folders, { assetsDir, signal });
  // A plain word asks for what it says as often as for what is called so.
  if (declared.length === 0 && !name.isIdentifier) return {};
  return { unknownName: { name: name.text, declared } };
}

/** Of what the library holds and the text alone asks for. */
function isFirstWindow({ at, offset = 0, state, order }: FindQuery): boolean {
  return at === undefined && offset === 0 && state === 'live' && order === 'relevance';
}

/** Whether code of today is called as the text says, also where tab or filters leave it out. */
async function isNamed(
  parts: FindParts,
  { query, read, filter, answers }: Answered,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const isIn = ({ rows, reasons }: Answers): boolean =>
    rows.some((row) => !isChange(row) && reasons.get(row.id)?.signals['name'] !== undefined);
  if (isIn(answers)) return true;
  const { project, ...narrowing } = filter;
  const { tab, ...untabbed } = query;
  if (tab === undefined && Object.keys(narrowing).length === 0) return false;
  const under = await createAnswering(parts, { query: untabbed, read }, signal);
  return isIn(under(project === undefined ? {} : { project }));
}

interface Shown {
  readonly library: FindParts['library'];
  readonly answers: Answers;
  /** By which each is noted as shown. */
  readonly impressions: ReadonlyMap<PatternId, ImpressionId>;
}

function toShown(pattern: PatternId, answer: Answer | undefined): ShownRow {
  if (answer === undefined) return { pattern };
  return { pattern, estimate: answer.relevance, signals: answer.signals };
}

/** What is shown of the rows of a window. */
function foundRows(
  { library, answers, impressions }: Shown,
  shown: readonly ListedRow[],
  asked: FindQuery['tab'],
): readonly Found[] {
  const { reasons, tab } = answers;
  const listed = new Map(shown.map((row) => [row.id, row]));
  return library.patterns.rows(shown.map(({ id }) => id)).map((row) => ({
    ...withPlaceNow(row, library),
    impression: impressions.get(row.id) ?? null,
    ...reasonFor(reasons.get(row.id)),
    ...standingOf(row.id, tab),
    ...(asked === 'lessons' && { lesson: titleOf(listed.get(row.id)) ?? row.description }),
  }));
}

function reasonFor(answer: Answer | undefined): Pick<Found, 'score' | 'signals' | 'relevance'> {
  const { score = 0, signals = {}, relevance = null } = answer ?? {};
  return { score, signals, relevance };
}

function standingOf(id: PatternId, tab: Answers['tab']): Pick<Found, 'group' | 'siblings'> {
  const group = tab?.groupOf.get(id);
  const siblings = tab?.siblingsOf.get(id)?.length;
  return { ...(group !== undefined && { group }), ...(siblings !== undefined && { siblings }) };
}

function titleOf(row: ListedRow | undefined): string | undefined {
  return row === undefined ? undefined : lessonTitle(row);
}

/** Areas are told with their project where there are several, and with their years if they have any. */
function titledGroups(groups: readonly FacetValue[], listing: Listing): readonly FacetValue[] {
  const parts = groups.map(({ value }) => value.split('\n', 3));
  const areas = parts.filter(([, area]) => area !== undefined);
  const projects = new Set(areas.map(([project]) => project));
  return groups.map((group, at) => {
    const [project = '', area, years = ''] = parts[at] ?? [];
    if (area === undefined) return group;
    const named = projects.size === 1 ? area : `${listing.projectTitle(project)}: ${area}`;
    return { ...group, title: years === '' ? named : `${named} · ${years}` };
  });
}

/** Projects are counted by their keys, which nobody reads. */
function withTitles(facets: Facets, listing: Listing): Facets {
  const project = facets.project.map((counted) => ({
    ...counted,
    title: listing.projectTitle(counted.value),
  }));
  return { ...facets, project };
}

function askedIn({ named }: FindQuery, { text }: QueryText): string {
  return named ?? text;
}

function aroundOf({ around }: QueryText): Pick<FindPage, 'around'> {
  return around === undefined ? {} : { around: { name: around.name, range: around.range } };
}

function emptyBecause(emptyReason: LocalizedText | undefined): Pick<FindPage, 'emptyReason'> {
  return emptyReason === undefined ? {} : { emptyReason };
}

interface Scoped {
  readonly filter: PatternFilter;
  readonly answers: Answers;
  readonly scope: Scope | undefined;
  /** Those of the folders. */
  readonly projects: readonly ProjectKey[];
}

interface Asking {
  readonly read: QueryText;
  readonly under: (filter: PatternFilter) => Answers;
}

/**
 * What the folders' projects answer. Where they have no answer to what somebody looks for, or nothing
 * was learned of them, it is what all projects do.
 */
async function withinScope(
  { library, projectsOfFolders }: FindParts,
  { folders = [], filter: given = {}, state, named }: FindQuery,
  { read, under }: Asking,
): Promise<Scoped> {
  const { listing } = library.patterns;
  const filter = listing.resolve(given);
  if (folders.length === 0 || filter.project !== undefined || state === 'quarantined') {
    return { filter, answers: under(filter), scope: undefined, projects: [] };
  }
  const keys = await projectsOfFolders(folders);
  const projects = keys.map((key) => listing.projectTitle(key));
  const narrowed: PatternFilter = { ...filter, project: { any: keys } };
  const answers = keys.length === 0 ? undefined : under(narrowed);
  const isSought = named !== undefined || read.text.trim() !== '';
  if (answers !== undefined && (answers.rows.length > 0 || !isSought)) {
    return { filter: narrowed, answers, scope: { projects, widened: false }, projects: keys };
  }
  return { filter, answers: under(filter), scope: { projects, widened: true }, projects: keys };
}
