import { readMessage } from './message.ts';
import {
  FIX_VERBS,
  ISSUE_NOUNS,
  ISSUE_WORDS,
  REFERENCES,
  REFERENCE_LINKS,
} from './words/english.ts';
import { findPhrase, phraseAt, readWords, type Word } from './words/phrases.ts';

/** What a commit says of itself in a sentence. */
export interface Subject {
  /** Capitalized, without conventional prefix, labels and issue numbers; may be empty. */
  readonly text: string;
  /** Words that tell more than that something was fixed or added. */
  readonly words: number;
}

/** Longer subjects are cut at a word. */
const MAX_LENGTH = 200;

/** Words every fix or addition may use. */
const PLAIN = new Set(
  (
    'a an the in on of for to from with and or by at is are be it its this that some all few more ' +
    'another one last previous commit commits minor small little tiny quick various several misc ' +
    'fix fixes fixed fixing fixup bug bugs bugfix issue issues problem problems error errors ' +
    'hotfix patch correct corrected resolve resolved solve solved close closes closed see refs ' +
    'add adds added adding new feature features support change changes changed update updates ' +
    'updated improve improved work stuff thing things test tests wip again ticket tickets number ' +
    'pr review reviews requested request comments build builds building compile compilation ' +
    'compiler warning warnings ci lint linter line lines length lengths file files code style ' +
    'typo typos coverage weird broken harmless wrong attempt attempts try tries trying oops'
  ).split(' '),
);

