import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { redirectedTo, shellWords, splitCommand } from '../../platform/text/shellCommand.ts';
import { programOf, saysSomething, type Action } from '../actions/actions.ts';
import { changesOf, editsInPlace } from '../../platform/shell/fileChanges.ts';
import { heredocsOf, withoutHeredocs } from '../../platform/shell/heredocs.ts';
import { fileChanges, passingFiles } from '../actions/fileChanges.ts';
import { isTrivial } from '../actions/programs.ts';

/** After more actions, what goes well has other reasons. */
const WINDOW = 12;
/** Of an edit that changes more, no single line tells what it did. */
const FEW_LINES = 3;
const SHORT_FILE = 12;
const MOST_TOLD = 2;
const LONGEST = 200;

/**
 * Tells of the place of an error in a session what mended it one time, as far as that is evident: the
 * same command went well after a change that touches what the error names, a file or a name.
 * `undefined` where it is not.
 *
 * @param lines the error that each action told, in their order
 */
export function evidentMendings(
  actions: readonly Action[],
  lines: readonly (string | undefined)[],
): (at: number) => string | undefined {
  const isScratch = scratchFiles(actions);
  return (at) => evidentMending(actions, lines, at, isScratch);
}

function evidentMending(
  actions: readonly Action[],
  lines: readonly (string | undefined)[],
  at: number,
  isScratch: (path: string, at: number) => boolean,
): string | undefined {
  const [failed, line] = [actions[at], lines[at]];
  if (failed === undefined || line === undefined) return undefined;
  const run = runOf(failed.command);
  if (run === undefined) return undefined;
  const end = actions
    .slice(at + 1, at + 1 + WINDOW)
    .findIndex((action) => runOf(action.command) === run);
  const again = at + 1 + end;
  if (end < 0 || !isWell(actions[again], lines[again])) return undefined;
  const told = toldBy(failed.output, line);
  const touching = actions
    .slice(at + 1, again)
    .filter((action, next) => isWell(action, lines[at + 1 + next]))
    .flatMap((action) => changesIn(action))
    // A test that expects less goes well, too.
    .filter(({ path }) => path === undefined || !(isTestPath(path) || isScratch(path, at)))
    .flatMap((change) => touchOf(change, told));
  const byName = touching.filter((one) => one.isNamed);
  const texts = (byName.length > 0 ? byName : touching).map(({ text }) => text.slice(0, LONGEST));
  const distinct = [...new Set(texts)];
  // Where much was changed, nobody knows which of it helped.
  return distinct.length === 0 || distinct.length > MOST_TOLD ? undefined : distinct.join('; ');
}

function isWell(action: Action | undefined, line: string | undefined): boolean {
  return action !== undefined && !action.isConsequence && line === undefined;
}

/** What a command runs, without how it is told; `undefined` of one that only looks. */
function runOf(command: string): string | undefined {
  const parts = splitCommand(withoutHeredocs(command)).filter(({ text }) => !isTrivial(text));
  const text = parts.at(-1)?.text;
  if (text === undefined || programOf(text) === '-') return undefined;
  const words = shellWords(text);
  const end = words.findIndex(({ isRedirection }) => isRedirection);
  return (end < 0 ? words : words.slice(0, end))
    .map((word) => word.text)
    .filter((word) => !/^-(?!m$)/.test(word))
    .join(' ');
}

/**
 * Tells files that a session made itself before something failed at a place, that it ran, or that are
 * gone in the end: what was mended in them says nothing of the project.
 */
function scratchFiles(actions: readonly Action[]): (path: string, at: number) => boolean {
  const madeAt = new Map<string, number>();
  for (const [at, action] of actions.entries()) {
    for (const { path, how } of fileChanges(action)) {
      if (how === 'made' && !madeAt.has(path)) madeAt.set(path, at);
    }
  }
  const ran = new Set(actions.map(({ target }) => target));
  const isPassing = passingFiles(actions);
  return (path, at) => (madeAt.get(path) ?? Infinity) <= at || ran.has(path) || isPassing(path);
}

interface Told {
  readonly names: readonly string[];
  /** As they are named in what was printed. */
  readonly files: readonly string[];
}

