import { type Gravity, gravityOf } from './gravity.ts';
import { capitalize, isTelling, readSubject } from './subject.ts';
import { readWords } from './words/phrases.ts';

/** What the fix of a bug was about, for somebody who never saw the commit. */
export interface Lesson {
  /** What went wrong or was put right; capitalized. */
  readonly title: string;
  /** Words that tell of it; at least 2. */
  readonly words: number;
  readonly gravity: Gravity;
}

/** With fewer words a message tells of no more than that something was fixed. */
const LEAST_WORDS = 2;

/** Tools that look at how code is written: what pleases them put nothing right. */
const TOOLS =
  /\b(?:lint(?:s|er|ers|ing)?|flake8|pycodestyle|pep ?8|pylint|pyflakes|pychecker|mypy|pyright|ruff|isort|eslint|tslint|jshint|prettier|rubocop|standardrb|gofmt|golint|golangci|go vet|clippy|rustfmt|checkstyle|spotless|ktlint|detekt|phpstan|psalm|phpcs|cs-?fixer|phpcbf|style-?ci|e\d{3}|pre-commit|code ?style|codacy|sonar(?:qube|cloud)?|deepsource|typos?|misspell(?:ed|ings?)?|spelling|nits?|follow-?up|code review|review (?:comments|feedback)|contribut(?:ion|ing) guide(?:lines?)?|release process|trove classifiers?|doc ?(?:blocks?|tests?)|tests? (?:now )?pass(?:es|ing)?|(?:failing|flaky|broken|unit) ?tests?|tests? (?:expectations?|failures?)|type (?:hints?|annotations?|declarations?)|typings?)\b/i;

/** Files that no program is made of, unless one went wrong that reads or writes them. */
const BESIDE_CODE =
  /^(?!.{0,200}\b(?:crash\w*|hangs?|hung|freez\w*|froze|races?|deadlock\w*|panic\w*|leak\w*|lost|loses?|drop(?:s|ped)|accept(?:s|ed|ing)?|reject\w*|expir\w*|bypass\w*|corrupt\w*|overflow\w*|infinite|endless|twice|throws?|null|nil|when|fail(?:s|ed)? (?:to|on|for|with))\b|.{0,200}\bchange ?logs?\b.{0,200}\b(?:empty|wrong|missing|fail\w*)\b).{0,200}(?:\b(?:readme|licen[cs](?:es?|ing)|change ?logs?|release notes)|\.git(?:attributes|ignore))\b/i;

/** That something was wrong, and not what. */
const VAGUE =
  /\b(?:fix(?:ed|es|ing)?|tweak(?:ed|s)?|address(?:ed|es)?|sort(?:ed)?) (?:up |out )?(?:for )?(?:some |various |several |a few |few |minor |small |more |multiple |a couple of )?(?:[\w-]+ ){0,2}(?:issues?|problems?|bugs?|things|stuff)(?: (?:during|from|found|after|with changes)\b.*)?$/i;

/** Several fixes of which none is named, whatever came with them. */
const SEVERAL =
  /^(?:various|several|some|misc(?:ellaneous)?|multiple|many|(?:a )?few|assorted) (?:[\w-]+ ){0,2}(?:bug ?)?fix(?:es)?\b/i;

/** Puts code in order, or makes it do more: nothing was wrong, whatever else was mended on the way. */
const TIDIES =
  /^(?:(?:refactor|reorgani[sz]|restructur|reformat|centrali[sz]|consolidat|moderni[sz]|deduplicat|simplif|rewrit|renam|tid[yi]|polish|clean)\w*|s\/[\w.]+\/|bump|upgrade|updat(?:e|ed|es|ing) \S+ (?:from \S+ )?to v?\d|merge|release|port|extract)\b|^(?:[\w./-]{1,30}: )?fix(?:e[sd])?(?:,| &| and| \+) (?:tidy|updat|clean|refactor|renam|improv)/i;
