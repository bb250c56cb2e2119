import type { MessageLikeness } from './messageLikeness.ts';

/** What speaks for it that a commit mended what an issue tells. */
export interface MendEvidence extends Pick<
  MessageLikeness,
  'titleInMessage' | 'subjectInText' | 'rarity' | 'shared'
> {
  /** Three words in a row of the issue that stand in lines the commit changed, tests included. */
  readonly phrases: number;
  /** Whether its message says that it mends something. */
  readonly isFix: boolean;
  /**
   * Where the first function that it changed stands among those the issue is likely about, from 1;
   * `undefined` where it changed none of them.
   */
  readonly rank: number | undefined;
  /** Cosines of what the words mean; `undefined` where meaning cannot be compared. */
  readonly meaning:
    | {
        /** Of the title of the issue and that of the message. */
        readonly titles: number;
        /** Of the whole issue and the whole message. */
        readonly texts: number;
      }
    | undefined;
}

/**
 * Logistic regressions over the likeliest commits for issues in other words, after their fix and before
 * it; see docs/benchmarks.md.
 */
const BY_WORDS = {
  ...{ titleInMessage: 3.8, subjectInText: 2.75, rarity: 3.35, phrases: 2.65 },
  ...{ rank: 1.75, isFix: 2.4, titles: 0, texts: 0, bias: -8.65 },
} as const;
const BY_MEANING = {
  ...{ titleInMessage: 3, subjectInText: 1.55, rarity: 2.5, phrases: 2.6 },
  ...{ rank: 1.7, isFix: 2.3, titles: 4.4, texts: 3.7, bias: -11.7 },
} as const;
/** So many phrases are as good as more of them. */
const ENOUGH_PHRASES = 20;
/** A function that stands there is as good as none. */
const LAST_RANK = 30;
/** Fewer words, such as “better error message”, are the title of many issues and of many commits. */
const SAME_TITLE = 4;
/** Titles also say the same of two things. */
const SAME_TITLES_COUNT = 0.85;
/** Nobody who only compares words is surer. */
const SUREST = 0.95;

/**
 * How sure it is that a commit mended what an issue tells, 0 to 0.95. Where both titles say the same
 * in more than a few words, how rare these are does not count: in a short history no word is rare.
 */
export function surenessOf(evidence: MendEvidence): number {
  const { titleInMessage, subjectInText, rarity, phrases, shared, isFix, meaning } = evidence;
  const weights = meaning === undefined ? BY_WORDS : BY_MEANING;
  const rank = evidence.rank ?? LAST_RANK;
  const sum =
    weights.bias +
    weights.titleInMessage * titleInMessage +
    weights.subjectInText * subjectInText +
    weights.rarity * rarity +
    weights.phrases * Math.min(1, Math.log(1 + phrases) / Math.log(ENOUGH_PHRASES)) +
    weights.rank * Math.max(0, 1 - Math.log(rank) / Math.log(LAST_RANK)) +
    weights.isFix * Number(isFix) +
    weights.titles * (meaning?.titles ?? 0) +
    weights.texts * (meaning?.texts ?? 0);
  const alike = shared < SAME_TITLE ? 0 : Math.sqrt(titleInMessage * subjectInText);
  return Math.min(SUREST, Math.max(1 / (1 + Math.exp(-sum)), SAME_TITLES_COUNT * alike));
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*|\p{N}+/gu;
const WORDS_OF_PHRASE = 3;
/** Of them, longer than `x` and `if`. */
const LEAST_LONG = 2;
const SHORT = 2;
const IS_IMPORT = /^(?:from|import|use|using|require|include)$/;
const MOST_CHARACTERS = 200_000;

/** Three words in a row of each line of a text, imports left out: every file has these. */
export function phrasesOf(text: string): ReadonlySet<string> {
  const phrases = new Set<string>();
  for (const line of text.slice(0, MOST_CHARACTERS).split('\n')) {
    const words = line.match(WORD) ?? [];
    for (let at = 0; at + WORDS_OF_PHRASE <= words.length; at += 1) {
      const phrase = words.slice(at, at + WORDS_OF_PHRASE);
      const long = phrase.filter(({ length }) => length > SHORT).length;
      if (long >= LEAST_LONG && !IS_IMPORT.test(phrase[0] ?? '')) phrases.add(phrase.join(' '));
    }
  }
  return phrases;
}
