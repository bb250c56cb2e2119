import { join } from 'node:path';
import { foldersAbove } from '../pathScope.ts';
import { createGitPattern } from './globs.ts';
import { readRuleFile } from './ruleFile.ts';

/** Those that say something of how a file is read. */
const NAMES = [
  'linguist-generated',
  'linguist-vendored',
  'working-tree-encoding',
  'encoding',
  'filter',
] as const;

export type AttributeName = (typeof NAMES)[number];

/**
 * What the attributes files say of a path, relative to the root: set, unset (`-name`), a value or
 * nothing. `=true` and `=false` are set and unset.
 */
export type Attributes = (path: string, name: AttributeName) => boolean | string | undefined;

/** `null` where the attribute is said to be unspecified (`!name`). */
type Value = boolean | string | null;

interface Rule {
  readonly matches: (path: string, isFolder: boolean) => boolean;
  readonly values: ReadonlyMap<string, Value>;
}

/** Definitions of `[attr]name …`: what setting the name sets as well. */
type Macros = Map<string, readonly (readonly [name: string, value: Value])[]>;

/**
 * Reads the `.gitattributes` files of a folder as they are needed, and the repository's own file,
 * which comes before them. Files deeper down and lines further down come before others.
 *
 * @param ownFile `info/attributes` of the repository
 * @see https://git-scm.com/docs/gitattributes
 */
export function openAttributes(root: string, ownFile: string | undefined): Attributes {
  const macros: Macros = new Map();
  const readRules = (file: string): readonly Rule[] =>
    readRuleFile(file).flatMap((line) => toRule(line, macros) ?? []);
  const byFolder = new Map<string, readonly Rule[]>();
  const rulesOf = (folder: string): readonly Rule[] => {
    let rules = byFolder.get(folder);
    if (rules === undefined) {
      rules = readRules(join(root, folder, '.gitattributes'));
      byFolder.set(folder, rules);
    }
    return rules;
  };
  // Macros are defined there, for all folders.
  rulesOf('');
  const own = ownFile === undefined ? [] : readRules(ownFile);
  return (path, name) => {
    const found = valueIn(own, path, name);
    if (found !== undefined) return found ?? undefined;
    for (const folder of ['', ...foldersAbove(path)].reverse()) {
      const inside = folder === '' ? path : path.slice(folder.length + 1);
      const value = valueIn(rulesOf(folder), inside, name);
      if (value !== undefined) return value ?? undefined;
    }
    return undefined;
  };
}

function valueIn(rules: readonly Rule[], path: string, name: string): Value | undefined {
  return rules
    .findLast(({ values, matches }) => values.has(name) && matches(path, false))
    ?.values.get(name);
}

/** A pattern in quotes may hold spaces. */
const LINE = /^\s*("(?:[^"\\]|\\.)*"|\S+)\s+(.*)$/;
const MACRO = '[attr]';

/** Defines a macro, or gives a rule that says something of `NAMES`. */
function toRule(line: string, macros: Macros): Rule | undefined {
  const [, head = '', settings = ''] = LINE.exec(line) ?? [];
  if (head === '' || head.startsWith('#') || head.startsWith('!')) return undefined;
  const assigned = settings
    .split(/\s+/)
    .flatMap((setting) => (setting === '' ? [] : expand(toAssignment(setting), macros)));
  if (head.startsWith(MACRO)) {
    macros.set(head.slice(MACRO.length), assigned);
    return undefined;
  }
  const values = new Map(assigned.filter(([name]) => NAMES.some((known) => known === name)));
  if (values.size === 0) return undefined;
  return { matches: createGitPattern(unquote(head)), values };
}

function expand(
  assignment: readonly [string, Value],
  macros: Macros,
): readonly (readonly [string, Value])[] {
  const [name, value] = assignment;
  return value === true ? [assignment, ...(macros.get(name) ?? [])] : [assignment];
}

function toAssignment(setting: string): readonly [string, Value] {
  if (setting.startsWith('-')) return [setting.slice(1), false];
  if (setting.startsWith('!')) return [setting.slice(1), null];
  const at = setting.indexOf('=');
  if (at === -1) return [setting, true];
  const value = setting.slice(at + 1);
  const isSwitch = value === 'true' || value === 'false';
  return [setting.slice(0, at), isSwitch ? value === 'true' : value];
}

const ESCAPES: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r' };

/** A pattern in quotes is written like a text of C, in bytes of UTF-8. */
function unquote(head: string): string {
  if (!head.startsWith('"')) return head;
  const text = head.slice(1, -1).replace(/\\([0-7]{3}|.)/g, (_, escaped: string) => {
    if (escaped.length === 3) return String.fromCharCode(Number.parseInt(escaped, 8));
    return ESCAPES[escaped] ?? (/["\\]/.test(escaped) ? escaped : `\\${escaped}`);
  });
  const isBytes = /^[\0-\xff]*$/.test(text) && /\\[0-7]{3}/.test(head);
  return isBytes ? Buffer.from(text, 'latin1').toString() : text;
}
