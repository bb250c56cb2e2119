import { type Dirent, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import createIgnore, { type Ignore } from 'ignore';

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
  /** Innermost first. */
  readonly rules: readonly { readonly folder: string; readonly ignore: Ignore }[];
}

/** Lists a folder that is no git repository, by its `.gitignore` files; follows no links. */
export async function walk(root: string, signal?: AbortSignal): Promise<Walk> {
  const paths: string[] = [];
  const waiting: Folder[] = [{ path: '', rules: [] }];
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
    const rules = withRules(root, folder, entries);
    for (const entry of entries) {
      const path = folder.path + entry.name;
      if (entry.isDirectory()) {
        const ignored = TOOL_FOLDERS.has(entry.name) || isIgnored(rules, `${path}/`);
        if (!ignored) waiting.push({ path: `${path}/`, rules });
      } else if (!isIgnored(rules, path)) {
        paths.push(path);
      }
    }
  }
  return { paths, unreadableFolders };
}

function readEntries(folder: string): Dirent[] | undefined {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    // Forbidden or gone since its parent was read; counted by the caller.
    return undefined;
  }
}

function withRules(root: string, folder: Folder, entries: readonly Dirent[]): Folder['rules'] {
  if (!entries.some((entry) => entry.name === '.gitignore' && entry.isFile())) return folder.rules;
  try {
    const text = readFileSync(join(root, folder.path, '.gitignore'), 'utf8');
    return [{ folder: folder.path, ignore: createIgnore().add(text) }, ...folder.rules];
  } catch {
    // Git, too, goes on without an ignore file it cannot read.
    return folder.rules;
  }
}

function isIgnored(rules: Folder['rules'], path: string): boolean {
  for (const { folder, ignore } of rules) {
    const { ignored, unignored } = ignore.test(path.slice(folder.length));
    if (ignored || unignored) return ignored;
  }
  return false;
}