const QUOTED = /['"`‘“]([\w.@/-]{3,80})['"`’”]/g;
const MISSING =
  /(?:No module named|command not found:|Cannot find module|undefined:|undeclared name:) ['"]?([\w.@/-]{2,80})/g;
const NOT_FOUND = /(?:^|[\s:])([\w.@/-]{2,80}): (?:command )?not found/g;
const NOT_OF_KIND =
  /(?<![\w$])([\w$]{2,80}) is not (?:a function|a constructor|defined|iterable|callable)/g;
const FILES =
  /(?<![\w./-])((?:[\w.@+-]{1,80}\/){0,12}[\w@+-][\w.@+-]{0,80}\.[A-Za-z]{1,5})(?=["':(,\s]|$)/gm;
const NOT_OF_PROJECT = /site-packages|node_modules|\/lib\/python|dist-packages/;
/** Something behind the kind of an error; no number that a program ended with. */
const SAYS_MORE = /:\s{0,3}(?!ended with )\S+ \S/;
const END_OF_OUTPUT = 6_000;

function toldBy(output: string, line: string): Told {
  const names = [QUOTED, MISSING, NOT_FOUND, NOT_OF_KIND].flatMap((form) =>
    Array.from(line.matchAll(form), ([, name = '']) => name),
  );
  const files = Array.from(output.slice(-END_OF_OUTPUT).matchAll(FILES), ([, file = '']) => file);
  return {
    names: [...new Set(names)],
    // Of an error that says nothing but its kind, nobody would know it again.
    files: SAYS_MORE.test(line)
      ? [...new Set(files)].filter((file) => !NOT_OF_PROJECT.test(file))
      : [],
  };
}

interface Change {
  /** `undefined` of what was installed. */
  readonly path: string | undefined;
  readonly lines: readonly string[];
  /** What was run, where that tells more than the lines. */
  readonly run: string | undefined;
  /** A text that was sent into the file, which may as well be a note about the error. */
  readonly isSent?: boolean;
}

const INSTALLS =
  /^(?:\S{0,60}python[\d.]* -m )?(?:pip\d?|npm|yarn|pnpm|bun|cargo|apt|apt-get|gem|bundle|composer|poetry|uv|conda|brew|go|dotnet)(?: \S{1,20})? (?:install|ci|add|sync|restore|get)\b/;
const PREPARES = /^(?:mkdir|chmod|export|ln|touch|cp|mv) /;

function changesIn(action: Action): readonly Change[] {
  const edits = action.wrote.map(({ path, lines }): Change => ({ path, lines, run: undefined }));
  const parts = splitCommand(withoutHeredocs(action.command));
  return [...edits, ...parts.flatMap(({ text }) => changesBy(text, action))];
}

function changesBy(text: string, action: Action): readonly Change[] {
  const words = shellWords(text);
  const [program = '', ...given] = words.map((word) => word.text);
  if (INSTALLS.test(text) || PREPARES.test(text)) {
    const isOfFile = PREPARES.test(text) && given.at(-1)?.startsWith('-') === false;
    return [{ path: isOfFile ? given.at(-1) : undefined, lines: [text], run: text }];
  }
  if (editsInPlace(program, given)) {
    return changesOf(text).map(({ path }) => ({ path, lines: [text], run: text }));
  }
  const lines = sentBy(text, action);
  // Of a file that was written as a whole nobody knows what is new in it.
  if (lines.length > SHORT_FILE) return [];
  const run = lines.length === 0 ? text : undefined;
  return redirectedTo(words).map(({ path }) => ({ path, lines, run, isSent: true }));
}

/** The lines that a program sends into a file, where the command itself holds them. */
function sentBy(text: string, { command }: Action): readonly string[] {
  const words = shellWords(text);
  const end = words.findIndex(({ isRedirection }) => isRedirection);
  const said = words.slice(1, end < 0 ? words.length : end).map((word) => word.text);
  const told = /^(?:echo|printf) /.test(text)
    ? said.filter((word) => !word.startsWith('-')).join(' ')
    : heredocsOf(command)
        .filter(({ line }) => splitCommand(line).some((part) => part.text === text))
        .map((heredoc) => heredoc.text)
        .join('');
  return told
    .split(/\n|\\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

interface Touch {
  readonly text: string;
  readonly isNamed: boolean;
}

/** How a change touches what an error tells, if it does. */
function touchOf(
  { path = '', lines, run, isSent }: Change,
  { names, files }: Told,
): readonly Touch[] {
  const isNaming = (text: string): boolean => names.some((name) => hasWord(text, name));
  const named = lines.find(isNaming);
  const isFile = files.some((file) => isSameFile(file, path));
  if (isSent === true && !isFile && !isNaming(path)) return [];
  const text = run ?? `${path}: ${named ?? lines.find(saysSomething) ?? ''}`;
  if (named !== undefined || isNaming(path)) return [{ text, isNamed: true }];
  return isFile && lines.length <= FEW_LINES ? [{ text, isNamed: false }] : [];
}

function hasWord(text: string, name: string): boolean {
  return text.split(name).some((part, at, parts) => {
    return at > 0 && !/[\w-]$/.test(parts[at - 1] ?? '') && !/^[\w-]/.test(part);
  });
}

function isSameFile(one: string, other: string): boolean {
  return one === other || one.endsWith(`/${other}`) || other.endsWith(`/${one}`);
}
