/**
 * Numbers words in the order they come, from 0, and finds them again by a hash of their characters,
 * without cutting them out of the texts they stand in.
 */
export interface WordTable {
  readonly size: number;
  /**
   * The number of the word from `start` to `end`; -1 where it is not in the table.
   *
   * @param hash of its characters, see `HASH_START`
   */
  find(text: string, start: number, end: number, hash: number): number;
  /** A word that is not in the table. Returns its number. */
  add(word: string): number;
  clear(): void;
}

/** Where the hash of a word starts, which `hashStep` takes through its characters. */
export const HASH_START = 0x811c9dc5;

/** 32-bit FNV-1a over UTF-16 units. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, 0x01000193);
}

export function createWordTable(): WordTable {
  /** Open addressing: 0 is free, else 1 + number of a word. */
  let slots = new Int32Array(1 << 12);
  let words: string[] = [];

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

  function place(word: string, number: number): void {
    let hash = HASH_START;
    for (let at = 0; at < word.length; at++) hash = hashStep(hash, word.charCodeAt(at));
    slots[slotOf(word, 0, word.length, hash)] = number + 1;
  }

  return {
    get size() {
      return words.length;
    },
    find: (text, start, end, hash) => (slots[slotOf(text, start, end, hash)] ?? 0) - 1,
    add(word) {
      // A copy, because a part of a text keeps the whole text in memory.
      words.push(Buffer.from(word, 'utf16le').toString('utf16le'));
      if (words.length * 2 > slots.length) {
        slots = new Int32Array(slots.length * 2);
        for (const [number, known] of words.entries()) place(known, number);
      } else {
        place(word, words.length - 1);
      }
      return words.length - 1;
    },
    clear() {
      slots.fill(0);
      words = [];
    },
  };
}
