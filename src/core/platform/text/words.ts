import { stemmer } from 'stemmer';

/** One identifier or word of a text. */
export interface Word {
  /** Stems of its parts, in order: `parseJSONFiles` gives `pars`, `json`, `file`. */
  readonly parts: readonly string[];
  /** The last of its parts in lower case, before it was stemmed; empty without parts. */
  readonly lastPart: string;
  /** All of it in lower case, without separators. */
  readonly joined: string;
  /** True where it has several parts, as identifiers do. */
  readonly compound: boolean;
  /**
   * What it is indexed under: its parts and, where it has several, the stem of the whole; of a pair
   * of characters also each of them.
   */
  readonly terms: readonly string[];
}

/** Splits texts into words; remembers words it met, so keep one for many texts. */
export interface Tokenizer {
  words(text: string): readonly Word[];
}

/** Longer ones are names only where they read like words: most are hashes, keys and encoded bytes. */
const MAX_WORD_LENGTH = 64;
const MAX_NAME_LENGTH = 512;
/** Of the parts of a long name, on average; those of encoded bytes have fewer than two letters. */
const MIN_PART_LENGTH = 3;
/** Of a memory of words: about 10 MB, above the distinct words of most repositories. */
const MAX_REMEMBERED = 60_000;

const RAW_WORD = /[A-Za-z0-9_$\u0080-\uffff]+/g;
const UNICODE_WORD = /[\p{L}\p{N}_$][\p{L}\p{M}\p{N}_$]*/gu;
/** Scripts written without spaces; their words are taken as overlapping pairs of characters. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]+/gu;
/** Plural acronyms, acronyms, words, numbers. */
const PART = /\p{Lu}{2,}s(?!\p{Ll})|\p{Lu}+(?!\p{Ll})|\p{Lu}?[\p{Ll}\p{Lm}\p{Lo}\p{M}]+|\p{N}+/gu;
/** The same for text that is all ASCII, three times as fast. */
const ASCII_PART = /[A-Z]{2,}s(?![a-z])|[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+/g;
const NON_ASCII = /[^\0-\x7f]/;

export function createTokenizer(): Tokenizer {
  const remembered = new Map<string, readonly Word[]>();

  function expand(raw: string): readonly Word[] {
    const known = remembered.get(raw);
    if (known !== undefined) return known;
    const words = NON_ASCII.test(raw) ? splitUnicode(raw) : [toWord(raw)];
    const kept = words.filter((word) => word.parts.length > 0);
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    if (raw.length <= MAX_WORD_LENGTH) remembered.set(raw, kept);
    return kept;
  }

  return {
    words(text) {
      const found: Word[] = [];
      for (const raw of text.match(RAW_WORD) ?? []) {
        for (const word of expand(raw)) found.push(word);
      }
      return found;
    },
  };
}

/** Porter's stem of an English word in lower case, however it is spelled; others are left as they are. */
export function stem(word: string): string {
  return /^[a-z]{3,}$/.test(word) ? stemmer(americanSpelling(word)) : word;
}

const OUR = /^([a-z]{3,}o)ur(s|ed|ing|ful|less|able|ite|ites)?$/;
/** Words such as `precise` and `revise` have no other spelling, and relatives without it. */
const ISE =
  /^([a-z]+(?:[aeiu]l|[aeo]r|[aeio]n|gn|im|om|it|og|mo)i)s(e|es|ed|er|ers|ing|able|ation|ations)$/;
const CENTRE = /^(cent|lit|fib|theat)re(s?)$/;

/** `behaviour`, `serialise`, `centre`. */
function americanSpelling(word: string): string {
  return word.replace(OUR, '$1r$2').replace(ISE, '$1z$2').replace(CENTRE, '$1er$2');
}

function splitUnicode(raw: string): readonly Word[] {
  const words: Word[] = [];
  for (const [text] of foldAccents(raw).matchAll(UNICODE_WORD)) {
    for (const piece of text.split(UNSPACED)) words.push(toWord(piece));
    for (const [run] of text.matchAll(UNSPACED)) {
      words.push(...pairsOf(run));
    }
  }
  return words;
}

/** `naïve` and `naive` are one word; marks that change a letter of other scripts stay. */
function foldAccents(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC');
}

function pairsOf(run: string): readonly Word[] {
  const characters = Array.from(run);
  if (characters.length < 2) return characters.map((character) => createWord([character]));
  return characters.slice(1).map((character, index) => {
    const former = characters[index] ?? '';
    const pair = `${former}${character}`;
    const terms = index === 0 ? [pair, former, character] : [pair, character];
    return { ...createWord([pair]), terms };
  });
}

function toWord(raw: string): Word {
  if (raw.length > MAX_NAME_LENGTH) return createWord([]);
  const parts = raw.match(NON_ASCII.test(raw) ? PART : ASCII_PART) ?? [];
  return createWord(raw.length <= MAX_WORD_LENGTH || isName(parts) ? parts.map(toLower) : []);
}

function isName(parts: readonly string[]): boolean {
  const letters = parts.reduce((sum, { length }) => sum + length, 0);
  return (
    letters >= MIN_PART_LENGTH * parts.length &&
    parts.every(({ length }) => length <= MAX_WORD_LENGTH)
  );
}

function createWord(lower: readonly string[]): Word {
  const parts = lower.map(stem);
  const joined = lower.join('');
  const compound = lower.length > 1;
  const lastPart = lower.at(-1) ?? '';
  return { parts, lastPart, joined, compound, terms: compound ? [...parts, stem(joined)] : parts };
}

function toLower(text: string): string {
  return text.toLowerCase();
}
