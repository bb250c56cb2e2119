import type { PlacesRequest } from '../../model/api/suggest.ts';
import type { SourceFile } from '../../model/code.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import type { EditPlace, RepeatedEdit, Replacement } from '../../model/suggestions/edit.ts';
import {
  ASKED,
  placesIn,
  soughtEdit,
  UNASKED,
  weightOf,
} from '../../suggestions/edits/otherPlaces.ts';
import { functionsAt, leavesTooEarly } from '../../suggestions/edits/fitting.ts';
import { replacementsIn } from '../../suggestions/edits/replacements.ts';
import {
  functionChange,
  twinPlacesIn,
  type TwinPlace,
} from '../../suggestions/edits/twinPlaces.ts';
import { isFallback, isOfAnotherVariant } from '../../suggestions/edits/variants.ts';
import { isAsSound, type ReadCode } from '../soundChange.ts';
import type { ChangedVersion } from './changedVersions.ts';
import { areNamed, survey, type PlacedEdit } from './editSurvey.ts';
import type { ProjectCode } from './projectCode.ts';

/** Of one request; a file that was changed through and through asks for nothing in particular. */
const MOST_EDITS = 20;

interface ScreenedEdit extends PlacedEdit {
  /** Places that it would spoil are none. */
  readonly mustBeSound: boolean;
  /** Functions that its lines have a part of, more than before. */
  readonly moreFunctions: number;
  /** Whether places in tests are told. */
  readonly withTests: boolean;
}

/** Finds the other places of the replacements a request is about. */
export async function findRepeated(
  code: ProjectCode,
  request: PlacesRequest,
  pause: () => Promise<void>,
): Promise<readonly RepeatedEdit[]> {
  const versions = await versionsOf(code, request);
  const sought: ScreenedEdit[] = [];
  // A commit's tests were changed along with its code: that asks for no more of them.
  const isOfTests = versions.every(({ path }) => isTestPath(path));
  const withTests = isOfTests || request.source.kind !== 'commit';
  for (const version of versions.toSorted(testsLast)) {
    const edits = await soughtIn(code, version, request);
    sought.push(
      ...edits.map((edit) => ({ ...edit, withTests: withTests || !isTestPath(version.path) })),
    );
  }
  const edits = await placesOf(code, sought.slice(0, MOST_EDITS), request.isAsked, pause);
  if (request.source.kind === 'file') return edits;
  return Promise.all(
    edits.map(async ({ made, ...edit }) => {
      const line = lineOf(await code.textOf(made.path), made);
      return { ...edit, made: { ...made, line } };
    }),
  );
}

/**
 * Where the lines of an older version stand now, those nearest to where they stood; of a fix, whose
 * versions come without the rest of their file, also with another indentation.
 */
function lineOf(now: string | undefined, { after, line: stood }: Replacement): number | null {
  const wanted = after.split('\n').map((line) => line.trim());
  const lines = now?.split('\n').map((line) => line.trim()) ?? [];
  const found = [...lines.keys()].filter((first) =>
    wanted.every((line, add) => lines[first + add] === line),
  );
  const distance = (line: number): number => Math.abs(line - (stood ?? 0));
  return found.sort((a, b) => distance(a) - distance(b))[0] ?? null;
}

async function versionsOf(
  code: ProjectCode,
  { file, source, isAsked }: PlacesRequest,
): Promise<readonly ChangedVersion[]> {
  if (source.kind === 'commit') {
    const versions = await code.changedIn(source.commit);
    if (versions !== undefined) return versions;
    throw new AppError('bad-argument', localized`there is no commit ${source.commit}`);
  }
  const path = code.pathOf(file);
  if (source.kind === 'change') {
    return path === undefined ? [] : [{ path, before: source.before, after: source.after }];
  }
  if (path === undefined) {
    if (!isAsked) return [];
    throw new AppError('bad-argument', localized`${file} is no source file of this project`);
  }
  // Where it was changed it no longer looks as it did.
  await code.put(path, source.text);
  const before = await code.committed(path);
  if (before === undefined && isAsked) {
    throw new AppError('bad-argument', localized`git holds no former version of ${file}`);
  }
  return before === undefined || before === ''
    ? []
    : [{ path, before, after: source.text.replaceAll('\r\n', '\n') }];
}

async function soughtIn(
  code: ProjectCode,
  { path, before, after }: ChangedVersion,
  { source, isAsked }: PlacesRequest,
): Promise<readonly Omit<ScreenedEdit, 'withTests'>[]> {
  const lines = source.kind === 'file' ? source.lines : undefined;
  const bounds = isAsked ? ASKED : UNASKED;
  const replaced = replacementsIn(before, after, bounds).filter(
    (one) =>
      lines === undefined ||
      (one.afterLine <= lines.end && one.afterLine + one.after.length > lines.start),
  );
  if (replaced.length === 0) return [];
  const old = await code.read({ path, text: before });
  const fresh = await code.read({ path, text: after });
  if (old.tokens.length === 0 || fresh.tokens.length === 0) return [];
  // What the change itself did where it was made is meant.
  const mustBeSound = isAsSound(old, fresh);
  return replaced.flatMap((one) => {
    const edit = soughtEdit(one, { before: old, after: fresh }, bounds);
    const change = functionChange(old, fresh, one);
    const touched = functionsAt(old, one.beforeLine, one.before.length);
    const moreFunctions = functionsAt(fresh, one.afterLine, one.after.length) - touched;
    // Where one function was cut in two, or two became one, that is of these.
    if (touched > 0 && moreFunctions !== 0) return [];
    return edit === undefined ? [] : [{ ...edit, change, mustBeSound, moreFunctions }];
  });
}

