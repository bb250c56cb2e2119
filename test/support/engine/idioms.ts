import { openExtractor, type OpenExtractor } from '../../../src/core/extraction/extractor.ts';
import type { IdiomSource } from '../../../src/core/extraction/idioms/corpus.ts';
import { mineIdioms } from '../../../src/core/extraction/idioms/mine.ts';
import { isTestPath } from '../../../src/core/model/sourceFile/testPath.ts';
import type { Idiom } from '../../../src/core/model/code.ts';
import { ASSETS } from '../assets.ts';

/** Texts by path. */
export type Files = Readonly<Record<string, string>>;

/** Mines texts as the main job mines files; opened and closed by mocha. */
export function useMining(): {
  readonly mine: (files: Files, pause?: () => Promise<void>) => Promise<readonly Idiom[]>;
} {
  let extractor: OpenExtractor | undefined;
  before(async () => {
    extractor = await openExtractor({ assetsDir: ASSETS });
  });
  after(() => {
    extractor?.close();
  });
  return {
    async mine(files, pause = () => Promise.resolve()) {
      const sources: IdiomSource[] = [];
      for (const [path, text] of Object.entries(files)) {
        const found = await extractor?.extract({ path, text });
        if (found === undefined) throw new Error(`${path} was not read`);
        sources.push({ path, isTest: isTestPath(path), statements: found.statements });
      }
      return mineIdioms(sources, {
        pause,
        readTree: async (path) => extractor?.codeTree({ path, text: files[path] ?? '' }),
      });
    },
  };
}

/** Names that have nothing in common. */
export function strangers(count: number): readonly string[] {
  const verbs = 'open close read write send fetch merge split sort filter count index'.split(' ');
  const things = 'order ticket invoice parcel basket voucher account address payment'.split(' ');
  return Array.from(
    { length: count },
    (_, at) => `${verbs[at % verbs.length] ?? ''}_${things[(at * 3) % things.length] ?? ''}_${at}`,
  );
}

/** Files that share nothing, among which what recurs elsewhere is rare. */
export function noise(folder: string, count = 30): Files {
  return Object.fromEntries(
    strangers(count).map((name) => [
      `${folder}/${name}.py`,
      `def ${name}(a):\n    b = ${name}_first(a)\n    c = ${name}_second(b)\n    return ${name}_third(b, c)\n`,
    ]),
  );
}
