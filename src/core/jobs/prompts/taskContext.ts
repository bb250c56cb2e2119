import type {
  ContextCode,
  ContextRequest,
  InjectedPattern,
  LeftOutPattern,
  TaskContext,
} from '../../model/api/prompts.ts';
import type { Found } from '../../model/api/find.ts';
import type { Watch } from '../../model/api/watch.ts';
import type { Config } from '../../model/config.ts';
import { localized, type LocalizedText } from '../../model/localizedText.ts';
import type { Pattern, PatternId, PatternKind, ProjectKey } from '../../model/pattern.ts';
import { createTokenizer } from '../../platform/text/words.ts';
import { toContextText } from '../../prompts/contextLayout.ts';
import { joinPrompt } from '../../prompts/layout.ts';
import { isPagePath } from '../../model/sourceFile/pagePath.ts';
import type { CodePointer } from '../../model/resolution/codePointer.ts';
import { confidenceIn } from '../../model/resolution/confidence.ts';
import { named } from '../../model/resolution/instance.ts';
import { collect } from '../../resolution/feed.ts';
import { LOOSE_REASON } from '../../resolution/localization/places.ts';
import { likelyFiles, type LikelyFile } from '../../resolution/changes/likelyFiles.ts';
import { stemsOf } from '../../resolution/localization/fileRecord.ts';
import { openGit } from '../../sources/git/repository.ts';
import { findPatterns } from '../find/find.ts';
import { createHybrid } from '../resolve/localizers/ranked.ts';
import type { CodeParts } from '../resolve/localizers/readCode.ts';
import { readChangeHistory } from './changeHistory.ts';
import { inject, type InjectParts, readerIn } from './inject.ts';
import { alarmOfPattern, createPresenter } from './present.ts';
import { isStillUndone } from './stillUndone.ts';

export interface ContextParts extends InjectParts {
  readonly localizing: CodeParts;
  readonly settingsOf: (folder: string) => Config;
}

const FILES = 10;
const SIMILAR = 5;
const FIXES = 5;
/** Of the likely files, those whose last fixes are told of where few fixes are like the task. */
const LIKELIEST = 3;
/** Newest fixes of the project, among which those in the likely files are looked for. */
const FIXES_LOOKED_AT = 1_000;
/** Share of the budget that files, code and fixes may take; patterns get what is left. */
const SHARE_OF_PLACES = 0.5;

const CODE: readonly PatternKind[] = ['function', 'class'];

/** See `PromptsApi.context`. */
export async function taskContext(
  parts: ContextParts,
  request: ContextRequest,
  watch: Watch = {},
): Promise<TaskContext> {
  const { folder, task } = request;
  const { injection } = parts.settingsOf(folder);
  const budget = request.tokenBudget ?? injection.tokenBudget;
  const projects = await parts.projectsOfFolders([folder]);
  const similar = await findSimilar(parts, task, projects, watch);
  const { files, namedFiles } = await findFiles(parts, request, similar, watch);
  const admission = await openAdmission(parts, request);
  const asked = { task, folder, files, projects, admission };
  const { fixes, reverted } = await findFixes(parts, asked, watch);
  const places = { files, similar: similar.flatMap((row) => toCode(admission, row)), fixes };
  const text = toContextText(
    { task, ...places, warnings: reverted.map((warning) => warning.text) },
    Math.floor(budget * SHARE_OF_PLACES),
    parts.countTokens,
  );
  const used = parts.countTokens(text);
  const { tokens, ...injected } = await inject(
    { ...parts, settings: injection, namedFiles },
    { ...request, prompt: text, folders: [folder], tokenBudget: budget - used },
    watch,
  );
  const leftOut = new Map(admission.withheld);
  for (const one of injected.leftOut) leftOut.set(one.id, one);
  return {
    ...places,
    text: injected.patterns.length > 0 ? injected.text : joinPrompt('', text),
    tokens: used + tokens,
    patterns: injected.patterns,
    leftOut: [...leftOut.values()],
    look: injected.look,
    warnings: [
      ...reverted,
      ...injected.patterns.flatMap(toStaleWarning),
      ...[...leftOut.values()].flatMap(toWarning),
    ],
  };
}

/** Lets through what a language model may read a line of, in words that it may read. */
interface Admission {
  readonly library: ContextParts['library'];
  /** `undefined` for what looks like an instruction and was not allowed. */
  readonly admit: (id: PatternId) => Pattern | undefined;
  readonly captionOf: (pattern: Pattern) => string;
  /** What was not let through so far. */
  readonly withheld: ReadonlyMap<PatternId, LeftOutPattern>;
}

interface FixesAsked {
  readonly task: string;
  readonly folder: string;
  /** Likeliest first. */
  readonly files: readonly LikelyFile[];
  readonly projects: readonly ProjectKey[];
  readonly admission: Admission;
}

async function openAdmission(
  parts: ContextParts,
  { folder, allowed = [] }: ContextRequest,
): Promise<Admission> {
  const { library, assetsDir } = parts;
  const presenter = createPresenter(assetsDir, await readerIn(parts, [folder]));
  const withheld = new Map<PatternId, LeftOutPattern>();
  const admit = (id: PatternId): Pattern | undefined => {
    const pattern = library.patterns.byId(id);
    if (pattern === undefined || allowed.includes(id)) return pattern;
    const alarm = alarmOfPattern(pattern);
    if (alarm === undefined) return pattern;
    withheld.set(id, alarm);
    return undefined;
  };
  return { library, admit, captionOf: (pattern) => presenter.captionOf(pattern), withheld };
}

