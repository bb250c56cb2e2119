import { join } from 'node:path';
import { outlineOf } from '../../extraction/outline.ts';
import { openSourceParser } from '../../extraction/sourceParser.ts';
import type { DeclaredName } from '../../model/api/find.ts';
import { AppError } from '../../model/errors.ts';
import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { readSource } from '../../sources/files/readSource.ts';
import { openGit } from '../../sources/git/repository.ts';
import { MAX_SOURCE_BYTES } from '../../sources/sourceText.ts';

/** A name as code or documentation write it, alone or with what it is in. */
export interface AskedName {
  readonly text: string;
  /** What it is in before it; letters and digits in lower case. */
  readonly parts: readonly string[];
  /** The name itself, without what it is in. */
  readonly last: string;
  /** No word of a language reads so. */
  readonly isIdentifier: boolean;
}

const NAME = /^[$@#]?[\p{L}_][\p{L}\p{N}_]*(?:(?:\.|::|->|#|\\)[\p{L}\p{N}_]+)*(?:\(\))?$/u;
const BETWEEN = /\.|::|->|#|\\/u;
const IDENTIFIER = /[\p{L}\p{N}][._:>#\\]|\p{Ll}\p{Lu}|\p{Lu}\p{Lu}\p{Ll}|\(\)$/u;
const MAX_CHARACTERS = 200;
/** Shorter ones stand in every file. */
const MIN_CHARACTERS = 3;

/** The name that a query is; `undefined` for words and code. */
export function nameAsked(query: string): AskedName | undefined {
  const text = query.trim();
  if (text.length > MAX_CHARACTERS || !NAME.test(text)) return undefined;
  const names = text.replace(/\(\)$/, '').split(BETWEEN);
  const last = names.at(-1)?.replace(/^[$@#]/, '') ?? '';
  if (last.length < MIN_CHARACTERS) return undefined;
  return { text, parts: names.map(fold), last, isIdentifier: IDENTIFIER.test(text) };
}

function fold(name: string): string {
  return name.replaceAll(/[^\p{L}\p{N}]/gu, '').toLowerCase();
}

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
): Promise<readonly DeclaredName[]> {
  const files = await filesHolding(name.last, folders, signal);
  if (files.length === 0) return [];
  const found: { readonly declared: DeclaredName; readonly shared: number }[] = [];
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
        const shared = sharedEnd(qualifiedName, name);
        if (kind === 'test' || shared === 0) continue;
        const declared = { name: qualifiedName, kind, path, line: firstLine + 1 };
        found.push({ declared, shared });
      }
    }
  } finally {
    parser.close();
  }
  const most = Math.max(...found.map(({ shared }) => shared));
  return found
    .filter(({ shared }) => shared === most)
    .slice(0, MOST_NAMED)
    .map(({ declared }) => declared);
}

interface HoldingFile {
  readonly root: string;
  readonly path: string;
}

async function filesHolding(
  word: string,
  folders: readonly string[],
  signal: AbortSignal | undefined,
): Promise<readonly HoldingFile[]> {
  const found: HoldingFile[] = [];
  for (const folder of folders) {
    try {
      const git = await openGit(folder, signal === undefined ? {} : { signal });
      const paths = (await git?.filesHolding(word)) ?? [];
      const root = git?.topLevel ?? folder;
      found.push(...paths.map((path) => ({ root, path })));
    } catch (error) {
      // A folder that is gone or no repository holds nothing to be found.
      if (!(error instanceof AppError)) throw error;
    }
  }
  return found
    .filter(({ path }) => languageOf(path) !== undefined && !isTestPath(path))
    .slice(0, MOST_FILES);
}

/**
 * Parts of the shorter of both names where the other one ends with it, else 0: either may leave out what
 * is further around.
 */
function sharedEnd(qualifiedName: string, { parts }: AskedName): number {
  const own = qualifiedName.split('.').map(fold);
  const length = Math.min(own.length, parts.length);
  return own.slice(-length).join('.') === parts.slice(-length).join('.') ? length : 0;
}