async function placesOf(
  code: ProjectCode,
  sought: readonly ScreenedEdit[],
  isAsked: boolean,
  pause: () => Promise<void>,
): Promise<readonly RepeatedEdit[]> {
  if (sought.length === 0) return [];
  const bounds = isAsked ? ASKED : UNASKED;
  const { files, holding, candidates } = await survey(code.texts(), sought, {
    ...{ withTwins: isAsked, pause },
  });
  const counted = Math.max(files, bounds.leastFiles);
  const known = new Map<SourceFile, ReadCode>();
  const found: RepeatedEdit[] = [];
  for (const edit of sought) {
    const weight = weightOf(edit.template, counted, (text) => holding.get(text) ?? 0);
    const isTelling = weight >= bounds.minWeight && edit.template.parts.length >= bounds.minTokens;
    const { byTemplate, byTwin } = candidates.get(edit) ?? { byTemplate: [], byTwin: [] };
    const places: EditPlace[] = [];
    const all = new Set([...(isTelling ? byTemplate : []), ...byTwin]);
    for (const file of [...all].filter(({ path }) => edit.withTests || !isTestPath(path))) {
      if (places.length > bounds.mostPlaces) break;
      const read = known.get(file) ?? (await code.read(file));
      known.set(file, read);
      places.push(...(await soundPlacesIn(code, read, edit, { isTelling, isAsked })));
      await pause();
    }
    if (places.length === 0 || places.length > bounds.mostPlaces) continue;
    const { replaced, after, id } = edit;
    const made = {
      path: after.path,
      before: replaced.before.join('\n'),
      after: replaced.after.join('\n'),
      line: replaced.afterLine,
    };
    found.push({ id, made, places: places.sort(byPlace) });
  }
  return found;
}

type OfFile = Pick<EditPlace, 'path'>;

function testsLast(one: OfFile, other: OfFile): number {
  return Number(isTestPath(one.path)) - Number(isTestPath(other.path));
}

/** Those in tests last. */
function byPlace(one: EditPlace, other: EditPlace): number {
  const tests = testsLast(one, other);
  if (tests !== 0) return tests;
  if (one.path !== other.path) return one.path < other.path ? -1 : 1;
  return one.startLine - other.startLine;
}

interface Asked {
  /** The template tells by itself where the change belongs. */
  readonly isTelling: boolean;
  readonly isAsked: boolean;
}

async function soundPlacesIn(
  code: ProjectCode,
  file: ReadCode,
  edit: ScreenedEdit,
  asked: Asked,
): Promise<readonly EditPlace[]> {
  const { change, after, replaced, mustBeSound } = edit;
  const made = {
    ...{ path: after.path, before: replaced.before.join('\n'), function: change?.function },
  };
  const places = (await likePlaces(code, file, edit, asked)).filter(
    (place) =>
      !isOfAnotherVariant(made, file, place) &&
      !isFallback(file, place) &&
      !leavesTooEarly(file, place),
  );
  const fitting = edit.moreFunctions === 0 ? places : await asBeside(code, file, edit, places);
  return mustBeSound ? code.soundPlaces(file, fitting) : fitting;
}

/** Functions that a change puts beside others are not put into one. */
async function asBeside(
  code: ProjectCode,
  file: ReadCode,
  { moreFunctions }: ScreenedEdit,
  places: readonly EditPlace[],
): Promise<readonly EditPlace[]> {
  const lines = file.text.split('\n');
  const fitting: EditPlace[] = [];
  for (const place of places) {
    const { startLine, endLine, after } = place;
    const count = endLine - startLine;
    const text = lines.toSpliced(startLine, count, after).join('\n');
    const fresh = await code.read({ path: file.path, text });
    const more =
      functionsAt(fresh, startLine, after.split('\n').length) - functionsAt(file, startLine, count);
    if (more === moreFunctions) fitting.push(place);
  }
  return fitting;
}

/** In a twin of the changed function the change is made as the twin calls things, or not at all. */
async function likePlaces(
  code: ProjectCode,
  file: ReadCode,
  edit: ScreenedEdit,
  { isTelling, isAsked }: Asked,
): Promise<readonly EditPlace[]> {
  const alike = isTelling ? placesIn(file, edit) : [];
  if (edit.change === undefined || (!isAsked && alike.length === 0)) return alike;
  const twins = twinPlacesIn(file, edit.change);
  const isAt = (place: EditPlace, twin: TwinPlace): boolean =>
    place.startLine < twin.endLine && place.endLine > twin.startLine;
  const renamed: EditPlace[] = [];
  for (const twin of twins) {
    const isMeant = isAsked || alike.some((place) => isAt(place, twin));
    if (twin.place === undefined || !isMeant) continue;
    if (await areNamed(code.texts(), twin.coined)) renamed.push(twin.place);
  }
  return [...alike.filter((place) => !twins.some((twin) => isAt(place, twin))), ...renamed];
}