async function findSimilar(
  parts: ContextParts,
  task: string,
  projects: readonly ProjectKey[],
  { signal }: Watch,
): Promise<readonly Found[]> {
  if (projects.length === 0) return [];
  const filter = { project: { any: projects }, kind: { any: CODE } };
  // Places in files are no patterns that were shown.
  const query = { text: task, limit: SIMILAR, filter, surface: null };
  return (await findPatterns(parts, query, signal)).rows;
}

async function findFiles(
  { localizing }: ContextParts,
  { folder, task }: ContextRequest,
  similar: readonly Found[],
  watch: Watch,
): Promise<{ readonly files: readonly LikelyFile[]; readonly namedFiles: readonly string[] }> {
  const places = createHybrid({ ...localizing, pages: true }).locate(
    named({ text: task, folder }),
    watch,
  );
  const git = await openGit(folder, watch.signal === undefined ? {} : { signal: watch.signal });
  const found = (await collect(places)).filter(({ kind }) => kind === 'file').slice(0, FILES);
  const located = found.map(({ path, score, why: [first] }) => {
    // By chance alone it is no file to change.
    const why = first?.text === LOOSE_REASON.text ? undefined : first;
    return { path, score, why };
  });
  const tokenizer = createTokenizer();
  const listed = (await git?.lsFiles())?.map(({ path }) => path) ?? [];
  const files = likelyFiles(
    {
      located,
      similar: [...new Set(similar.flatMap(({ path }) => path ?? []))],
      history: await readChangeHistory(git, (text) => stemsOf(text, tokenizer)),
      stems: stemsOf(task, tokenizer),
      existing: new Set([...listed, ...located.map(({ path }) => path)]),
    },
    FILES,
  );
  return { files, namedFiles: found.filter(isNamed).map(({ path }) => path) };
}

/** Whether the task names the file or something it declares. */
function isNamed(place: CodePointer): boolean {
  const isPage = place.signals.basename !== undefined && isPagePath(place.path);
  return isPage || confidenceIn(place) === 'likely';
}

/**
 * What was mended before in words like the task's; then, in the likeliest files, what was mended last.
 * One place of each commit.
 */
async function findFixes(
  parts: ContextParts,
  asked: FixesAsked,
  watch: Watch,
): Promise<{
  readonly fixes: readonly ContextCode[];
  readonly reverted: readonly LocalizedText[];
}> {
  const { admission, projects } = asked;
  const fixes = new Map<string, ContextCode>();
  const reverted = new Map<string, LocalizedText>();
  for (const row of projects.length === 0 ? [] : await fixesLookedAt(parts, asked, watch)) {
    const pattern = admission.admit(row.id);
    if (pattern === undefined || !('reverted' in pattern)) continue;
    const commit = pattern.provenance.commit ?? row.id;
    if (fixes.has(commit) || reverted.has(commit)) continue;
    const [code] = toCode(admission, row);
    if (!pattern.reverted) {
      if (code !== undefined) fixes.set(commit, code);
    } else if (row.relevance !== null && (await isStillUndone(asked, pattern))) {
      const { name } = pattern;
      reverted.set(commit, localized`a fix of ${name} was undone later: ${commit.slice(0, 12)}`);
    }
  }
  return {
    fixes: [...fixes.values()].slice(0, FIXES),
    reverted: [...reverted.values()].slice(0, FIXES),
  };
}

async function fixesLookedAt(
  parts: ContextParts,
  { task, files, projects, admission }: FixesAsked,
  { signal }: Watch,
): Promise<readonly Pick<Found, 'id' | 'relevance'>[]> {
  const filter = { project: { any: projects }, kind: { any: ['fix'] as const } };
  const query = { text: task, limit: FIXES, filter, surface: null };
  const { rows: alike } = await findPatterns(parts, query, signal);
  const { patterns } = admission.library;
  const { listing } = patterns;
  const newest = listing.matching(listing.rows('live', 'newest'), filter).slice(0, FIXES_LOOKED_AT);
  const likely = new Set(files.slice(0, LIKELIEST).map(({ path }) => path));
  const there = patterns
    .rows(newest.map(({ id }) => id))
    .filter(({ path }) => path !== null && likely.has(path));
  return [...alike, ...there.map(({ id }) => ({ id, relevance: null }))];
}

function toCode(
  { admit, captionOf }: Admission,
  { id, relevance }: Pick<Found, 'id' | 'relevance'>,
): readonly ContextCode[] {
  const pattern = admit(id);
  if (pattern === undefined) return [];
  const { name, provenance } = pattern;
  const description = captionOf(pattern);
  const { path, range, commit } = provenance;
  const line = range === null ? null : range.start.line + 1;
  const change = 'after' in pattern ? commit : null;
  return [{ id, name, description, relevance, path, line, commit: change }];
}

function toStaleWarning({ name, source }: InjectedPattern): readonly LocalizedText[] {
  return source === 'changed'
    ? [localized`the code that ${name} was read from has changed since`]
    : [];
}

/** Of what fits and was left out, what somebody should know who does the task. */
function toWarning({ name, reason, detail }: LeftOutPattern): readonly LocalizedText[] {
  return reason === 'budget' ? [] : [localized`${name} was left out: ${detail}`];
}
