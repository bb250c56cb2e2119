import {
  BODIES_OF_FIX,
  BUG_WORDS,
  CHANGED_TO_ADD,
  CHANGED_TO_FIX,
  CLOSES_ISSUE,
  FEATURE_BEGINNINGS,
  FEATURE_PHRASES,
  FEATURE_VERBS,
  FIX_VERBS,
  FIX_WORDS,
  FIXES_OF_STYLE,
  FIXES_ISSUE,
  IMPLEMENTATION,
  IMPROVEMENTS,
  INTERFACES,
  ISSUE_BEGINNINGS,
  NOT_A_BUG,
  PAST_FEATURE_VERBS,
  STYLE_WORDS,
  SYMPTOM_BEGINNINGS,
  SYMPTOMS,
  TESTS_BEFORE,
} from './words/english.ts';
import { byOtherLanguage } from './otherLanguage.ts';
import { notCode } from './notCode.ts';
import type { Verdict } from './verdict.ts';
import { findPhrase, type Match, phraseAt, readWords, type Word } from './words/phrases.ts';

/** Evidence where there is none. */
export const NOTHING = 'nothing says fix or feature';

/** Characters of a body in which signs of a fix are looked for. */
const MAX_BODY = 10_000;

/** Judges a sentence by its words: as a whole, else by what it says was done besides. */
export function byClauses(subject: string, body: readonly string[]): Verdict {
  const whole = byWording(withoutArea(subject), body);
  if (whole !== undefined && whole[0] !== 'unknown') return whole;
  const words = readWords(subject);
  for (let at = 1; at < words.length; at += 1) {
    if (!beginsClause(words, at)) continue;
    const fix = phraseAt(FIX_VERBS, words, at);
    const verb = fix ?? phraseAt(PAST_FEATURE_VERBS, words, at);
    if (verb === undefined || notCode(words, verb.to, fix !== undefined) !== undefined) continue;
    const evidence = `besides ${said(words, verb)}`;
    return fix === undefined ? ['feature_addition', 0.5, evidence] : ['bug_fix', 0.5, evidence];
  }
  return whole ?? ['unknown', 0.6, NOTHING];
}

function beginsClause(words: readonly Word[], at: number): boolean {
  return words[at - 1]?.text === 'and' || /[,;:&.]\s/.test(words[at]?.gap ?? '');
}

/** Judges a sentence by how it begins, else by what it mentions; `undefined` where nothing tells. */
export function byWording(line: string, body: readonly string[]): Verdict | undefined {
  const whole = readWords(line);
  const words = withoutBeginnings(whole);
  const fix = phraseAt(FIX_VERBS, words, 0);
  const verb = fix ?? phraseAt(FEATURE_VERBS, words, 0);
  const isAlone = fix !== undefined && words[fix.to]?.gap.startsWith(',') === true;
  const other = isAlone ? undefined : notCode(words, verb?.to ?? 0, fix !== undefined);
  if (other !== undefined) return ['unknown', 0.75, `about ${other}, not code`];
  if (fix !== undefined) return ['bug_fix', 0.82, `leading verb ${said(words, fix)}`];
  if (verb !== undefined) return addition(words, verb);
  return byOtherLanguage(line, words) ?? byHints(words) ?? byMention(whole, body);
}

/** "Fix #12 - add an option" adds: the number only says who asked for it. So with "Test and fix". */
function withoutBeginnings(words: readonly Word[]): readonly Word[] {
  const number = phraseAt(ISSUE_BEGINNINGS, words, 0);
  const [next, after] = number === undefined ? [] : words.slice(number.to);
  if (number !== undefined && next?.isAside === false && /^\s/.test(after?.gap ?? '')) {
    return words.slice(number.to);
  }
  const tests = phraseAt(TESTS_BEFORE, words, 0);
  const isFollowed = tests !== undefined && words[tests.to]?.text.startsWith('fix') === true;
  return isFollowed ? words.slice(tests.to) : words;
}

/** What is added because it was missing mends something. */
function addition(words: readonly Word[], verb: Match): Verdict {
  const object = words[verb.to]?.text ?? '';
  const at = /^(?:back|a|the|some)$/.test(object) ? verb.to + 1 : verb.to;
  if (words[at]?.text === 'missing' && findPhrase(INTERFACES, words, at) === undefined) {
    return ['bug_fix', 0.65, 'adds what was missing'];
  }
  return ['feature_addition', 0.78, `leading verb ${said(words, verb)}`];
}

