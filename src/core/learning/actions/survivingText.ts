import { posix } from 'node:path';
import type { Session } from '../../model/sessions/session.ts';
import { redirectedTo, shellWords, splitCommand } from '../../platform/text/shellCommand.ts';
import { changesOf } from '../../platform/shell/fileChanges.ts';
import { heredocsOf, withoutHeredocs } from '../../platform/shell/heredocs.ts';
import { withoutFolder } from './actions.ts';

/** A change of a file, as a session made it. */
export interface MadeEdit {
  readonly path: string;
  /** Empty where the file was written as a whole. */
  readonly before: string;
  readonly after: string;
}

export interface Survived {
  /** What is left of all that was written, in pieces: a file that was only edited is not known as a whole. */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  /** Changes that replaced something, and that nothing replaced afterwards. */
  readonly edits: readonly MadeEdit[];
}

/**
 * What a session wrote and left as it was in the end, as far as its log tells: not what it wrote over,
 * removed, or took back.
 */
export function survivingText(session: Session): Survived {
  const files = new Map<string, string[]>();
  const edits: MadeEdit[] = [];
  for (const change of changesIn(session)) {
    if ('gone' in change) forget(files, change.gone);
    else if ('from' in change) move(files, change);
    else {
      apply(files, change);
      edits.push(change);
    }
  }
  return {
    texts: [...files].flatMap(([path, pieces]) => pieces.map((text) => ({ path, text }))),
    edits: edits.filter(
      ({ path, before, after }) =>
        before !== '' &&
        after !== '' &&
        files.get(path)?.some((piece) => piece.includes(after)) === true,
    ),
  };
}

function forget(files: Map<string, string[]>, gone: string): void {
  for (const path of files.keys()) {
    if (gone === '.' || path === gone || path.startsWith(`${gone}/`)) files.delete(path);
  }
}

function move(files: Map<string, string[]>, { from, to }: Moved): void {
  const isFolder = [...files.keys()].some((path) => to === '.' || path.startsWith(`${to}/`));
  const target = isFolder ? posix.join(to, posix.basename(from)) : to;
  for (const [path, pieces] of [...files]) {
    if (path !== from && !path.startsWith(`${from}/`)) continue;
    files.delete(path);
    // What is put elsewhere is no longer in the project.
    if (!/^(?:\/|\.\.(?:\/|$))/.test(target)) files.set(target + path.slice(from.length), pieces);
  }
}

function apply(files: Map<string, string[]>, { path, before, after }: MadeEdit): void {
  const pieces = before === '' ? [] : (files.get(path) ?? []);
  const isWithin = pieces.some((piece) => before !== '' && piece.includes(before));
  const first = pieces.findIndex((piece) => piece.includes(before));
  const now = isWithin
    ? pieces.map((piece, at) => (at === first ? piece.replace(before, () => after) : piece))
    : [...pieces.filter((piece) => !before.includes(piece)), after];
  files.set(
    path,
    now.filter((piece) => piece !== ''),
  );
}

interface Moved {
  readonly from: string;
  readonly to: string;
}

type Change = MadeEdit | Moved | { readonly gone: string };

function changesIn({ steps, folder }: Session): readonly Change[] {
  return steps.flatMap(({ toolCalls }) =>
    toolCalls.flatMap(({ edits, command = '', observation }) => {
      if (observation === undefined || observation.error !== undefined) return [];
      const made = edits.flatMap(({ path, text }) =>
        text === undefined ? [] : [{ path: withoutFolder(path, folder), ...text }],
      );
      return [...made, ...changesBy(command, folder)];
    }),
  );
}

/** What a command did with files, by their paths from the folder of the session. */
function changesBy(command: string, folder = ''): readonly Change[] {
  const heredocs = [...heredocsOf(command)];
  let inside = folder;
  let sent: string | undefined;
  return splitCommand(withoutHeredocs(command)).flatMap(({ text }) => {
    const words = shellWords(text);
    const [program = '', ...given] = words.map((word) => word.text);
    const isHanded = words.some((word) => word.isRedirection && word.text.startsWith('<<'));
    if (isHanded) sent = heredocs.shift()?.text;
    const from = inside;
    if (program === 'cd') inside = posix.resolve('/', inside, given[0] ?? '');
    const toPath = (path: string): string => pathFrom(path, { inside: from, folder });
    const over = overwritten(text).map(toPath);
    const told = /^(?:cat|tee)$/.test(program) ? sent : undefined;
    // What `cat` sends nowhere may go on to `tee`.
    if (program !== 'cat' || over.length > 0) sent = undefined;
    return [
      ...movedBy(text).map((one) => ({ from: toPath(one.from), to: toPath(one.to) })),
      ...goneBy(text).map((path) => ({ gone: toPath(path) })),
      ...over.map((path) =>
        told === undefined ? { gone: path } : { path, before: '', after: told },
      ),
    ];
  });
}

function pathFrom(
  path: string,
  { inside, folder }: { readonly inside: string; readonly folder: string },
): string {
  const whole = posix.resolve('/', folder, inside, path);
  return posix.relative(posix.resolve('/', folder), whole).startsWith('..')
    ? whole
    : posix.relative(posix.resolve('/', folder), whole) || '.';
}

/** Files that a program writes anew as a whole. */
function overwritten(text: string): readonly string[] {
  const words = shellWords(text);
  const sentTo = redirectedTo(words).flatMap(({ path, isAppended }) => (isAppended ? [] : [path]));
  const isWriting = /^(?:tee(?! (?:-\w{0,5}a|--append))|cp) /.test(text);
  return isWriting ? [...sentTo, ...changesOf(text).map(({ path }) => path)] : sentTo;
}

const MOVES = /^(?:git )?mv (?:-\S{1,20} )*/;

function movedBy(text: string): readonly Moved[] {
  if (!MOVES.test(text)) return [];
  const paths = shellWords(text.replace(MOVES, '')).map((word) => word.text);
  const to = paths.at(-1) ?? '';
  return paths.slice(0, -1).map((from) => ({ from, to }));
}

function goneBy(text: string): readonly string[] {
  if (MOVES.test(text)) return [];
  return changesOf(text).flatMap(({ path, how }) =>
    how === 'removed' || how === 'taken back' ? [path] : [],
  );
}
