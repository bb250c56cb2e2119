import { isStopWord } from '../../platform/text/stopWords.ts';

/** Stands in a phrase for what a program fills in. */
export const FILLED = '*';
const WORDS_OF_PHRASE = 3;
/** Longer strings are texts, not messages. */
const LONGEST_MESSAGE = 300;

/** Quotes with the letters before them, in the languages read here. */
const QUOTES = /^[A-Za-z@$]{0,3}["'`]+|["'`]+$/g;
/** `%s`, `%(name)d`, `{}`, `{name!r}`, `${…}`, `#{…}`, `\(…)` of format strings. */
const PLACE =
  /%(?:\(\w{1,60}\))?[-+ #0-9.*]{0,10}[a-zA-Z]|[$#]?\{[^{}]{0,200}\}|\\\([^()]{0,100}\)/g;
const WORD_OR_PLACE = /[\p{L}\p{N}_]+|\*/gu;

/** Three words in a row of a message in source code; what is filled in reads `*`. */
export function phrasesOfString(literal: string): readonly string[] {
  if (literal.length > LONGEST_MESSAGE) return [];
  const message = literal.replace(QUOTES, '').replaceAll(FILLED, ' ').replace(PLACE, ` ${FILLED} `);
  return runsOf(message.toLowerCase().match(WORD_OR_PLACE) ?? []).filter(
    (phrase) => phrase.split(FILLED).length < WORDS_OF_PHRASE,
  );
}

/**
 * The phrases of a text as messages may hold them: with each of their words filled in, too. Those of
 * words that stand in any sentence, such as `… is not`, are no message.
 */
export function phrasesOfText(text: string): ReadonlySet<string> {
  const phrases = new Set<string>();
  const add = (words: readonly string[]): void => {
    if (words.some((word) => word !== FILLED && !isStopWord(word))) phrases.add(words.join(' '));
  };
  for (const phrase of runsOf(
    text.toLowerCase().replaceAll(FILLED, ' ').match(WORD_OR_PLACE) ?? [],
  )) {
    const words = phrase.split(' ');
    add(words);
    for (let filled = 0; filled < WORDS_OF_PHRASE; filled += 1) {
      add(words.map((word, at) => (at === filled ? FILLED : word)));
    }
  }
  return phrases;
}

function runsOf(words: readonly string[]): string[] {
  return words
    .slice(WORDS_OF_PHRASE - 1)
    .map((_, at) => words.slice(at, at + WORDS_OF_PHRASE).join(' '));
}
