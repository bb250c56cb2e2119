import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Extractor } from '../../src/core/model/ports/extractor.ts';
import type { Fragment, Language } from '../../src/core/model/code.ts';

import { halfOf, toScoredDocument, type GroundTruth } from './groundTruth.ts';

/** Of one repository, so that none outweighs the others. */
const MAX_PER_REPOSITORY = 150;
const MIN_WORDS = 4;
const MIN_LINES = 4;
const MAX_FILE_BYTES = 500_000;
const SKIPPED = /^(\.git|node_modules|vendor|dist|third_party|testdata)$/;

/**
 * The first sentence of a doc comment asks for its function, whose description is blanked and whose
 * code is without comments. Functions of all repositories lie in one library.
 */
export async function docSentences(reposDir: string, extractor: Extractor): Promise<GroundTruth> {
  const asked = new Map<string, Fragment>();
  for (const repository of readdirSync(reposDir).sort()) {
    const found: Fragment[] = [];
    for (const file of sourceFiles(join(reposDir, repository))) {
      if (extractor.languageOf(file) === undefined) continue;
      const read = await extractor.extract({ path: file, text: readFileSync(file, 'utf8') });
      found.push(...(read?.fragments ?? []).filter(isAskable));
    }
    const unique = found.filter(
      ({ description }) => found.filter((other) => other.description === description).length === 1,
    );
    for (const fragment of unique.sort(byHash).slice(0, MAX_PER_REPOSITORY)) {
      asked.set(fragment.description, fragment);
    }
  }
  const fragments = [...asked.values()];
  return {
    name: 'doc sentence → function',
    documents: fragments.map((fragment, row) =>
      toScoredDocument(row + 1, {
        language: fragment.language,
        name: fragment.name,
        context: fragment.qualifiedName.slice(0, -fragment.name.length - 1),
        signature: fragment.signature,
        description: '',
        code: withoutComments(fragment.code, fragment.language),
      }),
    ),
    queries: fragments.map(({ description }, row) => ({
      text: description,
      relevant: new Set([row + 1]),
      half: halfOf(description),
    })),
  };
}

function isAskable(fragment: Fragment): boolean {
  const { kind, documented, description, lines, code, language } = fragment;
  if (kind !== 'function' || !documented || lines < MIN_LINES) return false;
  if (description.split(/\s+/).length < MIN_WORDS) return false;
  return !withoutComments(code, language).includes(description.slice(0, 30));
}

function byHash(a: Fragment, b: Fragment): number {
  return a.fingerprint < b.fingerprint ? -1 : 1;
}

const HASH_COMMENTS: readonly Language[] = ['python', 'ruby', 'php'];

function withoutComments(code: string, language: Language): string {
  const withoutBlocks =
    language === 'python'
      ? code.replace(/("""|''')[\s\S]*?\1/, '')
      : code.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/^\s*\/\/.*$/gm, '');
  return HASH_COMMENTS.includes(language)
    ? withoutBlocks.replaceAll(/^\s*#.*$/gm, '')
    : withoutBlocks;
}

function* sourceFiles(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !SKIPPED.test(entry.name)) yield* sourceFiles(path);
    if (entry.isFile() && statSync(path).size <= MAX_FILE_BYTES) yield path;
  }
}
