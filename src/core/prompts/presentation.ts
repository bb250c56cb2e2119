import type { QuoteWords } from '../model/api/prompts.ts';
import type { Pattern } from '../model/pattern.ts';
import { fence, oneLine } from './fence.ts';
import { originOf } from './origin.ts';

/** What of a pattern may be put before a language model. */
export interface Presentation {
  readonly pattern: Pattern;
  /** On one line. */
  readonly heading: string;
  /** `undefined` where the pattern is no change, or adds what was not there. */
  readonly before: string | undefined;
  /** The code, or what a change made of it. */
  readonly code: string;
  readonly withoutComments: boolean;
}

/** Headings and labels of fenced code. */
type Labels = Pick<QuoteWords, 'before' | 'after'>;

/**
 * A pattern in fences, between words that say what it is.
 *
 * @param stale why it may be out of date
 */
export function quotePattern(
  shown: Presentation,
  words: QuoteWords,
  stale: string | undefined,
): string {
  const known = [originOf(shown.pattern), ...(stale === undefined ? [] : [stale])].join('; ');
  return [words.introduction, `(${known})`, ...blocksOf(shown, words), ''].join('\n');
}

export function blocksOf(
  { pattern, before, code }: Presentation,
  labels: Labels,
): readonly string[] {
  const { language } = pattern;
  if ('code' in pattern) return [fence(code, language)];
  return [
    ...(before === undefined ? [] : [labels.before, fence(before, language)]),
    labels.after,
    fence(code, language),
  ];
}

/** What a pattern is, in the words of whoever wrote it. */
export function headingOf(pattern: Pattern): string {
  return oneLine(pattern.description === '' ? pattern.qualifiedName : pattern.description);
}
