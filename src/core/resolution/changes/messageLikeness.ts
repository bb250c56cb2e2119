import { inverseDocumentFrequency } from '../../platform/text/termWeight.ts';

/** Different words of a message or an issue as they are compared. */
export interface SaidWords {
  /** Of its first line. */
  readonly title: readonly string[];
  /** Of all of it. */
  readonly text: readonly string[];
}

/** How much an issue and the message of a commit say the same: shares by the rarity of words, 0 to 1. */
export interface MessageLikeness {
  /** Of the title of the issue, in the message. */
  readonly titleInMessage: number;
  /** Of the title of the issue, in the title of the message. */
  readonly titleInSubject: number;
  /** Of the title of the message, in the title of the issue. */
  readonly subjectInTitle: number;
  /** Of the title of the message, in the issue. */
  readonly subjectInText: number;
  /** How rare what both titles say is together; 1 for so much that it is no accident. */
  readonly rarity: number;
  /** Different words that both titles say. */
  readonly shared: number;
}

/** Sum of the rarities of two words of which each stands in one of a thousand messages, and one more. */
const NO_ACCIDENT = 18;

/** Compares one issue with all messages of a history. */
export function createMessageComparison(
  issue: SaidWords,
  messages: readonly SaidWords[],
): (message: SaidWords) => MessageLikeness {
  const holding = new Map<string, number>();
  for (const { text } of messages) {
    for (const word of text) holding.set(word, (holding.get(word) ?? 0) + 1);
  }
  const rarityOf = (word: string): number =>
    inverseDocumentFrequency(messages.length, holding.get(word) ?? 0);
  const weigh = (words: readonly string[]): number =>
    words.reduce((sum, word) => sum + rarityOf(word), 0);
  const shareOf = (words: readonly string[], others: ReadonlySet<string>): number => {
    const all = weigh(words);
    return all === 0 ? 0 : weigh(words.filter((word) => others.has(word))) / all;
  };
  const [inTitle, inText] = [new Set(issue.title), new Set(issue.text)];
  return ({ title, text }) => {
    const shared = title.filter((word) => inTitle.has(word));
    return {
      titleInMessage: shareOf(issue.title, new Set(text)),
      titleInSubject: shareOf(issue.title, new Set(title)),
      subjectInTitle: shareOf(title, inTitle),
      subjectInText: shareOf(title, inText),
      rarity: Math.min(1, weigh(shared) / NO_ACCIDENT),
      shared: shared.length,
    };
  };
}
