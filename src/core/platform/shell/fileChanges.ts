import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { redirectedTo, shellWords, splitCommand } from '../text/shellCommand.ts';
import { withoutHeredocs } from './heredocs.ts';
import { programWrites } from './programWrites.ts';

/** What became of one file. */
export interface FileChange {
  readonly path: string;
  readonly how: 'made' | 'changed' | 'removed' | 'taken back';
}

/** What tells a text, which is all that is in the file then. */
const TELLS = /^(?:cat|echo|printf)$/;
const PATH = /^(?!-)[\w.@+~-]{0,120}(?:\/[\w.@+-]{1,120}){0,40}\/?$/;

/** The same of one program that a command runs, as `splitCommand` gives it. */
export function changesOf(text: string): readonly FileChange[] {
  const words = shellWords(text);
  const [first, ...rest] = words;
  const program = first?.text ?? '';
  if (TELLS.test(program)) {
    return redirectedTo(words)
      .filter(({ path }) => PATH.test(path))
      .map(({ path, isAppended }) => ({
        path: plainPath(path),
        how: isAppended ? 'changed' : 'made',
      }));
  }
  const redirection = rest.findIndex(({ isRedirection }) => isRedirection);
  const given = (redirection < 0 ? rest : rest.slice(0, redirection)).map((word) => word.text);
  const paths = given.filter((word) => PATH.test(word) && /[./]/.test(word));
  const all = (how: FileChange['how'], some: readonly string[] = paths): readonly FileChange[] =>
    some
      .filter((path) => !path.startsWith('/dev/'))
      .map((path) => ({ path: plainPath(path), how }));
  if (editsInPlace(program, given)) return all('changed', editedFiles(given));
  if (program === 'git') return all('taken back', takenBack(given));
  if (program === 'mv') {
    return [...all('removed', paths.slice(0, -1)), ...all('made', paths.slice(-1))];
  }
  return (
    CHANGED_BY.get(program)?.({ paths, all, bare: given.filter((word) => PATH.test(word)) }) ?? []
  );
}

interface Named {
  /** Words that are surely paths, and those that may be. */
  readonly paths: readonly string[];
  readonly bare: readonly string[];
  readonly all: (how: FileChange['how'], some?: readonly string[]) => readonly FileChange[];
}

const CHANGED_BY: ReadonlyMap<string, (named: Named) => readonly FileChange[]> = new Map([
  ['tee', ({ all }: Named) => all('changed')],
  ['touch', ({ all }: Named) => all('made')],
  ['rm', ({ all, bare }: Named) => all('removed', bare)],
  ['patch', ({ all, paths }: Named) => all('changed', paths.slice(0, 1))],
  ['cp', ({ all, paths }: Named) => all('made', paths.slice(-1))],
]);

