import type { Session } from '../../model/sessions/session.ts';
import { redirectedTo, shellWords, splitCommand } from '../../platform/text/shellCommand.ts';
import { heredocsOf, withoutFolder, withoutHeredocs } from './actions.ts';
import { changesOf } from './fileChanges.ts';

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
    else {
      apply(files, change);
      edits.push(change);
    }
  }
  return {
    texts: [...files].flatMap(([path, pieces]) => pieces.map((text) => ({ path, text }))),
    edits: edits.filter(
      ({ path, before, after }) =>
        before !== '' && files.get(path)?.some((piece) => piece.includes(after)) === true,
    ),
  };
}

function forget(files: Map<string, string[]>, gone: string): void {
  for (const path of files.keys()) {
    if (gone === '.' || path === gone || path.startsWith(`${gone}/`)) files.delete(path);
  }
}

function apply(files: Map<string, string[]>, { path, before, after }: MadeEdit): void {
  const pieces = files.get(path) ?? [];
  const at = before === '' ? -1 : pieces.findIndex((piece) => piece.includes(before));
  if (before === '') files.set(path, [after]);
  else if (at < 0) files.set(path, [...pieces, after]);
  else pieces[at] = pieces[at]?.replace(before, () => after) ?? '';
}

function changesIn({ steps, folder }: Session): readonly (MadeEdit | { readonly gone: string })[] {
  const inFolder = (path: string): string => withoutFolder(path, folder);
  return steps.flatMap(({ toolCalls }) =>
    toolCalls.flatMap(({ edits, command = '', observation }) => {
      if (observation === undefined || observation.error !== undefined) return [];
      const made = edits.flatMap(({ path, text }) =>
        text === undefined || text.after === '' ? [] : [{ path: inFolder(path), ...text }],
      );
      return [...made, ...written(command), ...gone(command)];
    }),
  );
}

/** Files whose whole text stands in a command. */
function written(command: string): readonly MadeEdit[] {
  return heredocsOf(command).flatMap(({ line, text }) => {
    const [first] = splitCommand(line).flatMap((part) => redirectedTo(shellWords(part.text)));
    if (first === undefined || first.isAppended) return [];
    return [{ path: first.path.replace(/^\.\//, ''), before: '', after: text }];
  });
}

function gone(command: string): readonly { readonly gone: string }[] {
  return splitCommand(withoutHeredocs(command))
    .flatMap(({ text }) => changesOf(text))
    .filter(({ how }) => how === 'removed' || how === 'taken back')
    .map(({ path }) => ({ gone: path.replace(/\/$/, '') }));
}
