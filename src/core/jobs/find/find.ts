import { isChange } from '../../library/read/symbols.ts';
import { type Config, DEFAULT_CONFIG } from '../../model/config.ts';
import type {
  Facets,
  FacetValue,
  FindPage,
  FindQuery,
  Found,
  Scope,
  UnknownName,
} from '../../model/api/find.ts';
import type { ImpressionId } from '../../model/outcomes/outcome.ts';
import type { PatternFilter } from '../../model/filter.ts';
import { type LocalizedText, localized } from '../../model/localizedText.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { ListedRow, Listing } from '../../model/ports/listing.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { Answer } from '../../retrieval/ranking/answers.ts';
import {
  createAnswering,
  type Answers,
  type AnsweringParts,
  type Question,
} from './listAnswers.ts';
import { type AskedName, isWrittenSo, nameAsked } from './names/askedName.ts';
import { showDeclarations } from './names/absentDeclarations.ts';
import { declaredSo } from './names/declared.ts';
import { nameMeant } from './names/nameMeant.ts';
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
  /** What is read from sources passes it. */
  readonly gate: SecretGate;
  /** In force for a folder. */
  readonly settingsOf: (folder: string) => Config;
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
  const asked = await answerQuery(parts, query, signal);
  const { name = '', meant } = asked.unknownName ?? {};
  if (meant === undefined) {
    const unwritten = await whatNobodyWrites(parts, asked, signal);
    return toPage(parts, asked, unwritten);
  }
  const other = await answerQuery(parts, { ...query, text: meant }, signal);
  const { declared = [] } = other.unknownName ?? {};
  return toPage(parts, { ...other, unknownName: { name, meant, declared } });
}

interface Answered extends Question, Scoped {
  readonly query: Question['query'] & FindQuery;
  readonly under: (filter: PatternFilter) => Answers;
  readonly unknownName: UnknownName | undefined;
}

async function answerQuery(
  parts: FindParts,
  given: FindQuery,
  signal: AbortSignal | undefined,
): Promise<Answered> {
  const { order = 'relevance', state = 'live' } = given;
  const { minRelevance = parts.defaults.minRelevance } = given;
  const query = { ...given, order, state, minRelevance };
  const read = await readQuery(query, { ...parts, folder: parts.folder ?? '' });
  const under = await createAnswering(parts, { query, read }, signal);
  const scoped = await withinScope(parts, query, { read, under });
  const answered = { query, read, under, ...scoped };
  return { ...answered, unknownName: await unknownNameIn(parts, answered, signal) };
}

function toPage(
  parts: FindParts,
  { query, read, under, unknownName, filter, answers, scope, projects }: Answered,
  unwritten?: LocalizedText,
): FindPage {
  const { library, defaults } = parts;
  const { offset = 0, limit = defaults.defaultLimit } = query;
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
    ...(unknownName !== undefined && { unknownName }),
    ...(rows.length === 0 &&
      emptyBecause(unwritten ?? whyEmpty(library, query, { projects, sought: read.text }))),
    library: {
      live: foldRows(listing.rows('live', 'value'), listing.symbols()).length,
      quarantined: waiting.length,
      packs: countValues(waiting, 'pack').toSorted((a, b) => (a.value < b.value ? -1 : 1)),
    },
  };
}

/** Why nothing is found, where a name such as `PostgreSQL` is written nowhere and the other words are. */
async function whatNobodyWrites(
  parts: FindParts,
  { query, read, filter, answers }: Answered,
  signal: AbortSignal | undefined,
): Promise<LocalizedText | undefined> {
  const isWords = read.text.trim() !== '' && query.state === 'live' && query.at === undefined;
  if (!isWords || answers.rows.length > 0) return undefined;
  const { listing } = parts.library.patterns;
  const passing = listing.matching(listing.rows('live', query.order), filter);
  const rows = new Set(passing.map(({ rowId }) => rowId));
  const { lackingNames, rest } = parts.words().match(read.text, 1, rows);
  const text = rest.trim().replaceAll(/\s+/g, ' ');
  if (lackingNames.length === 0 || text === '') return undefined;
  const without = await answerQuery(parts, { ...query, text, seeksName: false }, signal);
  if (without.answers.rows.length === 0) return undefined;
  const names = lackingNames.join(', ');
  return localized`nothing here mentions ${names}; without it, “${text}” finds something`;
}

