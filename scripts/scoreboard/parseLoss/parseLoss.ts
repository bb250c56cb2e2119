import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { openExtractor, type OpenExtractor } from '../../../src/core/extraction/extractor.ts';
import { isProductionSource } from '../../../src/core/extraction/sourcePaths.ts';
import type { Language } from '../../../src/core/model/code.ts';
import { languageOf } from '../../../src/core/model/sourceFile/fileLanguage.ts';
import type { BenchTable } from '../../bench/table.ts';
import { readPlainFunctions, type PlainFunction } from './plainReader.ts';

/** Languages with blocks in braces and a head before them. */
const LANGUAGES: ReadonlySet<Language | undefined> = new Set<Language>([
  ...(['c', 'cpp', 'csharp', 'java', 'kotlin'] as const),
]);
const LEAST_COMPLEXITY = 3;
const SHOWN = 5;

/**
 * Functions that decide something and whose braces pair, as a reader sees them that knows no grammar,
 * and the share of them that extraction does not find.
 */
export async function parseLossScoreboard(
  reposDir: string,
  assetsDir: string,
): Promise<readonly BenchTable[]> {
  const extractor = await openExtractor({ assetsDir });
  try {
    const rows: (string | number)[][] = [];
    for (const name of readdirSync(reposDir).sort()) {
      const { functions, lost } = await lossOf(join(reposDir, name), extractor);
      if (functions === 0) continue;
      const share = `${((100 * lost.length) / functions).toFixed(2)} %`;
      rows.push([name, functions, lost.length, share, lost.slice(0, SHOWN).join(', ')]);
    }
    const columns = ['repository', 'functions', 'lost', 'share', 'the first of them'];
    return [{ title: 'Functions that syntax errors cost', columns, rows }];
  } finally {
    extractor.close();
  }
}

interface Loss {
  readonly functions: number;
  /** `path:line name`, lines from 1. */
  readonly lost: readonly string[];
}

async function lossOf(folder: string, extractor: OpenExtractor): Promise<Loss> {
  let functions = 0;
  const lost: string[] = [];
  for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    const language = languageOf(path);
    if (!LANGUAGES.has(language) || !isProductionSource(path, languageOf)) continue;
    const text = readFileSync(join(folder, path), 'utf8');
    const wanted = readPlainFunctions(text, language === 'kotlin').filter(
      ({ complexity }) => complexity >= LEAST_COMPLEXITY,
    );
    functions += wanted.length;
    const found = (await extractor.extract({ path, text }))?.fragments ?? [];
    const isFound = ({ name, line }: PlainFunction): boolean =>
      found.some(({ name: own, range }) => {
        const isSame = own === name || own.endsWith(`::${name}`);
        return isSame && range.start.line <= line && line <= range.end.line;
      });
    for (const one of wanted.filter((each) => !isFound(each))) {
      lost.push(`${path}:${one.line + 1} ${one.name}`);
    }
  }
  return { functions, lost };
}
