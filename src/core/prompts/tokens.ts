import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { GptEncoding } from 'gpt-tokenizer/GptEncoding';

/** Where `npm run build` puts the vocabulary. */
const VOCABULARY = 'cl100k_base.json';

/** The work for one piece without a gap grows with its square. */
const MOST_CHARACTERS = 1_000;

/** Marks of chats count as the text that they are. */
const AS_TEXT = { disallowedSpecial: new Set<string>() };

/** Counts tokens as most of today's language models do, within a few per cent of the others. */
export type TokenCounter = (text: string) => number;

/** Reads the vocabulary when something is first counted. */
export function createTokenCounter(assetsDir: string): TokenCounter {
  let opened: GptEncoding | undefined;
  const open = (): GptEncoding => {
    const vocabulary: unknown = JSON.parse(readFileSync(join(assetsDir, VOCABULARY), 'utf8'));
    return GptEncoding.getEncodingApi('cl100k_base', () => vocabulary as (string | number[])[]);
  };
  return (text) => {
    opened ??= open();
    let tokens = 0;
    for (const piece of piecesOf(text)) tokens += opened.countTokens(piece, AS_TEXT);
    return tokens;
  };
}

/** Lines together as long as they are short; longer ones are cut, which adds a token at most. */
function* piecesOf(text: string): Generator<string> {
  let start = 0;
  while (start < text.length) {
    const most = Math.min(text.length, start + MOST_CHARACTERS);
    const line = most === text.length ? most : text.lastIndexOf('\n', most) + 1;
    const end = line > start ? line : most;
    yield text.slice(start, end);
    start = end;
  }
}