/** Programs rename, merge and extract as well; these are done to code alone, or were not after all. */
const TIDIES_CODE =
  /^(?!.{0,200}\b(?:crash|hang|fail|error|wrong|lost|lose|broke|leak|panic))(?:(?:do not|don['’]t|stop|avoid|undo|also|some|more|further|minor|slight(?:ly)?|partial(?:ly)?|fully) ){1,3}(?:refactor|reorgani[sz]|restructur|reformat|moderni[sz]|tid[yi]|polish)\w*|^(?:remov|delet|dropp?)\w* (?:[\w'’`-]+ ){0,6}(?:stuff|unused|dead|obsolete|left-?overs?|unneeded|unnecessary|redundant)\b|\bdeprecat(?:ed|ions?)\b|\b(?:structure|layout|style|organi[sz]ation) of (?:the|this) (?:code|file|module)s?$/i;
/** Joins lines of work, or tells of people: what was wrong is told elsewhere, if at all. */
const ON_THE_SIDE =
  /\bgit conflicts?\b|\b(?:merge|merging|rebase) (?:conflicts?|artifacts?|errors?|mistakes?|markers?|left-?overs?|fallout)(?: (?:in|of|from|with|after|on) (?:the )?[\w./#-]+)?[.!]?$|\bresolv\w* (?:the |a |some |all )?conflicts?$|^(?:many |special )?(?:thanks?|thx|kudos|credits?)(?: (?:again|to|for|goes?|go|@)|,|!|:|$)|\bback-?port(?:s|ed|ing)? (?:of |from )?(?:#\d|pr\b|pull\b)/i;
/** Says the same in other words, or has it done by others. */
const REWORDS =
  /\bmessages? (?:(?:to|be|is|are|a|bit|little|much|more) ){0,4}(?:clear|helpful|descriptive|informative|readable|concise|explicit|user-?friendly)(?! by\b)|^(?:improv|updat|chang|tweak|clarif|reword)\w* (?:[\w'’`-]+ ){0,6}(?:error|warning|log|help) (?:messages?|texts?)$|^(?:just )?(?:us(?:e|es|ed|ing)|switch\w* to|mov\w* to|replac\w*) (?:(?!(?:in|of|for|from|inside|within)\b)[\w'’`.-]+ ){1,6}(?:modules?|librar(?:y|ies)|packages?|crates?|gems?)\b(?!.{0,200}\b(?:as|because|since|due|crash\w*|fail\w*|vulnerab\w*)\b)/i;
/** Makes what worked do better; who improves what crashes mends it. */
const IMPROVES =
  /^(?!.{0,200}\b(?:crash|hang|fail|error|wrong|incorrect|lost|lose|broke|leak|panic|handling|support))(?:optimi[sz]\w*|speed\w* up|enhanc\w*|improv\w*)\b|^(?!fix)[\w'’`-]+ (?:[\w'’`-]+ ){1,6}to (?:improve|optimi[sz]e|speed up|enhance)\b|^(?:code|some|minor|small|more|general) (?:optimi[sz]ations?|enhancements?|improvements?)$/i;
/** Does away with what is not needed any more, which did no harm. */
const NEEDS_LESS =
  /(?:\bno longer|\bnot|n['’]t) need(?:s|ed)? (?:[\w'’`-]+ ){0,6}(?:arg(?:ument)?s?|param(?:eter)?s?|imports?|variables?)\b/i;
/** What is added was not there, so nothing was wrong with it. */
const ADDS =
  /^add(?:s|ed|ing)? (?!missing\b|back\b)(?:(?!(?:so|that|which|to|for|in|on|of|with|when|if|before|after|again)\b)[\w"'`-]+ ){0,8}(?:support|options?|settings?|flags?|buttons?|parameters?|commands?)\b/i;
/** What its author calls a fix is none of these. */
const EXTENDS =
  /^(?:support(?:s|ed|ing)?|implement\w*|introduc\w*)\b|^(?:(?:explicitly|also|now|just) )?(?:log(?:s|ged|ging)?|document(?:s|ed|ing)?|mention(?:s|ed|ing)?) (?!in\b|out\b|off\b|.{0,200}\b(?:instead|lost|loses?|deadlock\w*|crash\w*|fails?|wrong|leaks?|hangs?|breaks?|broken|missing)\b)|\bnow (?:also )?supports?\b/i;

/** Words that such messages are made of, and others only now and then. */
const HOUSEKEEPING = new Set(
  (
    'whitespace whitespaces indentation formatting format coverage cleanup refactor readability style ' +
    'behavior behaviour comment comments docs documentation docstring docstrings readme import imports ' +
    'unused naming rename move remaining missed forgot forgotten mistake silly stupid fallout previous ' +
    'tab tabs space spaces mix mixed during testing tweaked message name names variable variables var instructions tested version versions compat compatibility implementation api'
  ).split(' '),
);

/** They say that something is done, and not to what. */
const WEAK = new Set(
  (
    'keep keeps use uses using make makes making avoid avoids ensure ensures do not no dont don’t always ' +
    'never only just now also instead when if then should must can allow let really actually clearly ' +
    'properly correctly better fully yet long longer back sure our my your their we i you they me us look looks looked seem seems ' +
    'seemed like important said have had has was were did does previously again naturally apparently via re'
  ).split(' '),
);

/** @returns `undefined` for a message that says nothing, or nothing of what the code does */
export function lessonOf(message: string): Lesson | undefined {
  const { text: labelled } = readSubject(message);
  const text = labelled.replace(/^Fix: /, '');
  if (NONE.some((none) => none.test(text))) return undefined;
  if (text === labelled && EXTENDS.test(text)) return undefined;
  const telling = readWords(text).filter((word) => tellsOfCode(word.text));
  const words = new Set(telling.map(({ start, end }) => text.slice(start, end).toLowerCase())).size;
  if (words < LEAST_WORDS) return undefined;
  const title = capitalize(text.replace(CALLED_FIX, ''));
  const gravity = gravityOf(title, message);
  const isBad = gravity === 'security' || gravity === 'grave';
  // What its author calls a fix is no topic.
  if (text === labelled && !isBad && isTopic(text, words)) return undefined;
  return { title, words, gravity };
}

/** What stands before the words that say what was wrong. */
const CALLED_FIX =
  /^bug ?-?fix(?:es)?(?:[:,–-] ?| )(?=\p{L})(?!(?:for|in|of|on|to|and|with|from|by)\b)/iu;

/** With more words a title says what was wrong, whichever words those are. */
const MOST_WORDS_OF_TOPIC = 2;
/** That something was wrong, or is put right. */
const TELLS_FAULT =
  /\b(?:(?:bug|hot)?-?fix\w*|correct\w*|repair\w*|resolv\w*|avoid\w*|prevent\w*|ensur\w*|handl\w*|no|not|never|always|stop\w*|only|properly|allow\w*|restor\w*|revert\w*|crash\w*|fail\w*|errors?|exceptions?|wrong\w*|incorrect\w*|invalid|bugs?|leak\w*|races?|deadlock\w*|null|nil|none|undefined|panics?|missing|miss\w*|broken|breaks?|lost|los(?:e|es|ing)|regressions?|overflow\w*|ignor\w*|skip\w*|check\w*|escap\w*|validat\w*|use|add|remove|set|return|make|close|don['’]?t|doesn['’]?t|can['’]?t|\w+n['’]t|unexpected\w*|too|instead|when|if|vulnerab\w*|secur\w*|unsafe|instead|support\w*|typo|again|corrupt\w*|duplicat\w*|swapped|flipped|inverted|reversed|truncat\w*|exhaust\w*|garbled|stale|dangling|inconsisten\w*|mismatch\w*|misplaced|misaligned|endless|excessive|un(?:bounded|handled|closed|initiali[sz]ed|escaped|caught))\b/i;

/** Begins with what was done to a thing, and says no more of that than where and of what it is. */
const DONE_TO =
  /^(?:\w+ )?\w{3,}ing (?:the|an?) (?:[^\s,;:]+ )?[^\s,;:]+(?: (?:of|for|in|from|to|with|on|by|at|into|as|and|or)(?: [^\s,;:]+){1,4}){0,4}$/i;

/** Names what was worked on, and nothing that was wrong with it. */
function isTopic(text: string, words: number): boolean {
  const isShort = words <= MOST_WORDS_OF_TOPIC || DONE_TO.test(text);
  return isShort && !TELLS_FAULT.test(text);
}

const NONE: readonly RegExp[] = [
  ...[TOOLS, BESIDE_CODE, VAGUE, SEVERAL, TIDIES, TIDIES_CODE],
  ...[ON_THE_SIDE, REWORDS, IMPROVES, NEEDS_LESS, ADDS],
];

/** Whether a word of a message, in lower case, says something of what the code does. */
export function tellsOfCode(word: string): boolean {
  if (word === 'code') return true;
  if (word.length === 1 || HOUSEKEEPING.has(word) || WEAK.has(word)) return false;
  return isTelling(word) && !/n['’]t$/.test(word);
}
