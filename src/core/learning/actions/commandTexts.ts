import { posix } from 'node:path';
import { changesOf, editsInPlace } from '../../platform/shell/fileChanges.ts';
import { heredocsOf } from '../../platform/shell/heredocs.ts';
import { joinedFolder, placedParts, plainFolder } from '../../platform/shell/placedParts.ts';
import { handedPatches, programWrites } from '../../platform/shell/programWrites.ts';
import { redirectedTo, shellWords } from '../../platform/text/shellCommand.ts';

/** A change of a file, as a session made it. */
export interface MadeEdit {
  readonly did: 'edit';
  readonly path: string;
  /** Empty where the file was written as a whole. */
  readonly before: string;
  readonly after: string;
}

export interface Moved {
  readonly did: 'move';
  readonly from: string;
  readonly to: string;
  readonly isCopy: boolean;
}

/** What becomes of files; paths are seen from the folder of the session, `.` is all of it. */
export type Change =
  | MadeEdit
  | Moved
  | { readonly did: 'remove' | 'take back'; readonly path: string }
  /** Changed in a way that is not known; `lost` went, and nothing else did, where that is told. */
  | { readonly did: 'touch'; readonly path: string; readonly lost: string | undefined }
  /** A patch in a file is applied. */
  | { readonly did: 'patch'; readonly path: string }
  | { readonly did: 'commit' | 'put away' | 'bring back' };

interface Places {
  /** Folder the command began in. */
  readonly start: string;
  /** That of the session. */
  readonly folder: string;
}

/** What a command did with files, in order. */
export function changesInCommand(
  command: string,
  { start, folder }: Places,
  editsOfPatch: (patch: string) => readonly MadeEdit[],
): readonly Change[] {
  const heredocs = [...heredocsOf(command)];
  let sent: string | undefined;
  const placed = placedParts(command, posix.resolve('/', start));
  const byParts = placed.flatMap(({ text, folder: inside }): readonly Change[] => {
    const words = shellWords(text);
    const program = words[0]?.text ?? '';
    const isHanded = words.some((word) => word.isRedirection && word.text.startsWith('<<'));
    if (isHanded) sent = heredocs.shift()?.text;
    // Where it ran cannot be told, nor what it changed.
    if (inside === undefined) return [];
    const toPath = (path: string): string => pathFrom(path, inside, folder);
    const over = overwritten(text).map(toPath);
    const told = /^(?:cat|tee)$/.test(program) ? sent : undefined;
    // What `cat` sends nowhere may go on to `tee`.
    if (program !== 'cat' || over.length > 0) sent = undefined;
    return [
      ...movedBy(text).map((one) => ({ ...one, from: toPath(one.from), to: toPath(one.to) })),
      ...changedBy(text).flatMap((one): readonly Change[] => {
        if ('path' in one) return [{ ...one, path: toPath(one.path) }];
        // What another repository commits or puts away is nothing of this one.
        return posix.isAbsolute(toPath('.')) ? [] : [one];
      }),
      ...over.map((path): Change =>
        told === undefined
          ? { did: 'remove', path }
          : { did: 'edit', path, before: '', after: told },
      ),
    ];
  });
  const runs = placed.findLast(({ text }) => TAKES_TEXT.test(text)) ?? placed.at(-1);
  const inside = runs === undefined ? start : runs.folder;
  if (inside === undefined) return byParts;
  const patched = handedPatches(command).flatMap(editsOfPatch);
  const patchedPaths = new Set(patched.map(({ path }) => path));
  const touched = programWrites(command).filter((path) => !patchedPaths.has(path));
  return [
    ...byParts,
    ...touched.map((path): Change => ({
      did: 'touch',
      path: pathFrom(path, inside, folder),
      lost: undefined,
    })),
    ...patched.map((edit) => ({ ...edit, path: pathFrom(edit.path, inside, folder) })),
  ];
}

/** It is handed a text, or given one as an argument. */
const TAKES_TEXT = /<<|\s-(?:c|e|-eval)\s/;

