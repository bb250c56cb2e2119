import { posix } from 'node:path';
import type { Session } from '../../model/sessions/session.ts';
import { parsePatch } from '../../platform/text/patch.ts';
import { changesInCommand, type Change, type MadeEdit, type Moved } from './commandTexts.ts';
import { withoutFolder } from './actions.ts';

export interface Survived {
  /** What is left of all that was written, in pieces: a file that was only edited is not known as a whole. */
  readonly texts: readonly { readonly path: string; readonly text: string }[];
  /** Changes that replaced something, and that nothing replaced afterwards. */
  readonly edits: readonly MadeEdit[];
}

/** What is known of files: pieces of each. */
type Files = Map<string, readonly string[]>;

interface Tree {
  files: Files;
  /** As the last commit of the session left them. */
  committed: Files;
  /** What was put away, the last at the end. */
  readonly stashes: Files[];
}

/**
 * What a session wrote and left as it was in the end, as far as its log tells: not what it wrote over,
 * removed, or took back.
 */
export function survivingText(session: Session): Survived {
  const tree: Tree = { files: new Map(), committed: new Map(), stashes: [] };
  const edits: MadeEdit[] = [];
  const make = (edit: MadeEdit): void => {
    apply(tree.files, edit);
    edits.push(edit);
  };
  for (const change of changesIn(session)) {
    if (change.did === 'edit') make(change);
    else if (change.did === 'patch') patchTexts(tree.files, change.path).forEach(make);
    else follow(tree, change);
  }
  return {
    texts: [...tree.files].flatMap(([path, pieces]) => pieces.map((text) => ({ path, text }))),
    edits: edits.filter(
      ({ path, before, after }) =>
        before !== '' &&
        after !== '' &&
        tree.files.get(path)?.some((piece) => piece.includes(after)) === true,
    ),
  };
}

function follow(tree: Tree, change: Exclude<Change, { readonly did: 'edit' | 'patch' }>): void {
  const { files } = tree;
  switch (change.did) {
    case 'remove':
      forget(files, change.path);
      break;
    case 'touch':
      touch(files, change);
      break;
    case 'take back':
      forget(files, change.path);
      for (const [path, pieces] of tree.committed) {
        if (isIn(path, change.path)) files.set(path, pieces);
      }
      break;
    case 'move':
      move(files, change);
      break;
    case 'commit':
      tree.committed = new Map(files);
      break;
    case 'put away':
      tree.stashes.push(files);
      tree.files = new Map(tree.committed);
      break;
    case 'bring back':
      for (const [path, pieces] of tree.stashes.pop() ?? []) files.set(path, pieces);
      break;
  }
}

function isIn(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`);
}

function forget(files: Files, gone: string): void {
  for (const path of [...files.keys()]) if (isIn(path, gone)) files.delete(path);
}

/** What may have been changed is known no longer. */
function touch(
  files: Files,
  { path, lost }: { readonly path: string; readonly lost: string | undefined },
): void {
  const pieces = files.get(path);
  if (pieces === undefined) return;
  files.set(path, lost === undefined ? [] : pieces.filter((piece) => !piece.includes(lost)));
}

function move(files: Files, { from, to, isCopy }: Moved): void {
  const isFolder = [...files.keys()].some((path) => to === '.' || path.startsWith(`${to}/`));
  const target = isFolder ? posix.join(to, posix.basename(from)) : to;
  if (isCopy) forget(files, target);
  for (const [path, pieces] of [...files]) {
    if (!isIn(path, from) || from === '.') continue;
    if (!isCopy) files.delete(path);
    // What is put elsewhere is no longer in the project.
    if (!/^(?:\/|\.\.(?:\/|$))/.test(target)) files.set(target + path.slice(from.length), pieces);
  }
}

function apply(files: Files, { path, before, after }: MadeEdit): void {
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

/** The edits of a patch that the session wrote into a file. */
function patchTexts(files: Files, path: string): readonly MadeEdit[] {
  return editsOfPatch((files.get(path) ?? []).join(''));
}

/** Each hunk of a patch as what went and what came. */
function editsOfPatch(patch: string): readonly MadeEdit[] {
  return (parsePatch(patch) ?? []).flatMap(({ path, hunks }) =>
    hunks.map(({ lines }): MadeEdit => {
      const side = (other: string): string =>
        lines
          .filter((line) => !line.startsWith(other) && !line.startsWith('\\'))
          .map((line) => `${line.slice(1)}\n`)
          .join('');
      return { did: 'edit', path, before: side('+'), after: side('-') };
    }),
  );
}

function changesIn({ steps, folder }: Session): readonly Change[] {
  return steps.flatMap(({ toolCalls }) =>
    toolCalls.flatMap(({ name, edits, command = '', folder: start = folder, observation }) => {
      if (observation === undefined || observation.error !== undefined) return [];
      const made = edits.flatMap(({ path, text }): readonly Change[] =>
        text === undefined ? [] : [{ did: 'edit', path: withoutFolder(path, folder), ...text }],
      );
      // What a person committed in the editor has no command.
      const committed: readonly Change[] = name === 'commit' ? [{ did: 'commit' }] : [];
      const places = { start: start ?? '', folder: folder ?? '' };
      return [...made, ...committed, ...changesInCommand(command, places, editsOfPatch)];
    }),
  );
}
