import { splitCommand } from '../../platform/text/shellCommand.ts';
import { withoutHeredocs, type Action } from './actions.ts';

/** What became of one file. */
export interface FileChange {
  readonly path: string;
  readonly how: 'made' | 'changed' | 'removed' | 'taken back';
}

/**
 * Files that an action changed, by the tool that edits files or by a command that names them. What a
 * program writes by itself is not known.
 */
export function fileChanges({ edited, made, command }: Action): readonly FileChange[] {
  const told = edited.map((path): FileChange => {
    return { path, how: made.includes(path) ? 'made' : 'changed' };
  });
  const parts = splitCommand(withoutHeredocs(command));
  return [...told, ...parts.flatMap(({ text }) => changesOf(text))];
}

/** What tells a text, and where to. */
const WRITTEN = /^(?:cat|echo|printf)\b.{0,1900}?[^0-9&>=-](>{1,2})\s?['"]?([\w./~@+-]{1,300})/;
/** `sed -i`, `perl -pi` */
const IN_PLACE = /^(?:sed|perl) (?:\S{1,20} ){0,3}-\w{0,8}i/;
const TAKES_BACK = /^git (?:checkout|restore)\b(?! -b\b)/;
const PATH = /^(?!-)[\w.@+~-]{0,120}(?:\/[\w.@+-]{1,120}){0,40}\/?$/;

function changesOf(text: string): readonly FileChange[] {
  const [, arrow, target] = WRITTEN.exec(text) ?? [];
  if (target !== undefined) {
    return [{ path: target, how: arrow === '>' ? 'made' : 'changed' }];
  }
  const [program = '', ...words] = text.split(' ');
  const paths = words.filter((word) => PATH.test(word) && /[./]/.test(word));
  const all = (how: FileChange['how'], some: readonly string[] = paths): readonly FileChange[] =>
    some.map((path) => ({ path: path.replace(/^\.\//, ''), how }));
  if (IN_PLACE.test(text) || program === 'tee') return all('changed', lastPaths(words));
  if (TAKES_BACK.test(text)) return all('taken back');
  if (program === 'touch') return all('made');
  if (program === 'rm') {
    return all(
      'removed',
      words.filter((word) => PATH.test(word)),
    );
  }
  if (program === 'cp') return all('made', paths.slice(-1));
  if (program === 'mv') {
    return [...all('removed', paths.slice(0, -1)), ...all('made', paths.slice(-1))];
  }
  return [];
}

/** `s/one/other/g` */
const EXPRESSION = /^[sy]([/|#,]).{0,200}\1\w{0,3}$/;

/** The files at the end of a command, behind the expression that says what becomes of them. */
function lastPaths(words: readonly string[]): readonly string[] {
  const from =
    words.findLastIndex((word) => !PATH.test(word) || !/[./]/.test(word) || EXPRESSION.test(word)) +
    1;
  return words.slice(from);
}

/**
 * Tells files that are gone in the end and were only made, or lay in a folder that was only there, for
 * trying; and such folders.
 */
export function passingFiles(actions: readonly Action[]): (path: string) => boolean {
  const touched = new Map<string, FileChange['how']>();
  const passing = new Set<string>();
  for (const { path, how } of actions.flatMap(fileChanges)) {
    if (how !== 'removed') {
      touched.set(path, touched.get(path) ?? how);
      passing.delete(path);
      continue;
    }
    for (const [one, first] of touched) {
      if (isWithin(one, path) && (first === 'made' || one !== path)) passing.add(one);
    }
  }
  return (path) => passing.has(path) || [...passing].some((one) => isWithin(one, path));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(`${folder.replace(/\/$/, '')}/`);
}
