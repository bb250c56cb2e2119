/** What a run of letters and digits is made of. */
interface Makeup {
  readonly letters: number;
  readonly isOneCase: boolean;
  readonly digits: number;
  /** Places where the class of neighbouring letters and digits differs, over all places; 0 to 1. */
  readonly switches: number;
  readonly longestLower: number;
}

/**
 * Words as identifiers join them, each perhaps with a number after it. A random string has letters
 * that stand alone between others of another class. Each form ends where no other could go on, so
 * that there is one way to match a text and no backtracking.
 */
const WORD = [
  '[A-Z]?[a-z]{2,}(?![a-z])',
  '[A-Z][a-z](?=[A-Z][a-z]{2})',
  '[A-Z]{2,}(?![A-Za-z])',
  '[A-Z]+(?=[A-Z][a-z])',
  '(?<![A-Za-z])[a-z](?=[A-Z][a-z])',
  '(?<=[a-z])[A-Z](?=\\d)',
  '(?<![A-Za-z])[A-Za-z](?![A-Za-z])',
].join('|');
const READABLE = new RegExp(`^[-_./: ]*(?:(?:${WORD}|(?<![A-Za-z0-9])\\d)\\d{0,4}[-_./: ]*)+$`);

/** Gerrit puts a letter before its hashes, languages a suffix after numbers, services one after ids. */
const PREFIXED_HEX = /^0x[0-9a-f]+(?:u?l{0,2}|n|_?[iu]\d{1,3})?$|^[0-9a-f]{8,}-[a-z]{1,5}$/i;
const PLAIN_HEX = /^I?(?:[0-9a-f]+|[0-9A-F]+)$/;

/** Shannon entropy of the characters, in bits per character. */
export function entropyBits(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) {
    bits -= (count / text.length) * Math.log2(count / text.length);
  }
  return bits;
}

export function isHex(text: string): boolean {
  return PLAIN_HEX.test(text) || PREFIXED_HEX.test(text);
}

/** `oauth2-token`, `Sha256Hex`, `current_password`: text a person chose to be read. */
export function isReadable(text: string): boolean {
  if (!READABLE.test(text) || isUnpronounceable(text) || isInterleaved(text)) return false;
  if (isPatchwork(text)) return false;
  const inWords = (text.match(/[A-Za-z]{2,}/g) ?? []).join('').length;
  return inWords * 2 >= text.length - (text.match(/[-_./: ]/g) ?? []).length;
}

/** Numbers between letters again and again, as in `mgp68raf4c6zh1zw4`; names have one or two. */
function isInterleaved(text: string): boolean {
  return (text.match(/\d(?=[a-z]|[A-Z](?![a-z]))/g) ?? []).length >= 4;
}

/** Letters of both cases, hardly any of them in something that could be said. */
function isPatchwork(text: string): boolean {
  if (text.length < 10 || !/^[A-Za-z\d]+$/.test(text)) return false;
  if (!/[a-z]/.test(text) || !/[A-Z]/.test(text)) return false;
  const letters = text.replace(/\d/g, '').length;
  const words = (text.match(/[A-Z][a-z]{2,}|[a-z]{3,}/g) ?? []).filter((word) =>
    /[aeiouy]/i.test(word),
  );
  return words.join('').length < letters * 0.5;
}

/** Letters no language puts together so: six consonants in a row, as in `kqzxwvtr`. */
function isUnpronounceable(text: string): boolean {
  return /[bcdfghjklmnpqrstvwxz]{6}/.test(text) && !/([a-z])\1{2}|abcdef|qwert/.test(text);
}

/**
 * True for text that looks drawn by a machine rather than written: characters of a random string
 * change between lower case, upper case and digit at about 0.6 of its places (base 62) or 0.4
 * (base 36), those of identifiers and paths at less than 0.3. Hexadecimal text is never random by
 * itself: most of it is a hash.
 */
export function looksRandom(text: string): boolean {
  if (isHex(text)) return false;
  const makeup = toMakeup(text);
  if (makeup.digits === 0 || makeup.longestLower > (makeup.isOneCase ? 9 : 6) + text.length / 40) {
    return false;
  }
  if (!makeup.isOneCase && isMostlyWords(text, makeup)) return false;
  if (!changesOften(makeup) || (makeup.isOneCase && /[-_/]/.test(text))) return false;
  if (new Set(text).size < Math.min(12, text.length * 0.5)) return false;
  return entropyBits(text) >= Math.min(3.6, Math.log2(text.length) * 0.8);
}

/** `onlyIfCachedReturns504WhenNotCached`: short words change the class of letters often too. */
function isMostlyWords(text: string, { letters }: Makeup): boolean {
  const inWords = (text.match(/[A-Z]?[a-z]{3,}/g) ?? []).join('').length;
  return inWords >= letters * 0.55;
}

function changesOften({ isOneCase, letters, digits, switches }: Makeup): boolean {
  if (!isOneCase) return switches >= 0.36;
  const digitShare = digits / (letters + digits);
  return digitShare > 0.12 && digitShare < 0.6 && switches >= 0.28;
}

/** Of lower case, upper case, digit and punctuation that identifiers and paths lack. */
export function countClasses(text: string): number {
  return [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*+~?=|]/].filter((kind) => kind.test(text)).length;
}

function toMakeup(text: string): Makeup {
  const counts = { lower: 0, upper: 0, digit: 0 };
  let switches = 0;
  let places = 0;
  let lowerRun = 0;
  let longestLower = 0;
  let before: keyof typeof counts | undefined;
  for (let index = 0; index < text.length; index += 1) {
    const kind = kindOf(text.charCodeAt(index));
    lowerRun = kind === 'lower' ? lowerRun + 1 : 0;
    longestLower = Math.max(longestLower, lowerRun);
    if (kind !== undefined) {
      counts[kind] += 1;
      if (before !== undefined) {
        places += 1;
        if (before !== kind) switches += 1;
      }
    }
    before = kind;
  }
  return {
    letters: counts.lower + counts.upper,
    isOneCase: counts.lower === 0 || counts.upper === 0,
    digits: counts.digit,
    switches: places === 0 ? 0 : switches / places,
    longestLower,
  };
}

function kindOf(code: number): 'lower' | 'upper' | 'digit' | undefined {
  if (code >= 97 && code <= 122) return 'lower';
  if (code >= 65 && code <= 90) return 'upper';
  return code >= 48 && code <= 57 ? 'digit' : undefined;
}
