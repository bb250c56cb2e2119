import { posix } from 'node:path';
import { splitCommand } from '../text/shellCommand.ts';
import type { ShellPart } from '../text/shellCommand.ts';
import { withoutHeredocs } from './heredocs.ts';

/** A program that a line of a shell runs, and where. */
export interface PlacedPart extends ShellPart {
  /** As the line names it; `undefined` where that cannot be told, as for a folder made for the moment. */
  readonly folder: string | undefined;
}

/**
 * The programs a line of a shell runs, without the texts it hands to them, each with the folder that
 * `cd` has led to by then.
 *
 * @param start folder the line begins in
 */
export function placedParts(command: string, start: string): readonly PlacedPart[] {
  const values = new Map<string, string>();
  let folder: string | undefined = start;
  let former: string | undefined;
  const pushed: (string | undefined)[] = [];
  return splitCommand(withoutHeredocs(command)).map((part) => {
    const from = folder;
    const [, name, value] = ASSIGNMENT.exec(part.text) ?? [];
    if (name !== undefined && value !== undefined) values.set(name, value);
    const target = /^(?:cd|pushd)(?: (?:-[LP] |-- )?(.*))?$/s.exec(part.text);
    const goesBack = /^popd\b/.test(part.text);
    if (part.text.startsWith('pushd ')) pushed.push(from);
    if (goesBack) folder = pushed.pop();
    else if (target?.[1] === '-') folder = former;
    else if (target !== null) folder = folderBy(target[1] ?? '~', from, values);
    if (goesBack || target !== null) former = from;
    return { ...part, folder: from };
  });
}

const ASSIGNMENT = /^(?:(?:export|local|readonly) )?([A-Za-z_]\w{0,60})=(.{1,300})$/s;
const VARIABLE = /^\$(?:\{(\w{1,60})\}|(\w{1,60}))(.{0,300})$/s;
const MOST_VARIABLES = 5;

/** Where a word of a shell that names a folder leads to from another one. */
function folderBy(
  word: string,
  from: string | undefined,
  values: ReadonlyMap<string, string>,
): string | undefined {
  let told = unquoted(word);
  for (let depth = 0; depth < MOST_VARIABLES; depth += 1) {
    const [, braced, bare, rest = ''] = VARIABLE.exec(told) ?? [];
    const name = braced ?? bare;
    if (name === undefined) break;
    const value = name === 'PWD' ? from : name === 'HOME' ? '~' : values.get(name);
    if (value === undefined) return undefined;
    told = unquoted(value) + rest;
  }
  // The same repository as before, seen from its top.
  if (/^(?:\$\(|`)(?:git rev-parse --show-toplevel|pwd)(?:\)|`)$/.test(told)) return from;
  if (/[$`*?]/.test(told) || told === '-') return undefined;
  return joinedFolder(from, told);
}

function unquoted(word: string): string {
  const [, double, single] = /^"(.*)"$|^'(.*)'$/s.exec(word.trim()) ?? [];
  return double ?? single ?? word.trim();
}

/** A folder as it is compared with others: with `/`, and a drive as `c:`, which some shells name `/c`. */
export function plainFolder(path: string): string {
  return path
    .replaceAll('\\', '/')
    .replace(
      /^\/?([a-z])(?::|(?<=^\/[a-z])(?=\/|$))/i,
      (_, drive: string) => `${drive.toLowerCase()}:`,
    );
}

/** A path seen from a folder; both may begin with `~`, or with a drive. */
export function joinedFolder(folder: string | undefined, path: string): string | undefined {
  const told = posix.normalize(plainFolder(path));
  if (/^(?:\/|~|[a-z]:\/)/i.test(told)) return withoutSlash(told);
  return folder === undefined ? undefined : withoutSlash(posix.join(plainFolder(folder), told));
}

function withoutSlash(path: string): string {
  return path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path;
}
