import { isStopWord } from '../../platform/text/stopWords.ts';

/** Shorter ones stand in every file, longer ones are encoded bytes. */
const SHORTEST = 3;
const LONGEST = 80;
/** Quotes with the letters before them, in the languages read here. */
const QUOTES = /^[A-Za-z@$]{0,3}["'`]+|["'`]+$/g;

/**
 * String literals that are one word, as code names options, keys, commands and kinds of things by;
 * without their quotes and without repetitions.
 */
export function wordLiterals(literals: readonly string[]): readonly string[] {
  const words = literals
    .filter(({ length }) => length <= LONGEST + 2 * '"""'.length)
    .map((literal) => literal.replace(QUOTES, ''))
    .filter((text) => text.length >= SHORTEST && text.length <= LONGEST && !/\s/.test(text));
  return [...new Set(words)];
}

const WORD_OF_TITLE = /[\p{L}\p{N}_.-]+/gu;

/**
 * The words of a title as literals may hold them: as they are written, and in lower case. Words that
 * say nothing are keywords of languages, too.
 */
export function titleWords(title: string): ReadonlySet<string> {
  const words = (title.match(WORD_OF_TITLE) ?? []).flatMap((word) => {
    const bare = word.replace(/^-{1,2}|\.{1,3}$/g, '');
    return [word, bare, word.toLowerCase(), bare.toLowerCase()];
  });
  return new Set(
    words.filter(
      (word) =>
        word.length >= SHORTEST && word.length <= LONGEST && !isStopWord(word.toLowerCase()),
    ),
  );
}

/** Those of them that a title says. */
export function literalsSaid(literals: readonly string[], title: string): readonly string[] {
  const words = titleWords(title);
  return literals.filter((literal) => words.has(literal));
}
