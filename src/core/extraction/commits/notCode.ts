import { notCodeOfOtherLanguage } from './otherLanguage.ts';
import {
  MISSING,
  NOT_CODE,
  NOT_CODE_ALONE,
  NOT_CODE_FIRST,
  NOT_CODE_NEAR,
  NOT_CODE_UNLESS_MISSING,
  NOT_MENDED,
  OBJECT_ENDS,
  PREPOSITIONS,
  WRONGLY,
} from './words/english.ts';
import { findPhrase, type Match, phraseAt, type Word } from './words/phrases.ts';

/** What follows is done on the side, or says when and why. */
const NEXT_PARTS = new Set('and where when if that which so because'.split(' '));

/** Words at whose beginning what a sentence is about stands. */
const NEAR = 4;

/**
 * What the object of a sentence, from word `from` on, is about where that is not the product's
 * behaviour: its tests, documentation, build, style or types.
 *
 * @param isMended whether the object is put right, not added
 */
export function notCode(
  words: readonly Word[],
  from: number,
  isMended: boolean,
): string | undefined {
  const object = objectFrom(words, from);
  const found =
    findPhrase(NOT_CODE, object) ??
    unlessMissing(object) ??
    alone(object) ??
    near(object) ??
    (isMended ? mended(object) : undefined);
  if (found === undefined) return notCodeOfOtherLanguage(object);
  return object[found.to - 1]?.text ?? object.at(-1)?.text;
}

function objectFrom(words: readonly Word[], from: number): readonly Word[] {
  const object: Word[] = [];
  for (let at = from; at < words.length; at += 1) {
    const word = words[at];
    if (word === undefined) break;
    const isNext = NEXT_PARTS.has(word.text) || /[,;&+]\s/.test(word.gap);
    if (isNext && at > from) break;
    if (!word.isAside) object.push(word);
  }
  return object;
}

function unlessMissing(object: readonly Word[]): Match | undefined {
  const found = findPhrase(NOT_CODE_UNLESS_MISSING, object);
  return found === undefined || MISSING.has(object[found.from - 1]?.text ?? '') ? undefined : found;
}

function mended(object: readonly Word[]): Match | undefined {
  const found = findPhrase(NOT_MENDED, object);
  if (found === undefined) return undefined;
  return findPhrase(WRONGLY, object, 0, found.from) === undefined ? found : undefined;
}

function alone(object: readonly Word[]): Match | undefined {
  const found = phraseAt(NOT_CODE_ALONE, object, 0);
  return found?.to === object.length ? found : undefined;
}

function near(object: readonly Word[]): Match | undefined {
  for (let at = 0; at < Math.min(NEAR, object.length); at += 1) {
    if (at > 0 && PREPOSITIONS.has(object[at]?.text ?? '')) break;
    const first = at === 0 ? phraseAt(NOT_CODE_FIRST, object, at) : undefined;
    const match = first ?? phraseAt(NOT_CODE_NEAR, object, at);
    if (match !== undefined && isEndOfObject(object[match.to])) return match;
  }
  return undefined;
}

function isEndOfObject(next: Word | undefined): boolean {
  return next === undefined || OBJECT_ENDS.has(next.text) || /[.,:;()]/.test(next.gap);
}
