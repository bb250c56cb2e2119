import { type Dirent, existsSync, lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { foldersAbove } from '../pathScope.ts';
import { type IgnoreRules, readIgnoreRules } from './ignoreRules.ts';

export interface Walk {
  /** Relative to the folder, with `/`; links and special files included. */
  readonly paths: readonly string[];
  readonly unreadableFolders: number;
  /** Folders that tools fill. */
  readonly buildFolders: number;
  /** Folders that are repositories of their own, relative to the folder; nothing in them is listed. */
  readonly repositories: readonly string[];
}

/** Folders that tools fill, which no ignore file of an unversioned folder may name. */
const TOOL_FOLDERS = new Set(
  `.bundle .cache .dart_tool .eggs .gradle .idea .mypy_cache .next .nox .nuxt .parcel-cache
  .pytest_cache .ruff_cache .svelte-kit .terraform .tox .turbo .venv .vs .vscode-test
  __pycache__ bower_components build coverage DerivedData dist node_modules obj out target
  venv`.split(/\s+/),
);

/** What version control keeps is nobody's file. */
const STORES = new Set(['.git', '.hg', '.svn', '.jj']);

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
  /** Ends the walk once it came by more files. */
  readonly most: number;
}

/** Lists a folder that is no git repository, by its `.gitignore` files; follows no links. */
export async function walk(root: string, { scope, signal, most }: WalkOptions): Promise<Walk> {
  const { paths, waiting } = start(root, scope);
  const repositories: string[] = [];
  let unreadableFolders = 0;
  let buildFolders = 0;
  let folders = 0;
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    if (paths.length > most) break;
    folders += 1;
    if (folders % FOLDERS_PER_TURN === 0) await setImmediate();
    signal?.throwIfAborted();
    const entries = readEntries(join(root, folder.path));
    if (entries === undefined) {
      unreadableFolders += 1;
      continue;
    }
    if (isRepository(folder, entries)) {
      repositories.push(folder.path.slice(0, -1));
      continue;
    }
    const inside = sortEntries(folder, entries, withRules(root, folder));
    paths.push(...inside.files);
    waiting.push(...inside.folders);
    buildFolders += inside.buildFolders;
  }
  return { paths, unreadableFolders, buildFolders, repositories };
}

function sortEntries(
  { path: place }: Folder,
  entries: readonly Dirent[],
  rules: Folder['rules'],
): { readonly files: string[]; readonly folders: Folder[]; readonly buildFolders: number } {
  const files: string[] = [];
  const folders: Folder[] = [];
  let buildFolders = 0;
  for (const entry of entries) {
    const path = place + entry.name;
    if (STORES.has(entry.name) || isIgnored(rules, path, entry.isDirectory())) continue;
    if (!entry.isDirectory()) files.push(path);
    else if (TOOL_FOLDERS.has(entry.name)) buildFolders += 1;
    else folders.push({ path: `${path}/`, rules });
  }
  return { files, folders, buildFolders };
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
    if (isPassedOver(rules, place) || existsSync(join(root, place, '.git'))) return undefined;
    folder = { path: `${place}/`, rules };
  }
  return folder;
}

function isRepository({ path }: Folder, entries: readonly { readonly name: string }[]): boolean {
  return path !== '' && entries.some(({ name }) => name === '.git');
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
  const name = path.slice(path.lastIndexOf('/') + 1);
  return TOOL_FOLDERS.has(name) || STORES.has(name) || isIgnored(rules, path, true);
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
