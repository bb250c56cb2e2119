import type { CommitType } from '../../model/api/jobs.ts';
import { type Message, readMessage } from './message.ts';
import { notCode } from './notCode.ts';
import { isScopeOfOthers, type Label } from './words/labels.ts';
import {
  FIX_VERBS,
  FEATURE_VERBS,
  ISSUE_WORDS,
  RELEASES,
  RELEASES_NEAR,
  REVERTS,
  SYMPTOMS,
} from './words/english.ts';
import { findPhrase, isVersion, phraseAt, readWords, type Word } from './words/phrases.ts';
import type { Verdict } from './verdict.ts';
import { byClauses, byWording, NOTHING, withoutArea } from './wording.ts';

/** What a commit is judged by: its message and which paths it changed, never its text. */
export interface CommitFacts {
  readonly message: string;
  readonly parents: readonly string[];
  readonly productionPaths: readonly string[];
  /** Those of `productionPaths` that were not there before. */
  readonly addedPaths: readonly string[];
  readonly testPaths: readonly string[];
}

export interface Classification {
  readonly type: CommitType;
  /** 0 to 1: how sure `type` is. */
  readonly confidence: number;
  /** Short phrases, the deciding one first. */
  readonly evidence: readonly string[];
}

const ISSUE = /(?<![\w&/])(?:#|gh-)(\d{1,7})\b/gi;
const ISSUE_ADDRESS = /\/(?:issues|pull|pulls)\/(\d{1,7})\b/gi;

/** Numbers of issues and pull requests a message mentions, as `#12`, in order, each once. */
export function linkedIssues(message: string): readonly string[] {
  const numbers = [...message.matchAll(ISSUE), ...message.matchAll(ISSUE_ADDRESS)];
  return [...new Set(numbers.map(([, number = '']) => `#${number}`))];
}

/** Says whether a commit mends a bug, adds a feature or does something else. */
export function classify(commit: CommitFacts): Classification {
  const [type, base, reason] = decide(commit, readMessage(commit.message));
  if (type === 'unknown') return { type, confidence: base, evidence: [reason] };
  const evidence = [reason];
  let confidence = base;
  if (commit.testPaths.length > 0) {
    confidence += 0.06;
    evidence.push('tests changed with it');
  }
  const [issue] = linkedIssues(commit.message);
  if (issue !== undefined) {
    confidence += 0.02;
    evidence.push(`mentions ${issue}`);
  }
  const files = commit.productionPaths.length;
  if (files <= 2) {
    confidence += 0.03;
    evidence.push(files === 1 ? 'one source file' : 'two source files');
  } else if (files > 10) {
    confidence -= 0.15;
    evidence.push(`${files} source files`);
  }
  return { type, confidence: Math.min(0.99, Math.round(confidence * 100) / 100), evidence };
}

function decide(commit: CommitFacts, message: Message): Verdict {
  return (
    exclude(commit, message) ??
    byLabel(message) ??
    byTrailers(message) ??
    byBody(commit, message) ??
    bySentence(message)
  );
}

/** The title of an issue that is resolved tells what was wrong, in whatever words. */
function bySentence({ subject, body, isIssueTitle }: Message): Verdict {
  const verdict = byClauses(subject, body);
  return isIssueTitle && verdict[2] === NOTHING ? ['bug_fix', 0.5, 'resolves an issue'] : verdict;
}

/** Before the subject that is undone, which keeps its own label. */
const REVERT_TAG = /^\s{0,10}\[revert\]/i;

function exclude(commit: CommitFacts, { subject, label, isFolded }: Message): Verdict | undefined {
  if (commit.parents.length > 1) return ['unknown', 0.99, 'merge commit'];
  if (isFolded) return ['unknown', 0.9, 'to be folded into another commit'];
  if (subject === '' && label === undefined) return ['unknown', 0.9, 'merge by its subject'];
  const words = readWords(subject);
  const isRevert = phraseAt(REVERTS, words, 0) !== undefined || REVERT_TAG.test(commit.message);
  if (isRevert) return ['unknown', 0.95, 'revert'];
  if (isRelease(subject, words)) return ['unknown', 0.95, 'release or version bump'];
  if (commit.productionPaths.length === 0) {
    return ['unknown', 0.9, 'no production source touched'];
  }
  return undefined;
}

/** `v2.1.0`, `name 2.1.0`, `2.1.0 release` and what else only carries a release. */
function isRelease(subject: string, words: readonly Word[]): boolean {
  const told = words.filter(({ isAside }) => !isAside);
  const [first, second] = told;
  const isNamed = second !== undefined && isVersion(second.text) && told.length === 2;
  const isBare =
    isVersion(first?.text ?? '') &&
    (!/\s/.test(subject.trim()) || told.length === 1 || second?.text === 'release');
  return (
    isNamed ||
    isBare ||
    phraseAt(RELEASES, words, 0) !== undefined ||
    findPhrase(RELEASES_NEAR, words, 0, 2) !== undefined
  );
}

function byLabel({ label, scope, subject }: Message): Verdict | undefined {
  if (label === undefined) return undefined;
  if (label.meaning === 'other') return ['unknown', 0.9, label.said];
  if (scope !== undefined && isScopeOfOthers(scope)) {
    return ['unknown', 0.85, `conventional scope ${scope}`];
  }
  if (label.meaning === 'weak') return byWeakLabel(label, subject);
  const words = readWords(subject);
  const verb = phraseAt(FIX_VERBS, words, 0) ?? phraseAt(FEATURE_VERBS, words, 0);
  const other = notCode(words, verb?.to ?? 0, label.meaning === 'fix');
  if (other !== undefined) return ['unknown', 0.75, `about ${other}, not code`];
  return label.meaning === 'fix'
    ? ['bug_fix', 0.88, label.said]
    : ['feature_addition', 0.88, label.said];
}

/** Chores and unfinished work are seldom called by their name: only plain words count. */
function byWeakLabel({ said }: Label, subject: string): Verdict {
  const nothing: Verdict = ['unknown', 0.7, said];
  const text = withoutArea(subject);
  const words = readWords(text);
  const isFix = phraseAt(FIX_VERBS, words, 0) !== undefined;
  const isNamed = isFix || phraseAt(FEATURE_VERBS, words, 0) !== undefined;
  const [type, , evidence] = byWording(text, []) ?? nothing;
  if (!isNamed || type === 'unknown') return nothing;
  if (/ types?$| typings?$/.test(said) && findPhrase(SYMPTOMS, words) === undefined) return nothing;
  if (/ chores?$/.test(said) && type === 'feature_addition') return nothing;
  return [type, 0.5, evidence];
}

/** `Fixes: 1da177e4c3f4 ("…")` of kernels, and what trackers of others read. */
const FIX_TRAILER = /^(?:Fixes: [0-9a-f]{7,40}\b|(?:Closes|Partial)-Bug: |Cc: .{0,40}\bstable@)/i;
const FEATURE_TRAILER = /^(?:Implements|Partial-Implements): /i;

function byTrailers({ subject, body }: Message): Verdict | undefined {
  const words = readWords(withoutArea(subject));
  const verb = phraseAt(FIX_VERBS, words, 0);
  const isFix = body.some((line) => FIX_TRAILER.test(line));
  const isFeature = !isFix && body.some((line) => FEATURE_TRAILER.test(line));
  if ((!isFix && !isFeature) || notCode(words, verb?.to ?? 0, isFix) !== undefined) {
    return undefined;
  }
  return isFix
    ? ['bug_fix', 0.8, 'trailer of a fix']
    : ['feature_addition', 0.75, 'trailer of a feature'];
}

/** What web editors propose. */
const ONLY_FILE = /^(?:updat|edit|chang|modif)[a-z]{0,3} \S+\.\w{1,5}$/i;
const TRAILER = /^[\w-]{1,40}: \S|^\W*$/;

/** Where the subject says nothing, the first line after it decides. */
function byBody(commit: CommitFacts, { subject, body }: Message): Verdict | undefined {
  const isNumbers = isOnlyNumbers(readWords(subject));
  if (!isNumbers && !ONLY_FILE.test(subject)) return undefined;
  const told = body.find((line) => !TRAILER.test(line));
  const verdict = told === undefined ? undefined : byWording(withoutArea(told), body);
  if (verdict !== undefined && verdict[0] !== 'unknown') return verdict;
  return isNumbers ? byShape(commit) : undefined;
}

/** `Fixes #12 and #14`. */
function isOnlyNumbers(words: readonly Word[]): boolean {
  const isVerb =
    phraseAt(FIX_VERBS, words, 0) !== undefined || words[0]?.text.startsWith('clos') === true;
  const hasNumber = words.some(({ text }) => /^#?\d+$/.test(text));
  return (
    isVerb && hasNumber && words.every((_, at) => phraseAt(ISSUE_WORDS, words, at) !== undefined)
  );
}

/** Small changes for an issue mend; larger ones are as often additions. */
function byShape({ addedPaths, productionPaths }: CommitFacts): Verdict {
  if (addedPaths.length > 0) return ['feature_addition', 0.5, 'new source files for an issue'];
  return productionPaths.length <= 2
    ? ['bug_fix', 0.55, 'small change for an issue']
    : ['unknown', 0.5, 'large change for an issue'];
}