function pathFrom(path: string, inside: string, folder: string): string {
  const root = posix.resolve('/', plainFolder(folder));
  const whole = posix.resolve('/', joinedFolder(inside, path) ?? path);
  const told = posix.relative(root, whole);
  return told.startsWith('..') ? whole : told || '.';
}

/** Files that a program writes anew as a whole. */
function overwritten(text: string): readonly string[] {
  const words = shellWords(text);
  const sentTo = redirectedTo(words).flatMap(({ path, isAppended }) => (isAppended ? [] : [path]));
  const isWriting = /^tee(?! (?:-\w{0,5}a|--append)) /.test(text);
  return isWriting ? [...sentTo, ...changesOf(text).map(({ path }) => path)] : sentTo;
}

const MOVES = /^(?:git )?(?:mv|cp) (?:-\S{1,20} )*/;

function movedBy(text: string): readonly Moved[] {
  if (!MOVES.test(text)) return [];
  const isCopy = text.startsWith('cp ');
  const paths = shellWords(text.replace(MOVES, '')).map((word) => word.text);
  const to = paths.at(-1) ?? '';
  return paths.slice(0, -1).map((from) => ({ did: 'move', from, to, isCopy }));
}

const STASHES = /^git (?:-\S{1,200} ){0,4}stash(?: (?:push|save|-).{0,200})?$/s;
const UNSTASHES = /^git (?:-\S{1,200} ){0,4}stash (?:pop|apply)\b/;
const COMMITS = /^git (?:-\S{1,200} ){0,4}commit\b(?!.{0,200}--dry-run)/;
/** A revision that is named may be any. */
const GOES_FURTHER_BACK =
  /^git (?:reset .{0,100}(?:~|\^|\b[0-9a-f]{7,40}\b|origin\/)|checkout [^-\s]\S{0,100} -- |restore .{0,100}(?:-s|--source))/;
const APPLIES =
  /^(?:git apply (?!.{0,200}(?:-R|--reverse|--check|--stat))|patch (?!.{0,200}(?:-R|--reverse|--dry-run)))/;

function changedBy(text: string): readonly Change[] {
  if (MOVES.test(text)) return [];
  if (STASHES.test(text)) return [{ did: 'put away' }];
  if (UNSTASHES.test(text)) return [{ did: 'bring back' }];
  if (COMMITS.test(text)) return [{ did: 'commit' }];
  const words = shellWords(text);
  const [program = '', ...given] = words.map((word) => word.text);
  if (APPLIES.test(text) && !text.includes('<<')) return appliedFiles(given);
  const isInPlace = editsInPlace(program, given);
  return changesOf(text).flatMap(({ path, how }): readonly Change[] => {
    if (how === 'removed') return [{ did: 'remove', path }];
    if (how === 'taken back') {
      return [{ did: GOES_FURTHER_BACK.test(text) ? 'remove' : 'take back', path }];
    }
    return isInPlace ? [{ did: 'touch', path, lost: substituted(given) }] : [];
  });
}

/** `git apply fix.diff`, `patch -p1 < fix.diff`: the last word that is no option. */
function appliedFiles(words: readonly string[]): readonly Change[] {
  const path = words.findLast((word) => !word.startsWith('-') && word !== '<');
  return path === undefined ? [] : [{ did: 'patch', path }];
}

const PLAIN = /^s([/|#,@])([\w \-"'=:;<>!%&`~]{3,200})\1/;

/** The plain text that the only expression of `sed` or `perl` replaces; `undefined` where that is no plain text. */
function substituted(words: readonly string[]): string | undefined {
  const forms = words.flatMap((word) => PLAIN.exec(word)?.[2] ?? []);
  const expressions = words.filter((word) => /^\S{0,40}[/|#,@].{0,400}[/|#,@]\w{0,3}/s.test(word));
  return forms.length === 1 && expressions.length <= 2 ? forms[0] : undefined;
}
