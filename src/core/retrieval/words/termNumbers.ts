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

const FNV_OFFSET = 0x811c9dc5;
const FNV_PRIME = 0x01000193;

/** The ASCII characters of words; all others from U+0080 on belong to words too. */
const IN_WORD = Uint8Array.from({ length: 0x80 }, (_, code) =>
  Number(/[A-Za-z0-9_$]/.test(String.fromCharCode(code))),
);

/**
 * Splitting and stemming words is most of the work of indexing, and code repeats its words: each is
 * split once and found again by a hash of its characters, without cutting it out of the text.
 */
export function createTermNumbers(tokenizer: Tokenizer): TermNumbers {
  const numbers = new Map<string, number>();
  /** Open addressing: 0 is free, else 1 + index into `words`. */
  let slots = new Int32Array(1 << 12);
  let words: string[] = [];
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

  /** The slot of the word, or the free one where it belongs. */
  function slotOf(text: string, start: number, end: number, hash: number): number {
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const found = slots[slot] ?? 0;
      if (found === 0) return slot;
      const word = words[found - 1] ?? '';
      if (word.length === end - start && text.startsWith(word, start)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  function remember(word: string): readonly number[] {
    const numbersOfWord = split(word);
    if (word.length > MAX_LENGTH) return numbersOfWord;
    if (words.length >= MAX_REMEMBERED) {
      slots.fill(0);
      words = [];
      numbersOfWords = [];
    }
    // A copy, because a part of a text keeps the whole text in memory.
    words.push(Buffer.from(word, 'utf16le').toString('utf16le'));
    numbersOfWords.push(numbersOfWord);
    if (words.length * 2 > slots.length) {
      slots = new Int32Array(slots.length * 2);
      for (const [index, known] of words.entries()) place(known, index);
    } else {
      place(word, words.length - 1);
    }
    return numbersOfWord;
  }

  function place(word: string, index: number): void {
    let hash = FNV_OFFSET;
    for (let at = 0; at < word.length; at++) {
      hash = Math.imul(hash ^ word.charCodeAt(at), FNV_PRIME);
    }
    slots[slotOf(word, 0, word.length, hash)] = index + 1;
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
        let hash = FNV_OFFSET;
        while (at < text.length && (code >= 0x80 || IN_WORD[code] === 1)) {
          hash = Math.imul(hash ^ code, FNV_PRIME);
          code = text.charCodeAt(++at);
        }
        const found = slots[slotOf(text, start, at, hash)] ?? 0;
        const terms =
          found === 0 ? remember(text.slice(start, at)) : (numbersOfWords[found - 1] ?? []);
        for (const number of terms) visit(number);
        count += terms.length;
      }
      return count;
    },
  };
}
