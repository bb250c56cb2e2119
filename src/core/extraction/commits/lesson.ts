import { capitalize, isTelling, readSubject } from './subject.ts';
import { readWords } from './words/phrases.ts';

/** What the fix of a bug was about, for somebody who never saw the commit. */
export interface Lesson {
  /** What went wrong or was put right; capitalized. */
  readonly title: string;
  /** Words that tell of it; at least 2. */
  readonly words: number;
}

/** With fewer words a message tells of no more than that something was fixed. */
const LEAST_WORDS = 2;

/** Tools that look at how code is written: what pleases them put nothing right. */
const TOOLS =
  /\b(?:lint(?:s|er|ers|ing)?|flake8|pycodestyle|pep ?8|pylint|pyflakes|mypy|pyright|ruff|isort|eslint|tslint|jshint|prettier|rubocop|standardrb|gofmt|golint|golangci|go vet|clippy|rustfmt|checkstyle|spotless|ktlint|detekt|phpstan|psalm|phpcs|cs-?fixer|phpcbf|style-?ci|e\d{3}|pre-commit|code ?style|codacy|sonar(?:qube|cloud)?|deepsource|typos?|misspell(?:ed|ings?)?|spelling|nits?|follow-?up|code review|review (?:comments|feedback)|(?:failing|flaky|broken|unit) tests?|tests? (?:expectations?|failures?)|type (?:hints?|annotations?|declarations?)|typings?)\b/i;

/** That something was wrong, and not what. */
const VAGUE =
  /\b(?:fix(?:ed|es|ing)?|tweak(?:ed|s)?|address(?:ed|es)?|sort(?:ed)?) (?:up |out )?(?:for )?(?:some |various |several |a few |few |minor |small |more |multiple |a couple of )?(?:[\w-]+ ){0,2}(?:issues?|problems?|bugs?|things|stuff)(?: (?:during|from|found|after|with changes)\b.*)?$/i;

/** Puts code in order, or makes it do more: nothing was wrong, whatever else was mended on the way. */
const TIDIES =
  /^(?:(?:refactor|reorgani[sz]|restructur|reformat|centrali[sz]|consolidat|moderni[sz]|deduplicat|simplif|rewrit|renam|tid[yi]|polish|clean)\w*|bump|upgrade|updat(?:e|ed|es|ing) \S+ (?:from \S+ )?to v?\d|merge|release|port|extract)\b/i;
const EXTENDS =
  /^(?:support(?:s|ed|ing)?|implement\w*|introduc\w*)\b|^add(?:s|ed|ing)? (?!missing\b)(?:[\w-]+ ){0,4}support\b|\bnow (?:also )?supports?\b/i;

/** Words that such messages are made of, and others only now and then. */
const HOUSEKEEPING = new Set(
  (
    'whitespace whitespaces indentation formatting format coverage cleanup refactor readability style ' +
    'behavior behaviour comment comments docs documentation docstring docstrings readme import imports ' +
    'unused naming rename move remaining missed forgot forgotten mistake silly stupid fallout previous ' +
    'during testing tweaked message name names variable variables var version versions compat compatibility implementation api'
  ).split(' '),
);

/** @returns `undefined` for a message that says nothing, or nothing of what the code does */
export function lessonOf(message: string): Lesson | undefined {
  const { text } = readSubject(message);
  if ([TOOLS, VAGUE, TIDIES, EXTENDS].some((none) => none.test(text))) return undefined;
  const telling = readWords(text).filter((word) => {
    if (word.text === 'code') return true;
    return isTelling(word.text) && !HOUSEKEEPING.has(word.text) && !isCommitHash(word.text);
  });
  const words = new Set(telling.map(({ start, end }) => text.slice(start, end).toLowerCase())).size;
  const title = capitalize(text.replace(/^Fix: /, ''));
  return words < LEAST_WORDS ? undefined : { title, words };
}

function isCommitHash(word: string): boolean {
  return /^[0-9a-f]{7,40}$/.test(word) && /\d/.test(word);
}
