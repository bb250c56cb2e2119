/**
 * A message of the core, which begins in lower case, as a heading and as the start of a text: with a
 * capital letter, unless it begins with a path or an identifier, and without a full stop.
 */
export function toHeading(message: string): string {
  return message
    .trim()
    .replace(/[.\s]+$/, '')
    .replace(/^\p{Ll}(?=\p{Ll}*(?:[\s,;:’']|$))/u, (letter) => letter.toUpperCase());
}

/** With a full stop, unless it ends with a sign of its own. */
export function toSentence(message: string): string {
  return /[\p{Sentence_Terminal}…]$/u.test(message) ? message : `${message}.`;
}
