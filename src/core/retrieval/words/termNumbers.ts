import { createWordTable, hashStep, HASH_START } from '../../platform/text/wordTable.ts';
import type { Tokenizer } from '../../platform/text/words.ts';

/** Numbers the terms of an index in order of appearance, from 0. */
export interface TermNumbers {
  readonly size: number;
  numberOf(term: string): number;
  find(term: string): number | undefined;
  /** In the order of their numbers. */
  terms(): IterableIterator<string>;
  /**
   * Calls back with the number of every term of a text, in order, repetitions included.
   *
   * @returns how many there were
   */
  eachIn(text: string, visit: (number: number) => void): number;
}

/** Words whose terms are remembered: about 30 MB, above the distinct words of most libraries. */
const MAX_REMEMBERED = 200_000;

/** Longer ones are rare enough to be split again. */
const MAX_LENGTH = 64;

/** The ASCII characters of words; all others from U+0080 on belong to words too. */
const IN_WORD = Uint8Array.from({ length: 0x80 }, (_, code) =>
  Number(/[A-Za-z0-9_$]/.test(String.fromCharCode(code))),
);

/**
 * Splitting and stemming words is most of the work of indexing, and code repeats its words: each is
 * split once.
 */
export function createTermNumbers(tokenizer: Tokenizer): TermNumbers {
  const numbers = new Map<string, number>();
  const words = createWordTable();
  let numbersOfWords: (readonly number[])[] = [];

  function numberOf(term: string): number {
    let number = numbers.get(term);
    if (number === undefined) {
      number = numbers.size;
      numbers.set(term, number);
    }
    return number;
  }

  function split(word: string): readonly number[] {
    return tokenizer.words(word).flatMap(({ terms }) => terms.map(numberOf));
  }

  function remember(word: string): readonly number[] {
    const numbersOfWord = split(word);
    if (word.length > MAX_LENGTH) return numbersOfWord;
    if (words.size >= MAX_REMEMBERED) {
      words.clear();
      numbersOfWords = [];
    }
    words.add(word);
    numbersOfWords.push(numbersOfWord);
    return numbersOfWord;
  }

  return {
    get size() {
      return numbers.size;
    },
    numberOf,
    find: (term) => numbers.get(term),
    terms: () => numbers.keys(),
    eachIn(text, visit) {
      let count = 0;
      let at = 0;
      while (at < text.length) {
        let code = text.charCodeAt(at);
        if (code < 0x80 && IN_WORD[code] === 0) {
          at++;
          continue;
        }
        const start = at;
        let hash = HASH_START;
        while (at < text.length && (code >= 0x80 || IN_WORD[code] === 1)) {
          hash = hashStep(hash, code);
          code = text.charCodeAt(++at);
        }
        const found = words.find(text, start, at, hash);
        const terms = numbersOfWords[found] ?? remember(text.slice(start, at));
        for (const number of terms) visit(number);
        count += terms.length;
      }
      return count;
    },
  };
}
