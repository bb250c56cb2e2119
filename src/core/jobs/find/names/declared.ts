import { join } from 'node:path';
import { outlineOf } from '../../../extraction/outline.ts';
import { openSourceParser } from '../../../extraction/sourceParser.ts';
import { type AskedName, foldWord, isWrittenSo } from './askedName.ts';
import { AppError } from '../../../model/errors.ts';
import type { FoundDeclaration } from './absentDeclarations.ts';
import { lineSetting } from './lineSetting.ts';
import { languageOf } from '../../../model/sourceFile/fileLanguage.ts';
import { isTestPath } from '../../../model/sourceFile/testPath.ts';
import { readSource } from '../../../sources/files/readSource.ts';
import { openGit, type GitRepository } from '../../../sources/git/repository.ts';
import { MAX_SOURCE_BYTES } from '../../../sources/sourceText.ts';

export interface DeclaredParts {
  readonly assetsDir: string;
  readonly signal: AbortSignal | undefined;
}

/** Of the files that hold the name, so many are read: those of tests last. */
const MOST_FILES = 30;
const MOST_NAMED = 3;

/**
 * Functions and classes of the folders' repositories as they are now that are called so, tests left out.
 * What is too small for a pattern is in no library, and yet its name means nothing else.
 */
export async function declaredSo(
  name: AskedName,
  folders: readonly string[],
  { assetsDir, signal }: DeclaredParts,
): Promise<readonly FoundDeclaration[]> {
  const files = await filesOf(name, folders, signal);
  if (files.length === 0) return [];
  const found: { readonly declared: FoundDeclaration; readonly shared: number }[] = [];
  const parser = await openSourceParser({ assetsDir });
  try {
    for (const { root, path } of files) {
      const source = await readSource(join(root, path), MAX_SOURCE_BYTES);
      if ('skipped' in source) continue;
      signal?.throwIfAborted();
      const parsed = await parser.parse(path, source.text);
      if (parsed === undefined) continue;
      const { declarations } = outlineOf(parsed);
      parsed.delete();
      for (const { kind, qualifiedName, firstLine } of declarations) {
        const shared = sharedWith(path, qualifiedName, name);
        if (kind === 'test' || shared <= 0) continue;
        const declared = { name: qualifiedName, kind, root, path, line: firstLine + 1 };
        found.push({ declared, shared });
      }
    }
  } finally {
    parser.close();
  }
  if (found.length === 0) return name.isIdentifier ? valuesSo(name, files) : [];
  const most = Math.max(...found.map(({ shared }) => shared));
  return found
    .filter(({ shared }) => shared === most)
    .slice(0, MOST_NAMED)
    .map(({ declared }) => declared);
}

/** Values that are set under the name outside of functions. */
async function valuesSo(
  name: AskedName,
  files: readonly HoldingFile[],
): Promise<readonly FoundDeclaration[]> {
  const found: FoundDeclaration[] = [];
  for (const { root, path } of files) {
    const source = await readSource(join(root, path), MAX_SOURCE_BYTES);
    if ('skipped' in source) continue;
    const line = lineSetting(source.text, name);
    if (line !== undefined) found.push({ name: name.text, kind: 'value', root, path, line });
  }
  return found.slice(0, MOST_NAMED);
}

interface HoldingFile {
  readonly root: string;
  readonly path: string;
}

/** Those that may declare it, the likeliest first. */
async function filesOf(
  name: AskedName,
  folders: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly HoldingFile[]> {
  const found: HoldingFile[] = [];
  await eachRepository(folders, signal, async (git) => {
    const root = git.topLevel;
    const likely = (await likelyFilesIn(git, name)).slice(0, MOST_FILES);
    found.push(...likely.map((path) => ({ root, path })));
  });
  return found.slice(0, MOST_FILES);
}

async function eachRepository(
  folders: readonly string[],
  signal: AbortSignal | undefined,
  read: (git: GitRepository) => Promise<void>,
): Promise<void> {
  for (const folder of folders) {
    try {
      const git = await openGit(folder, signal === undefined ? {} : { signal });
      if (git !== undefined) await read(git);
    } catch (error) {
      // A folder that is gone or no repository holds nothing to be found.
      if (!(error instanceof AppError)) throw error;
    }
  }
}

/** Names in files of the folders that are at most so much longer or shorter; declared there or not. */
export async function namesInSources(
  folders: readonly string[],
  length: number,
  { most, signal }: { readonly most: number } & Pick<DeclaredParts, 'signal'>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  await eachRepository(folders, signal, async (git) => {
    const names = await git.namesOfLength(length - most, length + most, ENOUGH_NAMES);
    for (const name of names) found.add(name);
  });
  return found;
}

/** Of a repository: to compare more takes longer than somebody waits. */
const ENOUGH_NAMES = 200_000;

/**
 * Files that are called like the name, whether or not they write it, or like what it is in; those that
 * hold both; those that hold the name, which may be a word of the language.
 */
async function likelyFilesIn(
  git: GitRepository,
  { parts, last, around }: AskedName,
): Promise<readonly string[]> {
  const called = new Set(parts.slice(-2));
  const own = (await git.lsFiles([]))
    .map(({ path }) => path)
    .filter((path) => called.has(nameOfFile(path)));
  const both = around === undefined ? [] : await git.filesHolding([around, last]);
  const holding = await git.filesHolding([last]);
  return [...new Set([...own, ...both, ...holding])].filter(
    (path) => languageOf(path) !== undefined && !isTestPath(path),
  );
}

/** That of its folder for the file that stands for one. */
function nameOfFile(path: string): string {
  const [file = '', folder = ''] = path.split('/').toReversed();
  const [name = ''] = file.split('.');
  return foldWord(STANDS_FOR_FOLDER.test(name) ? folder : name);
}

const STANDS_FOR_FOLDER = /^(?:index|__init__|mod)$/;

/**
 * How much of the name a declaration shares. What a module gives away is asked for by the module's name,
 * too, whatever it is in within its file.
 */
function sharedWith(path: string, qualifiedName: string, { parts, last }: AskedName): number {
  const own = qualifiedName.split('.').map(foldWord);
  const inModule = [nameOfFile(path), ...own.slice(-1)];
  const shared = Math.max(sharedEnd(own, parts), sharedEnd(inModule, parts) - BY_MODULE);
  return shared <= 0 || isWrittenSo(qualifiedName, last) ? shared : shared - OTHERWISE_WRITTEN;
}

/** `Context` is another name than `context`. */
const OTHERWISE_WRITTEN = 0.25;

/** What a class of that name holds comes before what a file of that name does. */
const BY_MODULE = 0.5;

/**
 * Parts of the shorter of both names where the other one ends with it, else 0: either may leave out what
 * is further around.
 */
function sharedEnd(own: readonly string[], asked: readonly string[]): number {
  const length = Math.min(own.length, asked.length);
  return own.slice(-length).join('.') === asked.slice(-length).join('.') ? length : 0;
}
