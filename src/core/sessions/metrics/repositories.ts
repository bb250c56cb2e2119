import { joinedFolder, plainFolder } from '../../platform/shell/placedParts.ts';
import type { PlacedPart } from '../../platform/shell/placedParts.ts';
import { shellWords } from '../../platform/text/shellCommand.ts';

/** Where a command ran, and what the session told of repositories before it. */
export interface Whereabouts {
  /** Folder of the session; `undefined` where the log does not tell it. */
  readonly project: string | undefined;
  /** Folder the command began in. */
  readonly start: string;
  /** Folders of repositories that the session made: those of its project, and others. */
  readonly made: Map<string, 'own' | 'other'>;
}

/** What a call of git does, and where. */
export interface GitCall {
  readonly verb: string;
  readonly words: readonly string[];
  /** `undefined` where it cannot be told. */
  readonly folder: string | undefined;
}

const TAKES_VALUE = /^(?:-C|-c|--git-dir|--work-tree|--namespace|--exec-path)$/;

/** `git -C shop commit` */
export function gitCallOf({ text, folder }: PlacedPart): GitCall | undefined {
  if (!text.startsWith('git ')) return undefined;
  const [, ...words] = shellWords(text).map((word) => word.text);
  let at = 0;
  let place = folder;
  for (let word = words[at]; word?.startsWith('-') === true; word = words[at]) {
    const [name = '', joined] = word.split('=', 2);
    const takes = TAKES_VALUE.test(name);
    const value = joined ?? words[at + 1] ?? '';
    if (takes && name !== '-c') place = placeBy(place, value);
    at += takes && joined === undefined ? 2 : 1;
  }
  return { verb: words[at] ?? '', words: words.slice(at + 1), folder: place };
}

function placeBy(folder: string | undefined, value: string): string | undefined {
  return /[$`]/.test(value) ? undefined : joinedFolder(folder, value.replace(/\/\.git\/?$/, ''));
}

/** Notes the repositories that a command makes, beside which the project is another one. */
export function noteRepositories(calls: readonly GitCall[], where: Whereabouts): void {
  for (const call of calls) {
    const path = madeBy(call);
    const place = path === undefined ? undefined : joinedFolder(call.folder, path);
    if (place === undefined || place === (where.project && plainFolder(where.project))) continue;
    const isOfProject = call.verb === 'worktree' && isOwn(call.folder, where);
    where.made.set(place, isOfProject ? 'own' : 'other');
  }
}

/** The folder of the repository that a call makes. */
function madeBy({ verb, words }: GitCall): string | undefined {
  const plain = words.filter(
    (word, at) => !word.startsWith('-') && !IS_VALUED.test(words[at - 1] ?? ''),
  );
  if (verb === 'init') return plain[0] ?? '.';
  if (verb === 'clone') return plain[1] ?? cloned(plain[0] ?? '');
  return verb === 'worktree' && plain[0] === 'add' ? worktreePath(words) : undefined;
}

/** Options of `clone` and `init` whose value is a word of its own. */
const IS_VALUED =
  /^(?:-[bcjou]|--(?:branch|config|depth|filter|initial-branch|jobs|object-format|origin|reference(?:-if-able)?|separate-git-dir|server-option|shallow-(?:exclude|since)|template|upload-pack))$/;

/** `git clone …/shop.git` makes `shop`. */
function cloned(address: string): string | undefined {
  return /([^/:]{1,200}?)(?:\.git)?\/?$/.exec(address)?.[1];
}

/** `git worktree add -b topic ../shop-topic main` */
function worktreePath(words: readonly string[]): string | undefined {
  return words.find(
    (word, at) => at > 0 && !word.startsWith('-') && !/^-[bB]$/.test(words[at - 1] ?? ''),
  );
}

const OF_THE_MOMENT = /^(?:\/private)?(?:\/tmp|\/var\/(?:tmp|folders))(?:\/|$)|\/Temp\//i;

/** Whether a folder is of the project the session was about, and not of one that was made for trying. */
export function isOwn(folder: string | undefined, { project, made }: Whereabouts): boolean {
  if (folder === undefined) return false;
  for (let at = folder; at !== ''; at = at.slice(0, Math.max(0, at.lastIndexOf('/')))) {
    const known = made.get(at);
    if (known !== undefined) return known === 'own';
  }
  if (/^\.(?:\/|$)/.test(folder) || !/^(?:\/|~|[a-z]:)/i.test(folder)) {
    return !folder.startsWith('..');
  }
  const root = project === undefined ? undefined : plainFolder(project);
  if (root !== undefined && isWithin(folder, root)) return true;
  if (OF_THE_MOMENT.test(folder)) return false;
  if (root === undefined) return true;
  if (folder.startsWith('~')) return isBelowHome(root, folder.slice(1));
  // A session may be about a part of a repository.
  return isWithin(root, folder);
}

/** Where the home is cannot be told of somebody else's log. */
function isBelowHome(root: string, path: string): boolean {
  for (let at = path; at !== ''; at = at.slice(0, at.lastIndexOf('/'))) {
    if (root.endsWith(at)) return true;
  }
  return `${root}/`.includes(`${path}/`);
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);
}