async function unknownNameIn(
  parts: FindParts,
  answered: Omit<Answered, 'unknownName'>,
  signal: AbortSignal | undefined,
): Promise<UnknownName | undefined> {
  const { query, answers } = answered;
  const isAsked = isOfText(query) && answers.isOfFile !== true;
  const name = isAsked ? nameAsked(query.text) : undefined;
  if (name === undefined) return undefined;
  const known = await knownAs(parts, name, { answered, signal });
  if (known === 'written so') return undefined;
  const { seeksName: seeks = false } = query;
  const folders = foldersSought(query);
  const found = await declaredSo(name, folders, { assetsDir: parts.assetsDir, signal });
  // Beside what the library has under another casing only its own tells it from that.
  const others =
    known === 'named' ? found.filter((one) => isWrittenSo(one.name, name.last)) : found;
  const { patterns } = parts.library;
  const declared = await showDeclarations(others, { ...parts, patterns });
  if (declared.length > 0) return { name: name.text, declared };
  if (known === 'named') return undefined;
  // A plain word asks for what it says as often as for what is called so.
  if (!name.isIdentifier && answers.rows.length > 0) return undefined;
  const rows = patterns.listing.rows('live', 'value');
  const near = { rows, folders, assetsDir: parts.assetsDir, signal };
  return withMeant(name, seeks ? await nameMeant(name, near) : undefined);
}

/** Whose sources may be asked for a name. */
function foldersSought({ seeksName, folders = [] }: FindQuery): readonly string[] {
  return seeksName === true ? folders : [];
}

function withMeant(
  { text: name, isIdentifier }: AskedName,
  meant: string | undefined,
): UnknownName | undefined {
  if (meant !== undefined) return { name, meant, declared: [] };
  return isIdentifier ? { name, declared: [] } : undefined;
}

/** Whether what the library holds is asked for by the text alone. */
function isOfText({ at, state, order }: FindQuery): boolean {
  return at === undefined && state === 'live' && order === 'relevance';
}

/** Whether code of today is called as the text says, also where tab or filters leave it out. */
async function knownAs(
  parts: FindParts,
  name: AskedName,
  asked: {
    readonly answered: Omit<Answered, 'unknownName'>;
    readonly signal: AbortSignal | undefined;
  },
): Promise<'written so' | 'named' | undefined> {
  const { query, read, filter, answers } = asked.answered;
  const inAnswers = ({ rows, reasons }: Answers): 'written so' | 'named' | undefined => {
    const named = rows.filter(
      (row) => !isChange(row) && reasons.get(row.id)?.signals['name'] !== undefined,
    );
    if (named.some((row) => isWrittenSo(row.qualifiedName, name.last))) return 'written so';
    return named.length > 0 ? 'named' : undefined;
  };
  const known = inAnswers(answers);
  const { project, ...narrowing } = filter;
  const { tab, ...untabbed } = query;
  const isNarrowed = tab !== undefined || Object.keys(narrowing).length > 0;
  if (known === 'written so' || !isNarrowed) return known;
  const under = await createAnswering(parts, { query: untabbed, read }, asked.signal);
  return inAnswers(under(project === undefined ? {} : { project })) ?? known;
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
  query: Question['query'] & FindQuery,
  { read, under }: Asking,
): Promise<Scoped> {
  const { folders = [], filter: given = {} } = query;
  const { listing } = library.patterns;
  const filter = listing.resolve(given);
  if (folders.length === 0 || filter.project !== undefined || query.state === 'quarantined') {
    return { filter, answers: under(filter), scope: undefined, projects: [] };
  }
  const keys = await projectsOfFolders(folders);
  const projects = keys.map((key) => listing.projectTitle(key));
  const widened = { filter, scope: { projects, widened: true }, projects: keys };
  if (keys.length === 0) return { ...widened, answers: under(filter) };
  const narrowed: PatternFilter = { ...filter, project: { any: keys } };
  const own = {
    ...{ filter: narrowed, answers: under(narrowed) },
    ...{ scope: { projects, widened: false }, projects: keys },
  };
  const isSought = query.named !== undefined || read.text.trim() !== '';
  if (own.answers.rows.length > 0 || !isSought) return own;
  const elsewhere = under(filter);
  return isGoodElsewhere(elsewhere, query) ? { ...widened, answers: elsewhere } : own;
}

/** Nobody asked for other projects: what hardly matches there is worse than nothing. */
const LEAST_ELSEWHERE = 0.7;

/** Whether the best answer is worth telling; who asks for less than what is usual gets that, too. */
function isGoodElsewhere(
  { rows: [best], reasons }: Answers,
  { minRelevance }: Pick<Question['query'], 'minRelevance'>,
): boolean {
  if (minRelevance < DEFAULT_CONFIG.search.minRelevance || best === undefined) return true;
  return (reasons.get(best.id)?.relevance ?? 1) >= LEAST_ELSEWHERE;
}
