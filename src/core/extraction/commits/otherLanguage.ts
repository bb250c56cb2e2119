import {
  SPACED_LANGUAGES,
  type SpacedLanguage,
  UNSPACED_LANGUAGES,
  type UnspacedLanguage,
} from './words/otherLanguages.ts';
import { findPhrase, type Word } from './words/phrases.ts';
import type { Verdict } from './verdict.ts';

/** Words from the start among which a verb of these languages stands, or it is the last one. */
const LEADING_WORDS = 3;

type Saying = 'fix' | 'feature' | 'other';
const SAYINGS: readonly Saying[] = ['fix', 'feature', 'other'];

/** Judges a sentence of another language by its common words. */
export function byOtherLanguage(line: string, words: readonly Word[]): Verdict | undefined {
  for (const language of UNSPACED_LANGUAGES) {
    if (!language.script.test(line)) continue;
    const about = firstOf(language.notCode, line);
    if (about !== undefined) return ['unknown', 0.75, `about ${about}, not code`];
    return toVerdict(sayingOfUnspaced(language, line));
  }
  for (const language of SPACED_LANGUAGES) {
    const saying = sayingOfSpaced(language, words);
    if (saying === undefined) continue;
    const about = findPhrase(language.notCode, words);
    if (about !== undefined) {
      return ['unknown', 0.75, `about ${words[about.from]?.text ?? ''}, not code`];
    }
    return toVerdict(saying);
  }
  return undefined;
}

/** What an object in another language is about where that is not code. */
export function notCodeOfOtherLanguage(object: readonly Word[]): string | undefined {
  const text = object.map((word) => word.text).join(' ');
  const language = UNSPACED_LANGUAGES.find(({ script }) => script.test(text));
  return language === undefined ? undefined : firstOf(language.notCode, text);
}

interface Said {
  readonly saying: Saying;
  readonly word: string;
}

function toVerdict(said: Said | undefined): Verdict | undefined {
  if (said?.saying === 'fix') return ['bug_fix', 0.75, `the word ${said.word}`];
  if (said?.saying === 'feature') return ['feature_addition', 0.72, `the word ${said.word}`];
  return undefined;
}

function firstOf(pieces: readonly string[], line: string): string | undefined {
  const text = line.toLowerCase();
  return pieces.find((piece) => text.includes(piece.toLowerCase()));
}

function sayingOfUnspaced(language: UnspacedLanguage, line: string): Said | undefined {
  const text = line.toLowerCase();
  let best: (Said & { readonly at: number }) | undefined;
  for (const saying of SAYINGS) {
    for (const word of language[saying]) {
      const at = language.isVerbLast ? text.lastIndexOf(word) : text.indexOf(word);
      const isBetter = best === undefined || (language.isVerbLast ? at > best.at : at < best.at);
      if (at !== -1 && isBetter) best = { saying, word, at };
    }
  }
  return best;
}

function sayingOfSpaced(language: SpacedLanguage, words: readonly Word[]): Said | undefined {
  let best: (Said & { readonly at: number }) | undefined;
  for (const saying of SAYINGS) {
    const at = positionOf(language, saying, words);
    const isBetter =
      best === undefined ||
      (language.isVerbLast ? (at ?? -1) > best.at : (at ?? Infinity) < best.at);
    if (at !== undefined && isBetter) best = { saying, word: words[at]?.text ?? '', at };
  }
  return best;
}

function positionOf(
  language: SpacedLanguage,
  saying: Saying,
  words: readonly Word[],
): number | undefined {
  const last = words.length - 1;
  const end = findPhrase(language[saying], words, Math.max(0, last))?.from;
  const start = findPhrase(language[saying], words, 0, LEADING_WORDS)?.from;
  return language.isVerbLast ? (end ?? start) : (start ?? end);
}
