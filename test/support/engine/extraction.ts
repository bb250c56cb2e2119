import { openExtractor, type OpenExtractor } from '../../../src/core/extraction/extractor.ts';
import type { FileFragments } from '../../../src/core/model/code.ts';
import { ASSETS } from '../assets.ts';

/** An extractor for the tests of one `describe`; opened and closed by mocha. */
export function useExtractor(): {
  readonly extract: (path: string, text: string) => Promise<FileFragments>;
  /** `name complexity` of the functions and tests of a file, in order. */
  readonly functionsOf: (path: string, text: string) => Promise<readonly string[]>;
} {
  let extractor: OpenExtractor | undefined;
  before(async () => {
    extractor = await openExtractor({ assetsDir: ASSETS });
  });
  after(() => {
    extractor?.close();
  });
  async function extract(path: string, text: string): Promise<FileFragments> {
    const found = await extractor?.extract({ path, text });
    if (found === undefined) throw new Error(`${path} was not read`);
    return found;
  }
  return {
    extract,
    async functionsOf(path, text) {
      const { fragments } = await extract(path, text);
      return fragments
        .filter(({ kind }) => kind !== 'class')
        .map(({ qualifiedName, complexity }) => `${qualifiedName} ${complexity}`);
    },
  };
}