/** Sentences that say themselves that something is put right. */
const REMEDY =
  /^(?:fix|correct|repair|resolv|avoid|prevent|ensur|handl|do not|don't|should|never|always|stop|make sure|no longer|properly|correctly|allow|unbreak|restor|revert)/i;

/** Reads the subject of a message, which may go on over lines up to an empty one. */
export function readSubject(message: string): Subject {
  const { subject, label } = readMessage(message);
  const bare = clip(withoutNumbers(firstSentence(subject)));
  // Without its label the sentence may read like what the code is for, not what was wrong with it.
  const isBareFix = label?.meaning === 'fix' && bare !== '' && !REMEDY.test(bare);
  const text = isBareFix ? `Fix: ${bare}` : capitalize(bare);
  const words = readWords(text).map((word) => word.text);
  return { text, words: new Set(words.filter(isTelling)).size };
}

/** Whether a word, in lower case, says more than that something was fixed or added. */
export function isTelling(word: string): boolean {
  return /^\p{L}/u.test(word) && !PLAIN.has(word) && !isCommitHash(word);
}

/** Which names a commit to git, and nothing to a reader. */
export function isCommitHash(word: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(word) && /\d/.test(word);
}

/**
 * What a reader of a list wants to know of a change: what it was for, or else, where the commit
 * does not say, what the code does.
 */
export function describeChange({ text, words }: Subject, codeDescription: string): string {
  return words >= 1 ? text : codeDescription;
}

function firstSentence(text: string): string {
  return text.split(/(?<=[\p{L}\p{N}]{3}[.!?])\s(?=\p{Lu})/u, 1)[0] ?? text;
}

/** `(#12)`, `(#12, #14)`, `(owner/name#12)`. */
const PARENTHESIZED =
  / ?\((?:[\w.-]{1,80}(?:\/[\w.-]{1,80})?)?(?:#|gh-)\d{1,9}(?:, ?#\d{1,9}){0,20}\)/gi;

/** Issue numbers say nothing without their tracker. */
function withoutNumbers(sentence: string): string {
  const text = sentence
    .replace(PARENTHESIZED, '')
    .replace(ASIDE, (aside, inside: string) => (isReference(inside) ? '' : aside));
  return withoutLast(withoutFirst(text)).replace(/^\([^()]*\)$/, '');
}

const ASIDE = / ?\(([^()]{1,80})\)/g;

/** `issue #12`, `fixes #12 and #14`: nothing but numbers and the words that lead to them. */
function isReference(text: string): boolean {
  const words = readWords(text);
  const hasNumber = words.some((word) => /^#\d+$/.test(word.text));
  return hasNumber && words.every((_, at) => phraseAt(ISSUE_WORDS, words, at) !== undefined);
}

/** `Fix #12: …` and `Fix for 12 - …`. */
function withoutFirst(text: string): string {
  const words = readWords(text);
  const match = phraseAt(REFERENCES, words, 0);
  const number = match === undefined ? undefined : words[match.to - 1];
  const next = match === undefined ? undefined : words[match.to];
  if (number === undefined || next === undefined) return text;
  const isMarked = number.text.startsWith('#') || /^\s*[:,–-]/.test(next.gap);
  // `and #14` goes on with the numbers, `by …` with what only the number names.
  const isSentence = !HANGING.has(next.text) && !/^#?\d+$/.test(next.text);
  return isMarked && isSentence ? text.slice(number.end).replace(/^[\s:,.–-]+/, '') : text;
}

/**
 * Cuts references off the end, with the words that lead to them where those are only that: `…;
 * fixes #12`, but not `reported in #12`, which would end in the air.
 */
function withoutLast(text: string): string {
  const words = readWords(text);
  const numbers = beforeNumbers(words);
  if (numbers === words.length) return trimEnd(text);
  const leads = beforeLeads(words, numbers);
  for (const count of [leads, numbers]) {
    const last = words[count - 1];
    if (last !== undefined && isHanging(words, count - 1)) continue;
    return trimEnd(text.slice(0, words[count]?.start));
  }
  return trimEnd(text);
}

/** How many words stand before the run of numbers at the end. */
function beforeNumbers(words: readonly Word[]): number {
  let count = words.length;
  while (count > 0 && isOfNumbers(words, count - 1)) count -= 1;
  // An "and" belongs to the numbers only where one stands before it.
  return words[count]?.text === 'and' ? count + 1 : count;
}

function isOfNumbers(words: readonly Word[], at: number): boolean {
  const text = words[at]?.text ?? '';
  if (text === 'and' || text === 'gh') return at < words.length - 1;
  return /^#\d+$/.test(text) || (/^\d+$/.test(text) && words[at - 1]?.text === 'gh');
}

/** The same before `(which) fixes issue`; the number of words as it was where nothing leads. */
function beforeLeads(words: readonly Word[], numbers: number): number {
  let count = numbers;
  if (findPhrase(ISSUE_NOUNS, words, count - 1, count) !== undefined) count -= 1;
  const verb = words[count - 1];
  if (verb === undefined || phraseAt(REFERENCE_LINKS.verbs, words, count - 1) === undefined) {
    return numbers;
  }
  count -= 1;
  while (count > 0 && phraseAt(REFERENCE_LINKS.joints, words, count - 1) !== undefined) count -= 1;
  return count;
}

/** True for a last word after which something must follow. */
function isHanging(words: readonly Word[], at: number): boolean {
  const isVerb = at > 0 && phraseAt(FIX_VERBS, words, at) !== undefined;
  return isVerb || HANGING.has(words[at]?.text ?? '');
}

const HANGING = new Set(
  'a an the of in on at to for from with by as and or but see via per re reported described than'.split(
    ' ',
  ),
);

function trimEnd(text: string): string {
  let end = text.length;
  while (end > 0 && ' \t.,;:–—-([#'.includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end).trim();
}

/** Names keep their first letter. */
export function capitalize(text: string): string {
  return /^\p{Ll}[\p{Ll}'-]*(?:[\s,]|\.(?!\w)|$)/u.test(text)
    ? text.charAt(0).toUpperCase() + text.slice(1)
    : text;
}

function clip(text: string): string {
  if (text.length <= MAX_LENGTH) return text;
  const cut = text.lastIndexOf(' ', MAX_LENGTH - 1);
  return `${text.slice(0, cut > MAX_LENGTH / 2 ? cut : MAX_LENGTH - 1)}…`;
}
