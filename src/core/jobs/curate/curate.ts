import { toKeptEvent } from '../../model/conversions.ts';
import type {
  AcceptTarget,
  ForgetTarget,
  PatternEdit,
  PatternStatistics,
  RatingContext,
  RestoreTarget,
} from '../../model/api/curate.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { EditEvent, EventBody, RecordedText } from '../../model/event.ts';
import { onlyOne, projectNotFound } from '../../library/read/projectNames.ts';
import type { Pattern, PatternId, ProjectKey, Provenance, Rating } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { StandingVersion } from '../../model/outcomes/version.ts';
import { recordKeepingVersions } from './keepVersions.ts';

/**
 * Records a pattern a person wrote. What they say of code that is known already is an edit of it.
 *
 * @throws AppError `pattern-forgotten`
 */
export async function addPattern(
  library: Library,
  { text, places }: { readonly text: RecordedText; readonly places: readonly Provenance[] },
  said: PatternEdit,
): Promise<Pattern> {
  refuseForgotten(library, text.id);
  const known = library.patterns.byId(text.id);
  const fields = known === undefined ? undefined : editedFields(said);
  await recordKeepingVersions(library, known === undefined ? [] : [known.id], [
    { type: 'pattern', origin: 'added', text, provenance: places },
    ...(fields === undefined ? [] : [{ type: 'edit' as const, pattern: text.id, ...fields }]),
  ]);
  return found(library, text.id);
}

/**
 * Records the texts a person chose, all or none of them.
 *
 * @throws AppError `pattern-forgotten`
 */
export async function addTexts(
  library: Library,
  texts: readonly RecordedText[],
): Promise<readonly Pattern[]> {
  for (const { id } of texts) refuseForgotten(library, id);
  await library.record(
    texts.map((text) => ({ type: 'pattern', origin: 'added', text, provenance: [] })),
  );
  return texts.map(({ id }) => found(library, id));
}

/**
 * Changes what people read of a pattern; what it was stays on record as a version. Other code makes
 * another pattern, which takes over the old one's ratings and is found under its id, unless own code
 * still holds the old one.
 *
 * @param code the text that replaces the pattern's, if it is to change
 */
export async function editPattern(
  library: Library,
  id: string,
  { edit, code }: { readonly edit: PatternEdit; readonly code: RecordedText | undefined },
): Promise<Pattern> {
  const pattern = inForce(library, id);
  const events: EventBody[] = [];
  let target = pattern.id;
  if (code === undefined || ('code' in pattern && code.code === pattern.code)) {
    events.push(...keepText(pattern));
  } else {
    refuseForgotten(library, code.id);
    target = code.id;
    const { name, description, tags } = pattern;
    const text = { ...code, name, description, tags };
    events.push({ type: 'pattern', origin: 'added', text, provenance: [] });
    // Other names in the same code leave its id as it is.
    if (target !== pattern.id) events.push({ type: 'succession', from: pattern.id, to: target });
  }
  const fields = editedFields(edit);
  if (fields !== undefined) events.push({ type: 'edit', pattern: target, ...fields });
  await recordKeepingVersions(library, [pattern.id], events);
  return found(library, target);
}

function editedFields({
  name,
  description,
  tags,
}: PatternEdit): Omit<EditEvent, 'type' | 'pattern'> | undefined {
  if (name === undefined && description === undefined && tags === undefined) return undefined;
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description }),
    ...(tags !== undefined && { tags: [...new Set(tags)].sort() }),
  };
}

/** See `CurateApi.dismiss`. */
export async function dismissDeviation(library: Library, id: string, mark: string): Promise<void> {
  const { id: pattern } = inForce(library, id);
  await library.record([{ type: 'dismiss', pattern, mark }]);
}

