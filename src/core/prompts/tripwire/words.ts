/** A word of a text, lower case, in the letters it looks like. */
export interface Word {
  readonly text: string;
  /** Where it starts in the text that was read. */
  readonly index: number;
}

/** Names of code are read as the words they are made of: `ignoreAllRules` is three. */
const WORDS = /\p{Lu}?[\p{Ll}\p{M}]+|\p{Lu}+(?!\p{Ll})|[\p{Lo}\p{Lm}]+|\p{N}+/gu;

/** Letters of Cyrillic and Greek that pass for Latin ones. */
const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...{ а: 'a', в: 'b', е: 'e', к: 'k', м: 'm', н: 'h', о: 'o', р: 'p', с: 'c', т: 't' },
    ...{ у: 'y', х: 'x', і: 'i', ј: 'j', ѕ: 's', ԁ: 'd', ԛ: 'q', ԝ: 'w', һ: 'h', ӏ: 'l' },
    ...{ α: 'a', ε: 'e', ι: 'i', κ: 'k', ν: 'v', ο: 'o', ρ: 'p', τ: 't', υ: 'u', χ: 'x' },
  }),
);

/** Combining marks may be stacked without end. */
const LONGEST_WORD = 40;

export function wordsOf(text: string): readonly Word[] {
  return Array.from(text.matchAll(WORDS), ({ 0: word, index }) => ({
    text: asLatin(word.slice(0, LONGEST_WORD).normalize('NFKC').toLowerCase()),
    index,
  }));
}

function asLatin(word: string): string {
  if (/^[a-z]*$/.test(word)) return word;
  return Array.from(word, (letter) => LOOKALIKES.get(letter) ?? letter).join('');
}

/** Whether letters of Latin and of another script that passes for it make up one word. */
export function hasMixedScripts(text: string): boolean {
  for (const [word] of text.matchAll(/\p{L}{2,100}/gu)) {
    if (/\p{Script=Latin}/u.test(word) && /[\p{Script=Cyrillic}\p{Script=Greek}]/u.test(word)) {
      // Greek letters stand in names of science: `Δt`, `σMax`.
      if (/\p{Script=Cyrillic}/u.test(word) || /\p{Script=Greek}{2}/u.test(word)) return true;
    }
  }
  return false;
}
