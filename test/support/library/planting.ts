import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { wordlist } from '@scure/bip39/wordlists/english.js';
import { ALPHABETS, createChance, createDraw } from '../draw.ts';

/** A text that holds a made-up secret, of a kind that rules were tuned on or that was held out. */
export interface Planted {
  readonly kind: string;
  readonly isHeldOut: boolean;
  readonly text: string;
  /** The secrets in it, in the pieces in which they stand there. */
  readonly pieces: readonly string[];
}

const FIXTURE = join(import.meta.dirname, '../../fixtures/secrets/planted.txt');

const WORDS = `amber anchor badger basalt canyon cobalt dahlia ember falcon ferret ginger glacier
  harbor hazel indigo jasmine juniper kestrel lantern lilac magnet maple meadow nectar nimbus onyx
  orchid otter pebble pepper plum quartz quiver raven ribbon saffron sierra spruce thistle tulip
  umber velvet violet walnut willow yarrow zephyr zinnia`.split(/\s+/);

const PLACE = /\{([a-z\d-]+|Word)(?::(\d+))?(\*)?(?:\/(.*?)\/)?\}/g;

/** Every text of the fixture with secrets drawn anew; the same for the same seed. */
export function plantSecrets(seed: number): readonly Planted[] {
  const make = createMaker(seed);
  const planted: Planted[] = [];
  let kind = '';
  let isHeldOut = false;
  for (const line of readFileSync(FIXTURE, 'utf8').split('\n')) {
    if (/^(?:# [A-Z↵]|$)/.test(line) && !line.includes('{')) continue;
    const [, mark, name] = /^([+-]) ([a-z].*)$/.exec(line) ?? [];
    if (mark !== undefined && name !== undefined && !line.includes('{')) {
      [kind, isHeldOut] = [name.replace(/, further$/, ''), mark === '-'];
      continue;
    }
    const pieces: string[] = [];
    const text = line
      .replaceAll('↵', '\n')
      .replace(PLACE, (...match: readonly (string | undefined)[]) => {
        const [, form = '', length, isDecoy, joint] = match;
        const value = make(form, Number(length));
        const half = Math.floor(value.length / 2);
        const parts = joint === undefined ? [value] : [value.slice(0, half), value.slice(half)];
        if (isDecoy === undefined) pieces.push(...parts);
        return parts.join(joint ?? '');
      });
    planted.push({ kind: isHeldOut ? `${kind} (held out)` : kind, isHeldOut, text, pieces });
  }
  return planted;
}

/** True when no eight characters of a secret, or none of a shorter one, are left in the text. */
export function isGone(text: string, { pieces }: Planted): boolean {
  return pieces.every((piece) => {
    const length = Math.min(piece.length, 8);
    return Array.from({ length: piece.length - length + 1 }, (_, at) =>
      piece.slice(at, at + length),
    ).every((window) => !text.includes(window));
  });
}

/** A vowel behind the first letter becomes the digit that looks like it. */
function disguise(word: string): string {
  const disguised = word.replace(
    /(?<=[a-z])[oea](?=[a-z])/i,
    (vowel) => '034'['oea'.indexOf(vowel)] ?? '',
  );
  return disguised === word ? `R0${word.toLowerCase()}` : disguised;
}

function createMaker(seed: number): (form: string, length: number) => string {
  const draw = createDraw(seed);
  const next = createChance(seed + 1);
  const pick = (words: readonly string[]): string => words[Math.floor(next() * words.length)] ?? '';
  const many = (length: number, words: readonly string[]): string[] =>
    Array.from({ length }, () => pick(words));
  const capital = (): string => pick(WORDS).replace(/^./, (letter) => letter.toUpperCase());
  const strong = (symbols: string): string =>
    capital() + draw(2, ALPHABETS.digits) + draw(1, symbols) + draw(4);
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  const forms: Readonly<Record<string, (length: number) => string>> = {
    Word: capital,
    weak: () => pick(WORDS) + draw(2, ALPHABETS.digits),
    kebab: () => many(3, WORDS).join('-'),
    leet: () => disguise(capital()),
    saying: () => `the ${pick(WORDS)} is not what it seems ${pick(['now', 'today'])}`,

    strung: () => `${pick(WORDS)}${draw(1, ALPHABETS.digits)}-so-${pick(WORDS)}-secret`,
    phrase: () => [...many(3, WORDS), draw(1, ALPHABETS.digits), pick(WORDS)].join(' '),
    strong: () => strong('!%^&*+?'),
    'strong-url': () => strong('!*+.~_-'),
    'strong-set': () => strong('!%^&*+?'),
    'strong-arg': () => strong('%^+.,_-'),
    mnemonic: () => many(12, WORDS).join(' '),
    bip39: (length) => many(length, wordlist).join(' '),
    'bip39-list': (length) =>
      many(length, wordlist)
        .map((word) => `"${word}"`)
        .join(', '),
    basic: () => base64(`${pick(WORDS)}:${draw(12)}`),
    b64text: () => base64(strong('!%')),
    json64: () => base64(JSON.stringify({ auths: { 'r.example.com': { auth: draw(24) } } })),
    uuid: () => [8, 4, 4, 4, 12].map((length) => draw(length, ALPHABETS.hex)).join('-'),
    age: (length) => draw(length, 'QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L'),
    alnum: (length) => draw(length),
    hex: (length) => draw(length, ALPHABETS.hex),
    digits: (length) => draw(length, ALPHABETS.digits),
    b32: (length) => draw(length, ALPHABETS.base32),
    b36: (length) => draw(length, ALPHABETS.base36),
    b64: (length) => draw(length, ALPHABETS.base64),
    upper36: (length) => draw(length, ALPHABETS.upper + ALPHABETS.digits),
    urlsafe: (length) => draw(length, ALPHABETS.urlSafe),
  };
  return (form, length) => {
    const made = forms[form]?.(length);
    if (made === undefined) throw new Error(`No way to draw {${form}}`);
    return made;
  };
}
