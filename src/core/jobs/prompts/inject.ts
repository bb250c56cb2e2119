import type { Injection, InjectRequest, LeftOutPattern } from '../../model/api/prompts.ts';
import type { Found } from '../../model/api/find.ts';
import type { SourceState } from '../../model/api/patterns.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Config } from '../../model/config.ts';
import type { ImpressionId } from '../../model/outcomes/outcome.ts';
import type { Pattern, PatternId } from '../../model/pattern.ts';
import { type Claim, conflictOf } from '../../outcomes/conflicts.ts';
import { harmfulPatterns } from '../../outcomes/effect.ts';
import { isHeldOut } from '../../outcomes/holdout.ts';
import { isWorthSuggesting } from '../../model/worthSuggesting.ts';
import { fitEntries } from '../../prompts/fit.ts';
import { type Entry, joinPrompt } from '../../prompts/layout.ts';
import type { Reader } from '../../prompts/ownership.ts';
import type { TokenCounter } from '../../prompts/tokens.ts';
import { readIssue } from '../../resolution/localization/issue.ts';
import { readGitEmail } from '../../sources/git/email.ts';
import { type FindParts, findPatterns } from '../find/find.ts';
import { asTheyStand } from './asTheyStand.ts';
import { toLeftOut } from './leftOut.ts';
import { sourcesIn } from './sourcesIn.ts';
import type { LocateParts } from '../locate/locate.ts';
import { asVersion, drawArms, type Drawn, type DrawnAnswers } from '../outcomes/experiments.ts';
import type { Showings } from '../outcomes/showings.ts';
import { alarmOfPattern, createPresenter, type Presenter } from './present.ts';

export interface InjectParts extends FindParts, Omit<LocateParts, 'library'> {
  readonly settings: Config['injection'];
  readonly countTokens: TokenCounter;
  readonly showings: Showings;
  /** Paths of files that the task names, or that declare what it names; unknown when absent. */
  readonly namedFiles?: readonly string[];
}

/** How many answers are looked at for each one that is wanted: some must be left out. */
const ANSWERS_A_PATTERN = 4;

/** See `PromptsApi.inject`. */
export async function inject(
  parts: InjectParts,
  request: InjectRequest,
  { signal }: Watch = {},
): Promise<Injection> {
  const { settings, countTokens } = parts;
  const { prompt, maxPatterns: most = settings.maxPatterns } = request;
  const budget = request.tokenBudget ?? settings.tokenBudget;
  const { session = null, task } = request;
  const { answers: found, drawn } = drawArms(
    parts.library,
    most === 0 ? [] : await findAnswers(parts, request, most, signal),
    { session, task },
  );
  const answers = asTheyStand(parts.library.patterns, found, (id) => drawn.has(id));
  const { entries, leftOut } = await chooseEntries(parts, request, answers, drawn);
  const fitted = fitEntries(entries, { most, budget, count: countTokens, contradict });
  const passedOver = [...leftOut, ...fitted.contradicting.map(toContradicting)];
  const withoutRoom = fitted.leftOut.map(({ shown }) => toLeftOut(shown.pattern, 'budget'));
  const { holdout = settings.holdout } = request;
  const share = holdout / 100;
  const held = fitted.entries.length > 0 && isHeldOut({ session, task }, share);
  if (!held && mustAsk(request, leftOut)) return untouched(prompt, passedOver);
  const impressions = await noteShown(parts, request, {
    ...{ fitted: fitted.entries, answers, drawn, held, chance: 1 - share },
    leftOut: [...passedOver, ...withoutRoom],
  });
  const [look = null] = impressions;
  if (held) return heldOut(request, { look, fitted: fitted.entries, leftOut: passedOver });
  return {
    text: joinPrompt(prompt, fitted.section),
    patterns: fitted.entries.map(({ shown, relevance, tokens, source }, index) => {
      const { id, name, kind } = shown.pattern;
      const impression = impressions[index] ?? '';
      return {
        impression,
        id,
        name,
        kind,
        relevance,
        tokens,
        withoutComments: shown.withoutComments,
        source,
      };
    }),
    leftOut: [...passedOver, ...withoutRoom],
    look,
    tokens: fitted.tokens,
  };
}