function plainPath(path: string): string {
  return path.replace(/^\.\//, '');
}

/** Letters that may stand before the `i`; behind others it is their argument, as in `-Ilib`. */
const IN_PLACE: Readonly<Record<string, RegExp>> = {
  sed: /^(?:-[nErsuz]{0,6}i|--in-place)/,
  perl: /^-[0-9acflnpstuwW]{0,8}i/,
};

/** `sed -i`, `perl -pi` */
export function editsInPlace(program: string, words: readonly string[]): boolean {
  const form = IN_PLACE[program];
  return form !== undefined && words.some((word) => form.test(word));
}

/** A file by its name, where the name of a branch could stand as well. */
const IS_FILE = /\.(?:md|rst|txt|json|ya?ml|toml|cfg|ini|lock|html|css|xml|csv|svg|sh)$/i;

/** What takes back all that was not committed. */
const TAKES_ALL_BACK =
  /^(?:reset (?:.{0,200} )?--hard\b|stash(?: (?:push|save|-).{0,200})?$|clean (?:.{0,200} )?(?:-[a-z]{0,5}f|--force))/;

/** The files that git brings back or puts away: not branches, nor revisions. */
function takenBack(words: readonly string[]): readonly string[] {
  const [verb = '', ...rest] = words;
  if (TAKES_ALL_BACK.test(words.join(' '))) return ['.'];
  const end = rest.indexOf('--');
  const behind = end < 0 ? [] : rest.slice(end + 1);
  if (verb === 'restore') {
    const isIndexAlone = rest.some((word) => /^(?:-S|--staged)$/.test(word));
    if (isIndexAlone && !rest.some((word) => /^(?:-W|--worktree)$/.test(word))) return [];
    if (end >= 0) return behind;
    return rest.filter(
      (word, at) => PATH.test(word) && !/^(?:-s|--source)$/.test(rest[at - 1] ?? ''),
    );
  }
  if (
    verb !== 'checkout' ||
    rest.some((word) => /^(?:-[bBt]|--orphan|--track|--detach)$/.test(word))
  ) {
    return [];
  }
  if (end >= 0) return behind;
  return rest.filter(
    (word) =>
      word === '.' || (PATH.test(word) && (languageOf(word) !== undefined || IS_FILE.test(word))),
  );
}

/** The files that are named behind options and behind the expression that says what becomes of them. */
function editedFiles(words: readonly string[]): readonly string[] {
  const takesScript = (word: string | undefined): boolean => /^-\w{0,8}[ef]$/.test(word ?? '');
  // BSD's `-i ''` names no ending of a copy.
  const plain = words.filter(
    (word, at) => word !== '' && !word.startsWith('-') && !takesScript(words[at - 1]),
  );
  const isSaid = words.some((word) => takesScript(word) || word.startsWith('--expression'));
  return (isSaid ? plain : plain.slice(1)).filter((word) => PATH.test(word));
}

/** Programs that change files or what is installed. */
const CHANGES =
  /^(?:tee (?!.{0,200}\.(?:log|txt|out)$)|touch |mkdir |mv |cp |rm |patch |git (?:apply(?! .{0,200}--(?:check|stat))|am|revert|cherry-pick|merge(?! --abort)|commit|stash(?! (?:list|show)\b)|mv|rm)(?![\w-])|black (?!.{0,200}--(?:check|diff))|gofmt .{0,200}-w\b|(?:npx )?(?:prettier|eslint) .{0,200}(?:--write|--fix|-w)\b|ruff (?:.{0,200}--fix\b|format (?!.{0,200}--(?:check|diff)))|go mod tidy\b|cargo (?:fmt|fix)\b(?!.{0,200}--check)|(?:pip|npm|yarn|pnpm|cargo|go|apt|apt-get|gem|bundle|composer|poetry|uv)\d? (?:\S{1,20} )?(?:install|add|remove|uninstall|get|update|sync|ci)\b|apply_patch\b|ed |dd |ln |chmod )/;

/** Files that a command changes, removes or brings back, as far as it names them. */
export function commandChanges(command: string): readonly FileChange[] {
  const written = programWrites(command).map((path): FileChange => ({ path, how: 'changed' }));
  const parts = splitCommand(withoutHeredocs(command));
  return [...written, ...parts.flatMap(({ text }) => changesOf(text))];
}

/** Files that a command writes, by a redirection or otherwise. */
export function writtenFiles(command: string): readonly string[] {
  const redirected = splitCommand(withoutHeredocs(command)).flatMap(({ text }) =>
    redirectedTo(shellWords(text)).map(({ path }) => path),
  );
  const changed = commandChanges(command).filter(({ how }) => how === 'made' || how === 'changed');
  return [...redirected, ...changed.map(({ path }) => path)];
}

const IS_LOG = /\.(?:log|txt|out)$/i;

/** Whether a command changes files or what is installed, as far as it tells. */
export function isChanging(command: string): boolean {
  if (programWrites(command).length > 0) return true;
  return splitCommand(withoutHeredocs(command)).some(({ text }) => {
    const words = shellWords(text);
    const [program = '', ...given] = words.map((word) => word.text);
    if (CHANGES.test(text) || editsInPlace(program, given)) return true;
    // What was printed is kept, and no more.
    if (!TELLS.test(program) && redirectedTo(words).every(({ path }) => IS_LOG.test(path))) {
      return program !== 'tee' && changesOf(text).length > 0;
    }
    return redirectedTo(words).length > 0 || changesOf(text).length > 0;
  });
}
