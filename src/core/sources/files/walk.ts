import { type Dirent, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { foldersAbove } from '../pathScope.ts';
import { type IgnoreRules, readIgnoreRules } from './ignoreRules.ts';

export interface Walk {
  /** Relative to the folder, with `/`; links and special files included. */
  readonly paths: readonly string[];
  readonly unreadableFolders: number;
}

/** Folders that tools fill, which no ignore file of an unversioned folder may name. */
const TOOL_FOLDERS = new Set(
  `.bundle .cache .dart_tool .eggs .git .gradle .hg .idea .mypy_cache .next .nox .nuxt .parcel-cache
  .pytest_cache .ruff_cache .svelte-kit .svn .terraform .tox .turbo .venv .vs .vscode-test
  __pycache__ bower_components build coverage DerivedData dist node_modules obj out target
  venv`.split(/\s+/),
);

/** The event loop gets its turn after so many folders, so that a stop is heard. */
const FOLDERS_PER_TURN = 64;

interface Folder {
  /** With `/` at its end, empty at the root. */
  readonly path: string;
  /** Those of the folders above, innermost first. */
  readonly rules: readonly { readonly folder: string; readonly says: IgnoreRules }[];
}

export interface WalkOptions {
  /** Files and folders relative to the root; all of it when absent. */
  readonly scope: readonly string[] | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Lists a folder that is no git repository, by its `.gitignore` files; follows no links. */
export async function walk(root: string, { scope, signal }: WalkOptions): Promise<Walk> {
  const { paths, waiting } = start(root, scope);
  let unreadableFolders = 0;
  let folders = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    folders += 1;
    if (folders % FOLDERS_PER_TURN === 0) await setImmediate();
    signal?.throwIfAborted();
    const entries = readEntries(join(root, folder.path));
    if (entries === undefined) {
      unreadableFolders += 1;
      continue;
    }
    const rules = withRules(root, folder);
    for (const entry of entries) {
      const path = folder.path + entry.name;
      if (entry.isDirectory()) {
        if (!isPassedOver(rules, path)) waiting.push({ path: `${path}/`, rules });
      } else if (!isIgnored(rules, path, false)) {
        paths.push(path);
      }
    }
  }
  return { paths, unreadableFolders };
}

interface Start {
  readonly paths: string[];
  readonly waiting: Folder[];
}

function start(root: string, scope: readonly string[] | undefined): Start {
  if (scope === undefined) return { paths: [], waiting: [{ path: '', rules: [] }] };
  const paths: string[] = [];
  const waiting: Folder[] = [];
  for (const path of scope) {
    const found = reach(root, path);
    if (typeof found === 'string') paths.push(found);
    else if (found !== undefined) waiting.push(found);
  }
  return { paths, waiting };
}

/** Goes down to a file or folder; `undefined` where a walk of the whole root would not come by. */
function reach(root: string, path: string): Folder | string | undefined {
  let folder: Folder = { path: '', rules: [] };
  for (const place of [...foldersAbove(path), path]) {
    const isFolder = isDirectory(join(root, place));
    if (isFolder === undefined) return undefined;
    const rules = withRules(root, folder);
    if (!isFolder) return place === path && !isIgnored(rules, path, false) ? path : undefined;
    if (isPassedOver(rules, place)) return undefined;
    folder = { path: `${place}/`, rules };
  }
  return folder;
}

/** `undefined` for what is not there or in a forbidden folder. */
function isDirectory(file: string): boolean | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false })?.isDirectory();
  } catch {
    // A walk would not come by it either.
    return undefined;
  }
}

function isPassedOver(rules: Folder['rules'], path: string): boolean {
  return TOOL_FOLDERS.has(path.slice(path.lastIndexOf('/') + 1)) || isIgnored(rules, path, true);
}

function readEntries(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Forbidden or gone since its parent was read; counted by the caller.
    return undefined;
  }
}

function withRules(root: string, folder: Folder): Folder['rules'] {
  const says = readIgnoreRules(join(root, folder.path));
  return says === undefined ? folder.rules : [{ folder: folder.path, says }, ...folder.rules];
}

function isIgnored(rules: Folder['rules'], path: string, isFolder: boolean): boolean {
  for (const { folder, says } of rules) {
    const ignored = says(path.slice(folder.length), isFolder);
    if (ignored !== undefined) return ignored;
  }
  return false;
}