/** Rates a pattern for one person, session and task, or takes that back. Resolves when durable. */
export async function ratePattern(
  library: Library,
  id: string,
  { rating, session, task }: RatingContext & { readonly rating: Rating | undefined },
): Promise<PatternStatistics> {
  const pattern = inForce(library, id);
  const by = await library.introduce();
  const version = library.versions.names([pattern.id]).get(pattern.id);
  await library.record([
    ...(pattern.ratingCount === 0 ? keepText(pattern) : []),
    {
      type: 'rating',
      pattern: pattern.id,
      rating: rating ?? null,
      session: session ?? null,
      task: task ?? null,
      by,
      ...(version !== undefined && { version }),
    },
  ]);
  const { ratingCount, successCount, avgRating, successRate } = found(library, pattern.id);
  return { id: pattern.id, ratingCount, successCount, avgRating, successRate };
}

/**
 * Forgets a pattern with its variants, a project, or what waits of a pack. A purge of a pack takes
 * what was forgotten of it before as well. A purge of one pattern also takes every other one whose
 * text holds the purged text, such as the class around a method, or it would stay on disk there, and
 * what the pattern was before.
 *
 * @returns ids of the patterns that were forgotten
 * @throws AppError `pattern-not-found`, `project-not-found`, `bad-argument` for a name of several
 */
export async function forgetPatterns(
  library: Library,
  target: ForgetTarget,
  purge: boolean,
): Promise<readonly PatternId[]> {
  if ('project' in target) {
    const project = projectKey(library, target.project, 'there');
    const before = liveIds(library, project);
    await library.record([{ type: 'forget', subject: { project }, purge }]);
    return before.filter((id) => library.patterns.byId(id)?.state !== 'live');
  }
  if ('pack' in target) {
    const ids = [
      ...library.patterns.idsOfPack(target.pack, 'quarantined'),
      ...(purge ? library.patterns.idsOfPack(target.pack, 'forgotten') : []),
    ];
    await library.record(ids.map((id) => toForget(id, purge)));
    return ids;
  }
  const known = library.patterns.byId(target.pattern);
  if (known === undefined && purge && library.patterns.isForgotten(target.pattern)) {
    // Its text is gone from the view, and a purge that was pending is tried again.
    return [target.pattern];
  }
  const pattern = found(library, target.pattern);
  const ids = new Set([pattern.id, ...pattern.variants]);
  if (purge) {
    const former = new Set(library.versions.line(pattern.id));
    for (const { id } of library.patterns.inState('retired')) if (former.has(id)) ids.add(id);
    for (const id of holdersOf(library, pattern)) ids.add(id);
  }
  await library.record([
    ...[...ids].map((id) => toForget(id, purge)),
    ...(purge ? withdrawals(library, pattern) : []),
  ]);
  return [...ids];
}

/**
 * Undoes a forget.
 *
 * @returns ids of the patterns that are back
 * @throws AppError `pattern-not-found`, `project-not-found`
 */
export async function restorePatterns(
  library: Library,
  target: RestoreTarget,
): Promise<readonly PatternId[]> {
  if ('project' in target) {
    const project = projectKey(library, target.project, 'forgotten');
    const before = new Set(liveIds(library, project));
    await library.record([{ type: 'restore', subject: { project } }]);
    return liveIds(library, project).filter((id) => !before.has(id));
  }
  const ids = forgottenIds(library, target);
  await library.record(ids.map((pattern) => ({ type: 'restore', subject: { pattern } })));
  return ids;
}

function forgottenIds(
  library: Library,
  target: Exclude<RestoreTarget, { project: string }>,
): readonly PatternId[] {
  if ('pack' in target) return library.patterns.idsOfPack(target.pack, 'forgotten');
  const ids = 'patterns' in target ? target.patterns : [target.pattern];
  // Of a purged pattern nothing but its id is left.
  return ids.map((id) => (library.patterns.isForgotten(id) ? id : found(library, id).id));
}

/**
 * Takes imported patterns out of quarantine.
 *
 * @returns ids of those that were in it
 * @throws AppError `pattern-not-found`
 */
export async function acceptPatterns(
  library: Library,
  target: AcceptTarget,
): Promise<readonly PatternId[]> {
  const ids =
    'pack' in target
      ? library.patterns.idsOfPack(target.pack, 'quarantined')
      : [found(library, target.pattern)]
          .filter(({ state }) => state === 'quarantined')
          .map(({ id }) => id);
  await library.record(ids.map((pattern) => ({ type: 'accept', pattern })));
  return ids;
}