function mustAsk(
  { asksConsent = false }: InjectRequest,
  leftOut: readonly LeftOutPattern[],
): boolean {
  return asksConsent && leftOut.some(({ reason }) => reason === 'instructs');
}

/** The prompt as it was. */
function untouched(prompt: string, leftOut: readonly LeftOutPattern[]): Injection {
  return { text: prompt, patterns: [], leftOut, look: null, tokens: 0 };
}

function heldOut(
  { prompt }: InjectRequest,
  { look, fitted, leftOut }: Pick<Injection, 'look' | 'leftOut'> & { fitted: readonly Entry[] },
): Injection {
  const held = fitted.map(({ shown }) => toLeftOut(shown.pattern, 'held-out'));
  return { ...untouched(prompt, [...held, ...leftOut]), look };
}

interface Noted extends DrawnAnswers {
  readonly fitted: readonly (Entry & { readonly tokens: number })[];
  readonly held: boolean;
  readonly leftOut: readonly LeftOutPattern[];
  /** With which something is added to such a task. */
  readonly chance: number;
}

async function findAnswers(
  parts: InjectParts,
  { task, folders, minRelevance }: InjectRequest,
  most: number,
  signal: AbortSignal | undefined,
): Promise<readonly Found[]> {
  if (task.trim() === '') return [];
  const query = {
    text: task,
    // What is looked at is not shown.
    surface: null,
    limit: most * ANSWERS_A_PATTERN,
    ...(folders !== undefined && { folders }),
    ...(minRelevance !== undefined && { minRelevance }),
  };
  const { rows } = await findPatterns(parts, query, signal);
  return namedFirst(rows, task, parts.namedFiles);
}

/** Where the task names its place, what is elsewhere has to be as sure as this. */
const SURE_ELSEWHERE = 0.85;

/** What the task names as code first; where it names anything, what is only a little like it not at all. */
function namedFirst(
  rows: readonly Found[],
  task: string,
  namedFiles: readonly string[] = [],
): readonly Found[] {
  const { codeWords } = readIssue(task);
  const isNamed = ({ name }: Found): boolean => codeWords.has(name.split('.').at(-1) ?? '');
  const named = rows.filter(isNamed);
  if (named.length + namedFiles.length === 0) return rows;
  const others = rows.filter(({ path, relevance }) => {
    const isThere = path !== null && namedFiles.includes(path);
    return isThere || (relevance ?? 0) >= SURE_ELSEWHERE;
  });
  return [...named, ...others.filter((row) => !isNamed(row))];
}

async function noteShown(
  { showings, projectsOfFolders }: InjectParts,
  { surface = 'inject', task, session, folders = [] }: InjectRequest,
  { fitted, answers, drawn, held, leftOut, chance }: Noted,
): Promise<readonly ImpressionId[]> {
  const [project] = await projectsOfFolders(folders);
  const signals = new Map(answers.map((row) => [row.id, row.signals]));
  const shown = fitted.map(({ shown: { pattern }, relevance, tokens }) => {
    const { arm, version } = drawn.get(pattern.id) ?? {};
    return {
      ...{
        pattern: pattern.id,
        estimate: relevance,
        signals: signals.get(pattern.id) ?? {},
        chance,
      },
      ...(!held && { tokens }),
      ...(arm !== undefined && { arm }),
      ...(version && { version: version.version }),
    };
  });
  const named = leftOut.map(({ id, reason }) => ({ pattern: id, reason }));
  const around = { surface, task, held, ...(session !== undefined && { session }) };
  const look = { ...around, shown, leftOut: named };
  return showings.show(look, project);
}

interface Chosen {
  readonly entries: readonly Entry[];
  readonly leftOut: readonly LeftOutPattern[];
}

