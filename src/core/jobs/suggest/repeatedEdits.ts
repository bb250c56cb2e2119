import type { PlacesRequest } from '../../model/api/suggest.ts';
import type { SourceFile } from '../../model/code.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { RepeatedEdit, Replacement, TokenFile } from '../../model/suggestions/edit.ts';
import {
  ASKED,
  placesIn,
  soughtEdit,
  UNASKED,
  weightOf,
  type SoughtEdit,
} from '../../suggestions/edits/otherPlaces.ts';
import { replacementsIn } from '../../suggestions/edits/replacements.ts';
import type { ChangedVersion } from './changedVersions.ts';
import type { ProjectCode } from './projectCode.ts';

/** Of one request; a file that was changed through and through asks for nothing in particular. */
const MOST_EDITS = 20;

interface ScreenedEdit extends SoughtEdit {
  /** Places that it would spoil are none. */
  readonly mustBeSound: boolean;
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
  const old = await code.tokens({ path, text: before });
  const fresh = await code.tokens({ path, text: after });
  if (old === undefined || fresh === undefined) return [];
  // What the change itself did where it was made is meant.
  const mustBeSound = await code.isAsSound(old, fresh);
  return replaced
    .flatMap((one) => soughtEdit(one, { before: old, after: fresh }, bounds) ?? [])
    .filter(({ template }) => template.parts.length >= bounds.minTokens)
    .map((edit) => ({ ...edit, mustBeSound }));
}

async function placesOf(
  code: ProjectCode,
  sought: readonly ScreenedEdit[],
  isAsked: boolean,
  pause: () => Promise<void>,
): Promise<readonly RepeatedEdit[]> {
  if (sought.length === 0) return [];
  const { files, holding, candidates } = await survey(code, sought, pause);
  const known = new Map<SourceFile, TokenFile | undefined>();
  const bounds = isAsked ? ASKED : UNASKED;
  const found: RepeatedEdit[] = [];
  for (const edit of sought) {
    const counted = Math.max(files, bounds.leastFiles);
    const weight = weightOf(edit.template, counted, (text) => holding.get(text) ?? 0);
    if (weight < bounds.minWeight) continue;
    const places: RepeatedEdit['places'][number][] = [];
    for (const file of candidates.get(edit) ?? []) {
      if (places.length > bounds.mostPlaces) break;
      if (!known.has(file)) known.set(file, await code.tokens(file));
      const tokens = known.get(file);
      if (tokens !== undefined) places.push(...(await soundPlacesIn(code, tokens, edit)));
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
    found.push({ id, made, places });
  }
  return found;
}

async function soundPlacesIn(
  code: ProjectCode,
  file: TokenFile,
  edit: ScreenedEdit,
): Promise<RepeatedEdit['places']> {
  const places = placesIn(file, edit);
  return edit.mustBeSound ? code.soundPlaces(file, places) : places;
}

interface Survey {
  readonly files: number;
  /** Files that hold a fixed text of any edit. */
  readonly holding: ReadonlyMap<string, number>;
  /** Files that hold all fixed texts of an edit. */
  readonly candidates: ReadonlyMap<SoughtEdit, readonly SourceFile[]>;
}

/** Reads all files once, for what can be told without parsing them. */
async function survey(
  code: ProjectCode,
  sought: readonly ScreenedEdit[],
  pause: () => Promise<void>,
): Promise<Survey> {
  const texts = new Set(sought.flatMap(({ template }) => [...template.fixed]));
  const holding = new Map<string, number>();
  const candidates = new Map(sought.map((edit) => [edit, [] as SourceFile[]]));
  let files = 0;
  for await (const file of code.texts()) {
    files += 1;
    const held = new Set([...texts].filter((text) => file.text.includes(text)));
    for (const text of held) holding.set(text, (holding.get(text) ?? 0) + 1);
    for (const [edit, list] of candidates) {
      if ([...edit.template.fixed].every((text) => held.has(text))) list.push(file);
    }
    await pause();
  }
  return { files, holding, candidates };
}
