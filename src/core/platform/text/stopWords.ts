import type { Word } from './words.ts';

/** Words of English that say nothing about code; a query of nothing else keeps them. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  'a an and are as at be but by do does for from has have how i if in into is it its not of on or our so such that the their then there these this to was we what when where which while will with you your'.split(
    ' ',
  ),
);
/** @param word in lower case */
export function isStopWord(word: string): boolean {
  return STOP_WORDS.has(word);
}

/** All of them where there are no others. */
export function withoutStopWords(words: readonly Word[]): readonly Word[] {
  const telling = words.filter((word) => !isStopWord(word.joined));
  return telling.length === 0 ? words : telling;
}