/** What may be shown of the answers, in their order. */
export async function chooseEntries(
  parts: InjectParts,
  {
    allowed = [],
    folders = [],
    minSuccessRate,
  }: Pick<InjectRequest, 'allowed' | 'folders' | 'minSuccessRate'>,
  answers: readonly Found[],
  drawn: DrawnAnswers['drawn'] = new Map(),
): Promise<Chosen> {
  const { patterns, outcomes } = parts.library;
  const least = minSuccessRate ?? parts.settings.minSuccessRate;
  const standards = { least, harmful: harmfulPatterns(outcomes.tasks()), drawn };
  const sources = await sourcesIn(parts, answers, folders);
  const entries: Entry[] = [];
  const leftOut: LeftOutPattern[] = [];
  const presenter = createPresenter(parts.assetsDir, await readerIn(parts, folders));
  try {
    for (const { id, relevance, history } of answers) {
      const present = patterns.byId(id);
      if (present === undefined) continue;
      const { pattern, source } = shownAs(present, drawn.get(id), sources.get(id));
      const chosen = await choose(presenter, pattern, {
        refused: refusalOf(pattern, standards),
        isGone: history.gone || source === 'gone',
        isAllowed: allowed.includes(id),
      });
      if ('reason' in chosen) {
        leftOut.push(chosen);
        continue;
      }
      const { uses } = patterns.usage(id);
      const { ratingCount: ratings, successRate } = pattern;
      entries.push({ ...chosen, relevance: relevance ?? 0, uses, ratings, successRate, source });
    }
  } finally {
    presenter.close();
  }
  return { entries, leftOut };
}

/** A former version that was drawn is shown as what it is, whatever its source is now. */
function shownAs(
  pattern: Pattern,
  drawn: Drawn | undefined,
  source: SourceState | undefined,
): Pick<Entry, 'source'> & { readonly pattern: Pattern } {
  if (drawn?.version !== undefined) {
    return { pattern: asVersion(pattern, drawn.version), source: null };
  }
  return { pattern, source: source ?? null };
}

interface Standards {
  /** Per cent. */
  readonly least: number;
  readonly harmful: ReadonlySet<PatternId>;
  /** What is compared is added whatever became of it so far, or nothing would be learned. */
  readonly drawn: DrawnAnswers['drawn'];
}

function refusalOf(
  pattern: Pattern,
  { least, harmful, drawn }: Standards,
): 'harmful' | 'unsuccessful' | undefined {
  if (harmful.has(pattern.id)) return 'harmful';
  return drawn.has(pattern.id) || isWorthSuggesting(pattern, least) ? undefined : 'unsuccessful';
}

export function contradict(one: Entry, other: Entry): boolean {
  return conflictOf(toClaim(one.shown.pattern), toClaim(other.shown.pattern)) !== undefined;
}

export function toContradicting({ shown }: Entry): LeftOutPattern {
  return toLeftOut(shown.pattern, 'contradicts');
}

function toClaim(pattern: Pattern): Claim {
  const { framework } = pattern;
  const texts =
    'code' in pattern
      ? { code: pattern.code, before: '' }
      : { code: pattern.after, before: pattern.before };
  return { framework, ...texts };
}

interface Admission {
  readonly refused: ReturnType<typeof refusalOf>;
  readonly isGone: boolean;
  readonly isAllowed: boolean;
}

async function choose(
  presenter: Presenter,
  pattern: Pattern,
  { refused, isGone, isAllowed }: Admission,
): Promise<Pick<Entry, 'shown'> | LeftOutPattern> {
  if (refused !== undefined) return toLeftOut(pattern, refused);
  if ('reverted' in pattern && pattern.reverted) return toLeftOut(pattern, 'reverted');
  if (isGone) return toLeftOut(pattern, 'gone');
  const alarm = isAllowed ? undefined : alarmOfPattern(pattern);
  if (alarm !== undefined) return alarm;
  const shown = await presenter.present(pattern);
  return shown === undefined ? toLeftOut(pattern, 'unreadable') : { shown };
}

export async function readerIn(
  { projectsOfFolders, folder }: InjectParts,
  folders: readonly string[],
): Promise<Reader> {
  return {
    email: await readGitEmail(folders[0] ?? folder),
    projects: await projectsOfFolders(folders),
  };
}