function byHints(words: readonly Word[]): Verdict | undefined {
  if (phraseAt(CHANGED_TO_ADD, words, 0) !== undefined) {
    return ['feature_addition', 0.6, 'changed to do more'];
  }
  const changed = byChange(words);
  if (changed !== undefined) return changed;
  const mended = findPhrase(FIXES_ISSUE, words);
  if (mended !== undefined) return ['bug_fix', 0.6, `fixes ${numberOf(words, mended)}`];
  const other = phraseAt(IMPROVEMENTS, words, 0);
  if (other !== undefined) return ['unknown', 0.6, `leading verb ${said(words, other)}`];
  const symptom = phraseAt(SYMPTOM_BEGINNINGS, words, 0) ?? findPhrase(SYMPTOMS, words);
  if (symptom !== undefined) return ['bug_fix', 0.62, `symptom ${said(words, symptom)}`];
  return tellsOfFeature(words) ? ['feature_addition', 0.65, 'words of an addition'] : undefined;
}

function byChange(words: readonly Word[]): Verdict | undefined {
  const [first] = words;
  if (first === undefined || !/^(?:chang|updat)/.test(first.text)) return undefined;
  const mended = findPhrase(CHANGED_TO_FIX, words, 1);
  return mended === undefined ? undefined : ['bug_fix', 0.55, `changed ${said(words, mended)}`];
}

function tellsOfFeature(words: readonly Word[]): boolean {
  return (
    phraseAt(FEATURE_BEGINNINGS, words, 0) !== undefined ||
    findPhrase(FEATURE_PHRASES, words) !== undefined ||
    findPhrase(IMPLEMENTATION, words, 1, 5) !== undefined ||
    words.some(({ gap }, at) => gap.startsWith(':') && words[at - 1]?.text === 'support')
  );
}

function byMention(words: readonly Word[], body: readonly string[]): Verdict | undefined {
  const told = readWords(body.join(' '), MAX_BODY);
  for (const text of [words, told]) {
    const fixed = findPhrase(FIXES_ISSUE, text);
    if (fixed !== undefined) return ['bug_fix', 0.65, `fixes ${numberOf(text, fixed)}`];
  }
  if (isOfStyle(words)) return undefined;
  if (findPhrase(FIX_WORDS, words) !== undefined) {
    const closed = findPhrase(CLOSES_ISSUE, told);
    const evidence = closed === undefined ? 'mentions a fix' : `closes ${numberOf(told, closed)}`;
    return ['bug_fix', 0.45, evidence];
  }
  const bug = findPhrase(BODIES_OF_FIX, told);
  const isBug = bug !== undefined && phraseAt(NOT_A_BUG, told, bug.to) === undefined;
  return isBug ? ['bug_fix', 0.45, 'body tells of a bug'] : undefined;
}

function isOfStyle(words: readonly Word[]): boolean {
  if (findPhrase(BUG_WORDS, words) !== undefined) return false;
  if (findPhrase(FIXES_OF_STYLE, words) !== undefined) return true;
  const isNothingElse = words.every((_, at) => phraseAt(STYLE_WORDS, words, at) !== undefined);
  return words.length > 1 && isNothingElse;
}

/** `printer: fix colours` is about fixing colours, wherever; kernels name several areas. */
export function withoutArea(subject: string): string {
  const end = subject.indexOf(': ');
  const area = subject.slice(0, end);
  if (end < 2 || end > 40 || !/^[\w./\-{},* ]+$/.test(area)) return subject;
  if (area.split(' ').length > 2 || /^cve-/i.test(area)) return subject;
  const words = readWords(area);
  const isVerb =
    phraseAt(FIX_VERBS, words, 0) !== undefined || phraseAt(FEATURE_VERBS, words, 0) !== undefined;
  // A path names code, whatever its folders are called.
  const isOther = !area.includes('/') && notCode(words, 0, false) !== undefined;
  if (isVerb || isOther) return subject;
  return withoutArea(subject.slice(end + 2).trimStart());
}

function numberOf(words: readonly Word[], { to }: Match): string {
  return `#${(words[to - 1]?.text ?? '').replace('#', '')}`;
}

/** At most three words of a match, in lower case. */
function said(words: readonly Word[], { from, to }: Match): string {
  return words
    .slice(from, Math.min(to, from + 3))
    .map(({ text }) => text)
    .join(' ');
}
