import { capitalize, readSubject } from './subject.ts';

/** What most messages of fixes say, and so nothing of this one. */
const LEAST_WORDS = 2;

/**
 * What went wrong or was put right, as the message of a fix says it, for somebody who never saw the
 * commit; `undefined` where it tells of nothing but that something was fixed.
 */
export function lessonOf(message: string): string | undefined {
  const { text, words } = readSubject(message);
  return words < LEAST_WORDS ? undefined : capitalize(text.replace(/^Fix: /, ''));
}
