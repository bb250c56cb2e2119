import assert from 'node:assert/strict';
import type { SourceParser } from '../../../src/core/extraction/parsing/parsedSource.ts';
import { openSourceParser } from '../../../src/core/extraction/sourceParser.ts';
import { tokensOf } from '../../../src/core/jobs/resolve/generation/knownFixes.ts';
import type { TokenFile } from '../../../src/core/model/suggestions/edit.ts';
import { ASSETS } from '../assets.ts';

export interface TokenFiles {
  readonly parser: () => SourceParser;
  /** A file as its grammar reads it. */
  readonly tokens: (path: string, text: string) => Promise<TokenFile>;
}

/** A parser for the tests of one `describe`, and what it reads; opened and closed by mocha. */
export function useTokens(): TokenFiles {
  let parser: SourceParser;
  before(async () => {
    parser = await openSourceParser({ assetsDir: ASSETS });
  });
  after(() => {
    parser.close();
  });
  return {
    parser: () => parser,
    async tokens(path, text) {
      const file = await tokensOf(parser, { path, text });
      assert.ok(file);
      return file;
    },
  };
}
