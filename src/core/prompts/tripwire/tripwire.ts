import { localized, type LocalizedText } from '../../model/localizedText.ts';
import { withoutInvisible } from '../visible.ts';
import { MARK_RULES, WORD_RULES, type WordRule } from './rules.ts';
import { hasMixedScripts, wordsOf, type Word } from './words.ts';

/** Why a text looks like an instruction to a language model. */
export interface Alarm {
  /** 3 or more. */
  readonly points: number;
  /** The strongest first. */
  readonly signs: readonly LocalizedText[];
  /** The stretch that the strongest sign was found in, on one line. */
  readonly excerpt: string;
}

/** From which sum of points a text counts as an instruction. */
const ALARM_POINTS = 3;
const EXCERPT_CHARACTERS = 160;

interface Sign {
  readonly points: number;
  readonly sign: LocalizedText;
  readonly excerpt: string;
}

/**
 * Looks for text that tries to instruct a language model. It is a tripwire, not a fence: it misses
 * what is worded in another way, in time that grows with the length of the text and no faster.
 */
export function alarmOf(text: string): Alarm | undefined {
  const signs = [...signsIn(text), ...signsOfHidden(text)].sort((a, b) => b.points - a.points);
  const points = signs.reduce((sum, sign) => sum + sign.points, 0);
  if (points < ALARM_POINTS) return undefined;
  const told = new Map(signs.map(({ sign }) => [sign.text, sign]));
  return { points, signs: [...told.values()], excerpt: signs[0]?.excerpt ?? '' };
}

function signsIn(text: string): readonly Sign[] {
  const marks = MARK_RULES.flatMap(({ points, mark, sign }) => {
    const found = mark.exec(text);
    return found === null ? [] : [{ points, sign, excerpt: excerptAt(text, found.index) }];
  });
  const mixed = hasMixedScripts(text)
    ? [{ points: 2, sign: localized`mixes letters that look alike`, excerpt: excerptAt(text, 0) }]
    : [];
  return [...matchWords(readable(text)), ...marks, ...mixed];
}

/** Where in the rules a word stands, by the word. */
const PLACES = new Map<string, { readonly rule: number; readonly group: number }[]>();
for (const [rule, { groups }] of WORD_RULES.entries()) {
  for (const [group, words] of groups.entries()) {
    for (const word of words.split(' ')) {
      const places = PLACES.get(word) ?? [];
      places.push({ rule, group });
      PLACES.set(word, places);
    }
  }
}

function matchWords(text: string): readonly Sign[] {
  const words = wordsOf(text);
  /** Of each rule the last position of a word of each group. */
  const last = WORD_RULES.map(({ groups }) => groups.map(() => -Infinity));
  const found = new Map<WordRule, Sign>();
  for (const [at, word] of words.entries()) {
    for (const { rule: number, group } of PLACES.get(word.text) ?? []) {
      const rule = WORD_RULES[number];
      const positions = last[number];
      if (rule === undefined || positions === undefined || found.has(rule)) continue;
      positions[group] = at;
      const first = Math.min(...positions);
      if (at - first >= rule.within) continue;
      const { points, sign } = rule;
      found.set(rule, { points, sign, excerpt: excerptAt(text, startOf(words, first)) });
    }
  }
  return [...found.values()];
}

function startOf(words: readonly Word[], at: number): number {
  return words[at]?.index ?? 0;
}

/** A stretch that may hide text. */
const CODED = /[A-Za-z0-9+/_-]{24,}/g;
/** Of one stretch; what hides an instruction is short. */
const MOST_CODED = 20_000;

/** Text written in base64 or as the numbers of its letters. */
function signsOfHidden(text: string): readonly Sign[] {
  for (const { 0: run, index } of text.matchAll(CODED)) {
    const coded = run.slice(0, MOST_CODED);
    const encoding = /^(?:[0-9a-fA-F]{2}){16,}$/.test(coded) ? 'hex' : 'base64';
    const decoded = Buffer.from(coded, encoding).toString('utf8');
    if (!isReadable(decoded)) continue;
    const points = signsIn(decoded).reduce((sum, sign) => sum + sign.points, 0);
    if (points < 2) continue;
    const sign = localized`hides instructions in an encoding`;
    return [
      { points: points + 1, sign, excerpt: `${excerptAt(text, index)} = ${excerptAt(decoded, 0)}` },
    ];
  }
  return [];
}

function isReadable(text: string): boolean {
  return /^[\x20-\x7e\s]*$/.test(text) && text.includes(' ');
}

/** A text with the letters that it spells in other ways, and without what nobody sees. */
function readable(text: string): string {
  const plain = text
    .replace(TAG, (tag) => String.fromCodePoint((tag.codePointAt(0) ?? TAGS) - TAGS))
    .replace(SPELLED, (_all, hex?: string, unit?: string, decimal?: string) =>
      String.fromCharCode(
        decimal === undefined ? parseInt(hex ?? unit ?? '', 16) : Number(decimal),
      ),
    );
  return withoutInvisible(plain);
}

/** Where the block of characters begins that repeats ASCII without being seen. */
const TAGS = 0xe0000;
const TAG = /[\u{e0020}-\u{e007e}]/gu;

/** Letters by their numbers, as strings of programs and web pages may hold them. */
const SPELLED = /\\x([0-9a-fA-F]{2})|\\u([0-9a-fA-F]{4})|&#(\d{2,5});/g;

function excerptAt(text: string, index: number): string {
  const stretch = text.slice(index, index + EXCERPT_CHARACTERS);
  return readable(stretch).replace(/\s+/g, ' ').trim();
}
