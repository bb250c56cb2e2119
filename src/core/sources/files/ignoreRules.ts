import { join } from 'node:path';
import { createGitPattern } from './globs.ts';
import { readRuleFile } from './ruleFile.ts';

/** What one ignore file says of a path relative to its folder; `undefined` where it says nothing. */
export type IgnoreRules = (path: string, isFolder: boolean) => boolean | undefined;

/** @returns `undefined` where the folder has no `.gitignore` that says anything */
export function readIgnoreRules(folder: string): IgnoreRules | undefined {
  const rules = readRuleFile(join(folder, '.gitignore')).flatMap((line) => toRule(line) ?? []);
  if (rules.length === 0) return undefined;
  return (path, isFolder) => rules.findLast(({ matches }) => matches(path, isFolder))?.ignored;
}

interface Rule {
  readonly ignored: boolean;
  readonly matches: (path: string, isFolder: boolean) => boolean;
}

function toRule(line: string): Rule | undefined {
  if (line.startsWith('#')) return undefined;
  const pattern = trimSpaces(line);
  const ignored = !pattern.startsWith('!');
  const body = ignored ? pattern : pattern.slice(1);
  return body === '' || body === '/' ? undefined : { ignored, matches: createGitPattern(body) };
}

/** Without the spaces at the end, unless a backslash stands before them. */
function trimSpaces(line: string): string {
  let end = line.length;
  while (end > 0 && line[end - 1] === ' ' && line[end - 2] !== '\\') end -= 1;
  return line.slice(0, end);
}
