import type { PlacesRequest } from '../../model/api/suggest.ts';
import type { SourceFile } from '../../model/code.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import type { EditPlace, RepeatedEdit, Replacement } from '../../model/suggestions/edit.ts';
import {
  ASKED,
  placesIn,
  soughtEdit,
  UNASKED,
  weightOf,
  type SoughtEdit,
} from '../../suggestions/edits/otherPlaces.ts';
import { replacementsIn } from '../../suggestions/edits/replacements.ts';
import {
  functionChange,
  twinsIn,
  type FunctionChange,
  type TwinFunction,
} from '../../suggestions/edits/twinPlaces.ts';
import { isFallback, isOfAnotherVariant } from '../../suggestions/edits/variants.ts';
import { isAsSound, type ReadCode } from '../soundChange.ts';
import type { ChangedVersion } from './changedVersions.ts';
import type { ProjectCode } from './projectCode.ts';

/** Of one request; a file that was changed through and through asks for nothing in particular. */
const MOST_EDITS = 20;

interface ScreenedEdit extends SoughtEdit {
  /** Places that it would spoil are none. */
  readonly mustBeSound: boolean;
  /** `undefined` where it was not made within one function. */
  readonly change: FunctionChange | undefined;
}

/** Finds the other places of the replacements a request is about. */
export async function findRepeated(
  code: ProjectCode,
  request: PlacesRequest,
  pause: () => Promise<void>,
): Promise<readonly RepeatedEdit[]> {
  const versions = await versionsOf(code, request);
  const sought: ScreenedEdit[] = [];
  for (const version of versions) sought.push(...(await soughtIn(code, version, request)));
  const edits = await placesOf(code, sought.slice(0, MOST_EDITS), request.isAsked, pause);
  if (request.source.kind !== 'change') return edits;
  const path = code.pathOf(request.file);
  const now = path === undefined ? undefined : await code.textOf(path);
  return edits.map((edit) => ({ ...edit, made: { ...edit.made, line: lineOf(now, edit.made) } }));
}

/** Of code whose versions came without the rest of their file, and without its indentation. */
function lineOf(now: string | undefined, { after }: Replacement): number | null {
  const wanted = after.split('\n').map((line) => line.trim());
  const lines = now?.split('\n').map((line) => line.trim()) ?? [];
  const at = lines.findIndex((_, first) =>
    wanted.every((line, add) => lines[first + add] === line),
  );
  return at === -1 ? null : at;
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
): Promise<readonly ScreenedEdit[]> {
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
    return edit === undefined ? [] : [{ ...edit, change, mustBeSound }];
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
  const { files, holding, candidates } = await survey(code, sought, { isAsked, pause });
  const counted = Math.max(files, bounds.leastFiles);
  const known = new Map<SourceFile, ReadCode>();
  const found: RepeatedEdit[] = [];
  for (const edit of sought) {
    const weight = weightOf(edit.template, counted, (text) => holding.get(text) ?? 0);
    const isTelling = weight >= bounds.minWeight && edit.template.parts.length >= bounds.minTokens;
    const { byTemplate, byTwin } = candidates.get(edit) ?? { byTemplate: [], byTwin: [] };
    const places: EditPlace[] = [];
    for (const file of new Set([...(isTelling ? byTemplate : []), ...byTwin])) {
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

function byPlace(one: EditPlace, other: EditPlace): number {
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
  const places = likePlaces(file, edit, asked).filter(
    (place) => !isOfAnotherVariant(made, file, place) && !isFallback(file, place),
  );
  return mustBeSound ? code.soundPlaces(file, places) : places;
}

/** In a twin of the changed function the change is made as the twin calls things, or not at all. */
function likePlaces(
  file: ReadCode,
  edit: ScreenedEdit,
  { isTelling, isAsked }: Asked,
): readonly EditPlace[] {
  const alike = isTelling ? placesIn(file, edit) : [];
  if (edit.change === undefined || (!isAsked && alike.length === 0)) return alike;
  const twins = twinsIn(file, edit.change);
  const isIn = ({ startLine }: EditPlace, twin: TwinFunction): boolean =>
    startLine >= twin.startLine && startLine < twin.endLine;
  const renamed = twins.flatMap((twin) => {
    const isMeant = isAsked || alike.some((place) => isIn(place, twin));
    return twin.place === undefined || !isMeant ? [] : [twin.place];
  });
  return [...alike.filter((place) => !twins.some((twin) => isIn(place, twin))), ...renamed];
}

interface Candidates {
  /** Files that hold all fixed texts of an edit. */
  readonly byTemplate: readonly SourceFile[];
  /** Files that hold most names of the function it was made in, those with most of them first. */
  readonly byTwin: readonly SourceFile[];
}

interface Survey {
  readonly files: number;
  /** Files that hold a fixed text of any edit. */
  readonly holding: ReadonlyMap<string, number>;
  readonly candidates: ReadonlyMap<SoughtEdit, Candidates>;
}

/** A twin shares at least so much of the names of a function with it. */
const LEAST_SHARED_NAMES = 0.4;
/** That are read for twins. */
const MOST_TWIN_FILES = 40;
const NAMES = /[\p{L}_$][\p{L}\p{N}_$]*/gu;

/** Reads all files once, for what can be told without parsing them. */
async function survey(
  code: ProjectCode,
  sought: readonly ScreenedEdit[],
  { isAsked, pause }: { readonly isAsked: boolean; readonly pause: () => Promise<void> },
): Promise<Survey> {
  const texts = new Set(sought.flatMap(({ template }) => [...template.fixed]));
  const functions = isAsked ? namesOfFunctions(sought) : new Map<ScreenedEdit, Set<string>>();
  const holding = new Map<string, number>();
  const byTemplate = new Map(sought.map((edit) => [edit, [] as SourceFile[]]));
  const shares = new Map(sought.map((edit) => [edit, [] as SharingFile[]]));
  let files = 0;
  for await (const file of code.texts()) {
    files += 1;
    const held = new Set([...texts].filter((text) => file.text.includes(text)));
    for (const text of held) holding.set(text, (holding.get(text) ?? 0) + 1);
    for (const [edit, list] of byTemplate) {
      const isHeld = [...edit.template.fixed].every((text) => held.has(text));
      if (isHeld && edit.template.parts.length > 0) list.push(file);
    }
    const names = functions.size === 0 ? undefined : new Set(file.text.match(NAMES));
    for (const [edit, wanted] of names === undefined ? [] : functions) {
      if (languageOf(file.path) !== languageOf(edit.after.path)) continue;
      const share = [...wanted].filter((name) => names?.has(name)).length / wanted.size;
      if (share >= LEAST_SHARED_NAMES) shares.get(edit)?.push({ file, share });
    }
    await pause();
  }
  const candidates = new Map(
    sought.map((edit) => {
      const most = (shares.get(edit) ?? []).sort((a, b) => b.share - a.share);
      const byTwin = most.slice(0, MOST_TWIN_FILES).map(({ file }) => file);
      return [edit, { byTwin, byTemplate: byTemplate.get(edit) ?? [] }];
    }),
  );
  return { files, holding, candidates };
}

interface SharingFile {
  readonly file: SourceFile;
  readonly share: number;
}

function namesOfFunctions(
  sought: readonly ScreenedEdit[],
): ReadonlyMap<ScreenedEdit, ReadonlySet<string>> {
  return new Map(
    sought.flatMap((edit) => {
      const words = edit.change?.function.tokens.filter(({ kind }) => kind === 'word') ?? [];
      return words.length === 0 ? [] : [[edit, new Set(words.map(({ text }) => text))] as const];
    }),
  );
}