function toForget(pattern: PatternId, purge: boolean): EventBody {
  return { type: 'forget', subject: { pattern }, purge };
}

function liveIds(library: Library, project: string): PatternId[] {
  return library.patterns
    .list({ project: { any: [project] } }, Number.POSITIVE_INFINITY)
    .patterns.map(({ id }) => id);
}

/** What makes text outlive its source; added and imported text has none, and stays in quarantine. */
function keepText(pattern: Pattern): EventBody[] {
  const hasSource = pattern.source === 'code' || pattern.source === 'history';
  return hasSource ? [toKeptEvent(pattern)] : [];
}

function holdersOf(library: Library, purged: Pattern): PatternId[] {
  const texts = textsOf(purged);
  const everything = [
    ...library.patterns.list({}, Number.POSITIVE_INFINITY).patterns,
    ...(['retired', 'quarantined', 'forgotten'] as const).flatMap((state) =>
      library.patterns.inState(state),
    ),
  ];
  return everything
    .filter((pattern) => textsOf(pattern).some((held) => texts.some((text) => holds(held, text))))
    .map(({ id }) => id);
}

/** Takes back what it was before, and what others were while they held its text. */
function withdrawals(library: Library, purged: Pattern): EventBody[] {
  const texts = textsOf(purged);
  const line = new Set(library.versions.line(purged.id));
  const isGoing = ({ pattern, code, before }: StandingVersion): boolean =>
    line.has(pattern) ||
    withoutIndentation([code, before ?? '']).some((held) =>
      texts.some((text) => holds(held, text)),
    );
  return [...library.versions.recorded()]
    .filter(isGoing)
    .map(({ pattern, version, since, projects }) => ({
      ...{ type: 'version', pattern, version, since, projects },
      ...{ name: '', description: '', tags: [], code: '', withdrawn: true },
    }));
}

/** A single line must be one of the other text's: a word such as `return` stands in nearly all. */
function holds(text: string, purged: string): boolean {
  return purged.includes('\n') ? text.includes(purged) : text.split('\n').includes(purged);
}

function textsOf(pattern: Pattern): readonly string[] {
  return withoutIndentation('after' in pattern ? [pattern.before, pattern.after] : [pattern.code]);
}

/** Because the same lines stand deeper inside a class. */
function withoutIndentation(texts: readonly string[]): readonly string[] {
  return texts.map((text) => text.replace(/^\s+/gm, '').trim()).filter((text) => text !== '');
}

/**
 * The project that somebody named; of several of one name the only one that can be forgotten, or the
 * only one that can come back.
 *
 * @throws AppError `project-not-found`, `bad-argument` for a name that several of them have
 */
function projectKey(library: Library, name: string, wanted: 'there' | 'forgotten'): ProjectKey {
  const meant = library.projects.meantBy(name);
  const fitting = meant.filter(({ isForgotten }) => isForgotten === (wanted === 'forgotten'));
  const project = onlyOne(name, fitting.length > 0 ? fitting : meant);
  if (project !== undefined) return project.key;
  throw projectNotFound(name, library.projects.titles());
}

/** @throws AppError `pattern-not-found` */
export function found(library: Library, id: string): Pattern {
  const pattern = library.patterns.byId(id);
  if (pattern === undefined) {
    throw new AppError('pattern-not-found', localized`there is no pattern ${id}`);
  }
  return pattern;
}

/**
 * A pattern that is not forgotten.
 *
 * @throws AppError `pattern-not-found`, `pattern-forgotten`, also for one that was purged
 */
export function inForce(library: Library, id: string): Pattern {
  refuseForgotten(library, id);
  const pattern = found(library, id);
  if (pattern.state === 'forgotten') throw forgotten(id);
  return pattern;
}

/** Also of what was purged, of which nothing but the id is known. */
function refuseForgotten(library: Library, id: PatternId): void {
  if (library.patterns.isForgotten(id)) throw forgotten(id);
}

function forgotten(id: string): AppError {
  return new AppError('pattern-forgotten', localized`pattern ${id} was forgotten`);
}
