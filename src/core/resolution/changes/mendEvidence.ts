import type { MessageLikeness } from './messageLikeness.ts';

/** What speaks for it that a commit mended what an issue tells. */
export interface MendEvidence extends Pick<
  MessageLikeness,
  'titleInMessage' | 'subjectInText' | 'rarity' | 'shared'
> {
  /** Three words in a row of the issue that stand in lines the commit changed, tests included. */
  readonly phrases: number;
}

/**
 * Logistic regression over issues of SWE-bench Lite and paraphrased messages, before and after their
 * fix; see docs/benchmarks.md.
 */
const WEIGHTS = {
  ...{ titleInMessage: 2.4, subjectInText: 0.9, rarity: 3.3, phrases: 2.9 },
  bias: -6.4,
} as const;
/** So many phrases are as good as more of them. */
const ENOUGH_PHRASES = 20;
/** Fewer words, such as “better error message”, are the title of many issues and of many commits. */
const SAME_TITLE = 4;
/** Nobody who only compares words is surer. */
const SUREST = 0.95;

/**
 * How sure it is that a commit mended what an issue tells, 0 to 0.95. Where both titles say the same
 * in more than a few words, how rare these are does not count: in a short history no word is rare.
 */
export function surenessOf(evidence: MendEvidence): number {
  const { titleInMessage, subjectInText, rarity, phrases, shared } = evidence;
  const quoted = Math.min(1, Math.log(1 + phrases) / Math.log(ENOUGH_PHRASES));
  const sum =
    WEIGHTS.bias +
    WEIGHTS.titleInMessage * titleInMessage +
    WEIGHTS.subjectInText * subjectInText +
    WEIGHTS.rarity * rarity +
    WEIGHTS.phrases * quoted;
  const same = shared < SAME_TITLE ? 0 : Math.sqrt(titleInMessage * subjectInText);
  return Math.min(SUREST, Math.max(1 / (1 + Math.exp(-sum)), same));
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
