import type { CommitType } from '../../model/api/jobs.ts';

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

type Verdict = readonly [type: CommitType, confidence: number, evidence: string];

const FIX_TYPES = new Set(['fix', 'fixes', 'fixed', 'bugfix', 'hotfix', 'bug']);
const FEATURE_TYPES = new Set(['feat', 'feature', 'features', 'add', 'new']);
const OTHER_TYPES = new Set(
  (
    'docs doc documentation style styles refactor refactoring perf test tests testing build ci ' +
    'chore chores revert release deps dep dependencies lint types typings example examples bench ' +
    'benchmark benchmarks cleanup misc website wip changelog readme meta workflow dx polish ' +
    'license security-policy version vendor travis appveyor'
  ).split(' '),
);

const FIX_VERB =
  /^(?:bug ?fix(?:es)?|hot ?fix(?:es)?|(?:quick|tiny|small|minor|initial|temporary|attempt to|try to|properly|really|actually)[ -]fix|fix(?:es|ed|ing|up)?|correct(?:s|ed|ly|ing)?|repair(?:s|ed|ing)?|resolv(?:e|es|ed|ing)|solv(?:e|es|ed|ing)|unbreak|patch(?:es|ed)? (?=.*\b(?:bug|issue|leak|hole|vulnerab|crash)))\b[:,]?\s*/i;
const FEATURE_VERB =
  /^(?:add(?:s|ed|ing)?|implement(?:s|ed|ing)?|introduc(?:e|es|ed|ing)|support(?:s|ed|ing)?|allow(?:s|ed|ing)?|enabl(?:e|es|ed|ing)|provid(?:e|es|ed|ing)|expos(?:e|es|ed|ing)|(?:re-?)?export(?:s|ed)?|make (?:\S+ ){1,3}(?:public|settable|configurable|optional|extensible|customi[sz]able|available|overridable)|new|creat(?:e|es|ed|ing)|initial (?:implementation|support|version)(?: of| for)?|feature|first cut of)\b[:,]?\s*/i;
/** In the middle of a subject a verb is told from a noun by its ending. */
const PAST_FEATURE_VERB = /^(?:added|implemented|introduced|enabled|exposed|allow(?:ed)?) (?=\w)/i;
const CLAUSE_END = /(?: and|[,;:&]|\.) +/;
const FEATURE_PHRASE =
  /\b(?:now (?:accepts?|takes?|supports?|allows?)|support for|ability to|new (?:api|option|setting|method|function|helper|class|feature|command|flag|hook|event|type|extractor|middleware)|option to|to (?:allow|support|enable)|(?:can|may) (?:now )?be (?:specified|configured|passed|customi[sz]ed|overridden)|will now)\b|\bsupport(?=$|:| \(#\d)|^make\b.*\bpublic\b|^extend(?:s|ed)? |^(?:[\w-]+ ){1,3}(?:\([\w-]+\) )?implementations?\b|^(?:warn|notify|show|print|output|display|record)s?\b/i;

/** Says what went wrong, in the imperative or as a noun. */
const SYMPTOM =
  /^(?:(?:don't|dont|do not)(?! (?:re-?)?(?:comput|allocat|creat|cop)|.*\b(?:not|un)[ -]?(?:needed|necessary))|doesn't|does not|never|no longer|prevents?|preventing|avoid(?:s|ing)?(?!.*\b(?:unnecessar|needless|unneeded|extra|allocat|redundan|repetiti|cop(?:y|ies|ying)|overhead|boxing|box|re-?comput|repeat))|ensur(?:e|es|ing)|make sure|guard(?:s|ing)? against|stop(?:s|ping)?\b.*\b(?:from|when|if)|work ?around|workaround|restor(?:e|es|ing)|re-?add|always|recover|check(?:s|ed|ing)?(?! ?(?:in|out)\b)|normali[sz](?:e|es|ed|ing)|make\b.*\b(?:consistent|thread[- ]?safe|robust|throw|behave)|handl(?:e|es|ing)|catch(?:es|ing)?|reset(?:s|ting)?|reject(?:s|ing)?|(?:un)?escap(?:e|es|ed|ing)|preserv(?:e|es|ing)|respect(?:s|ing)?|honou?r(?:s|ing)?|throws?|keep(?:s|ing)?|fall(?:s|ing)? ?back|exclud(?:e|es|ing)|strip(?:s|ping)?|clear(?:s|ing)?|explicitly|inver(?:t|s)(?:e|ed|ing)?|use (?:the )?(?:correct|right|proper)|only\b.*\b(?:if|when|after|for)|close (?:the |a )?\w+ (?:on|when|if|after)|return\b.*\binstead of)\b|\b(?:correctly|properly|(?:still|now|again) (?:valid|works?)|works? again|deterministic(?:ally)?|even (?:if|when|though)|despite|due to|make sure|(?:edge|corner) cases?|conflicts?|(?:is|are) not(?! (?:supported|needed|necessary|used))|not be(?:ing)?)\b|\b(?:crash(?:es|ed|ing)?|segfaults?|dead ?locks?|race conditions?|races?|memory leaks?|leak(?:s|ed|ing)?|overflow|underflow|regressions?|infinite (?:loop|recursion)|null ?pointer|npe|nullreference\w*|panics?|off[- ]by[- ]one|out of bounds?|should(?:n't| not)?|problems?|(?:if|when) (?:\S+ ){0,3}(?:null|nil|none|undefined|empty|missing|absent|not (?:set|given|present|provided|there))|can (?:raise|throw|crash|cause|result in)|vulnerab\w+|cve-\d+|double[- ]free|use[- ]after[- ]free|undefined (?:index|variable|method|behaviou?r)|(?:is|was|are|were) broken|(?:has|have|had) no effect|not working|(?:doesn't|does not|didn't) work|incorrect(?:ly)?|wrong(?:ly)?|mistakenly|erroneous(?:ly)?|accidental(?:ly)?|missing return|didn't|wasn't|doesn't|couldn't|failed to|fails? (?:to|when|if|on|with)|stray|bogus|(?:was|were|is|are) not (?:handled|closed|caught|checked|set|restored|released|called)|to (?:prevent|catch|work around)|(?:raise|throw)s? (?:an? )?(?:\w+ ?)?(?:error|exception) (?:when|if))\b/i;

/** Objects of a fix or addition that are not the product's behaviour, wherever they stand. */
const NOT_CODE =
  /\b(?:typos?|misspell\w*|mis-?spelled|spelling|grammar|grammatical|(?:mis-?)?wording|comment(?:ary|aries)|documentation|docs?|doco|docstrings?|doc ?blocks?|javadocs?|kdoc|rustdoc|phpdoc|readme\S*|change ?logs?|licen[cs]es?|copyright|(?<!::)\w*lint(?:s|er|ing)?|perf(?:ormance)? (?:improvements?|tweaks?)|jshint|clippy|rustfmt|gofmt|golint|phpstan|psalm|phpcs|pylint|flake8|mypy|pep ?8|psr-?(?:1|2|4|12)|code ?style|coding style|style (?:issues?|errors?|problems?|violations?|nits?|guides?)|white ?spaces?|indent(?:ing|ation)?(?! of)|travis|appveyor|circle ?ci|github actions?|ci|(?<!\.)gradle|maven|makefile|rakefile|gemfile|gemspec|composer(?:\.json)?|package\.json|setup\.py|(?<!missing )dependenc(?:y|ies)|deprecations|code coverage|benchmarks?|merge conflicts?|type ?hints?|(?<!more )return types?|type declarations?|strict types|(?<!missing )(?:use|using|import) statements?|doc comments?|debug (?:logs?|logging|output|statements?|prints?)|badges?|(?:broken|dead|docs?|readme|outdated) links?|^links?|xml ?docs?|xml documents?|crefs?|documenting|rst|sphinx|(?<!\/)markdown|sentences?|paragraphs?|headings?|punctuation|capitali[sz]ation|(?:a|an) vs\.? an?|nits?|nitpicks?|line endings|trailing (?:white ?)?spaces|unused (?:imports?|variables?|parameters?|code)|error[- ]?prone|checkstyle|findbugs|spotbugs|sonar\w*|coverity|codacy|cppcheck|stylecop|resharper|rubocop|pyflakes|ruff|isort|staticcheck|go vet|pre-?commit|csproj|nuspec|nuget|pom|osgi|cmake|homebrew|formula|tox|cs fix(?:es)?|coding standards?|website|tutorial|(?:unit|integration|regression|failing|flaky|broken) tests?|recipes?|repetition|(?:unit |test )?specs|test ?suites?|test ?cases?|tests|compiles|compiler (?:warnings?|errors?)|IDE\d{4}|CA\d{4}|SA\d{4}|S\d{4}|todos?|contributors?|authors?)\b/i;
/** The same, where they are the object itself: among its first words. */
const NOT_CODE_NEAR =
  /^(?:\S+\s+){0,3}?(?:tests?|spec|comments?|notes?|mentions?|credits?|style|formatting|warnings|examples?|samples?|builds?|compiler?|imports?|snapshots?|annotations?|coverage|fixtures?|logo|release|semicolons?|naming|usage)(?=$|[.,:;()]| (?:in|for|of|to|on|at|when|with|from|by|after|under|again|error|errors|failure|failures)\b)/i;

/** Leading words of work on code that neither mends nor adds. */
const IMPROVEMENT =
  /^(?:improv\w*|document\w*|clarif\w*|mention\w*|explain\w*|better|nicer|speed|faster|optimi[sz]\w*|perf\w*|simplif\w*|refactor\w*|clean\w*|renam\w*|mov(?:e|es|ed|ing)|reorgani[sz]\w*|extract|inline|upgrad\w*|updat\w*|switch|migrat\w*|deprecat\w*|tweak|polish|partially revert|experiment\w*|chang(?:e|es|ed|ing)|replac\w*|rework|rewrite|reformat|tidy)\b/i;

/** Behaviour put right or added by way of a change. */
const CHANGED_TO_FIX =
  /\b(?:no longer|to (?:match|correctly|properly|always|never|not)|(?:the )?(?:correct|right|proper) \w+)\b/i;
const CHANGED_TO_ADD =
  /^(?:chang|updat|improv|enhanc|extend|modif|rework|rewrit)\w* .*\bto (?:also )?(?:accept|support|allow|take|enable)\b/i;

const REMOVAL = /^(?:remov|drop|delet)\w*/i;

const RELEASE =
  /^(?:v?\d+\.\d+(?:\.\d+)*\S*$|v?\d+\.\d+\S* (?:release|\(#\d+\))|(?:\S+ )?release (?:v?\d|candidate|notes)|releas(?:e|ed|ing) (?:of )?(?:version )?v?\d|prepar(?:e|ing) (?:for )?(?:the )?(?:v?\d|next|release|new release)|prepping|begin \S+ development|bump(?:s|ed|ing)?\b|(?:update|upgrade|bump) (?:dependency|dependencies|deps)\b|version (?:bump|up|\d)|\[maven-release-plugin\]|publish v?\d|back to dev|set version|[\w/-]+[ @-]v?\d+\.\d+(?:\.\d+)*\S*(?: \(#\d+\))?$)/i;

const ISSUE = /(?<![\w&/])(?:#|gh-)(\d{1,7})\b/gi;
const ISSUE_ADDRESS = /\/(?:issues|pull|pulls)\/(\d{1,7})\b/gi;
const FIXES_ISSUE =
  /\b(?:fix(?:es|ed|ing)?|resolv(?:e|es|ed)|repair(?:s|ed)?)(?: for)?:? +(?:the )?(?:issues?|bugs?|tickets?)? *(?:#|gh-|https?:\/\/\S+\/(?:issues|pull)\/)?(\d+)\b/i;
const CLOSES_ISSUE = /\bclos(?:e|es|ed|ing):? +(?:issues? *)?(?:#|gh-)(\d+)\b/i;
/** Nothing but numbers of issues. */
const ONLY_NUMBERS =
  /^(?:(?:and |& )?(?:fix|clos|resolv)(?:e|es|ed|ing)?:? *(?:issues? |bugs? )?(?:(?:#|gh-|https?:\S+\/)\d+[\s.,]*(?:and )?)+)+$/i;
/** What web editors propose. */
const ONLY_FILE = /^(?:updat|edit|chang|modif)(?:e|es|ed|y|ied)? \S+\.\w{1,5}$/i;
const TRAILER = /^[\w-]+(?:-by)?: \S|^\W*$/;
const BODY_OF_FIX =
  /\b(?:this (?:fixes|resolves|corrects|prevents|avoids) (?!(?:#|the (?:build|tests?|docs?)|typos?))|fixe[sd] (?:an? |the )?(?:bug|regression|crash)|(?:the|this) bug (?:was|is)|was (?:incorrectly|wrongly)|regression (?:in|from|since|introduced))\b/i;

/** Numbers of issues and pull requests a message mentions, as `#12`, in order, each once. */
export function linkedIssues(message: string): readonly string[] {
  const numbers = [...message.matchAll(ISSUE), ...message.matchAll(ISSUE_ADDRESS)];
  return [...new Set(numbers.map(([, number = '']) => `#${number}`))];
}

/** Says whether a commit mends a bug, adds a feature or does something else. */
export function classify(commit: CommitFacts): Classification {
  const [type, base, reason] = decide(commit);
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

function decide(commit: CommitFacts): Verdict {
  const subject = withoutLabels(subjectOf(commit.message));
  return (
    exclude(commit, subject) ??
    byConvention(subject) ??
    byBody(commit, subject) ??
    byClauses(subject, commit.message)
  );
}

/** By the subject as a whole, else by what it says was done besides. */
function byClauses(subject: string, message: string): Verdict {
  const whole = byWording(withoutArea(subject), message);
  if (whole !== undefined && whole[0] !== 'unknown') return whole;
  for (const clause of subject.split(CLAUSE_END).slice(1)) {
    const [fix] = FIX_VERB.exec(clause) ?? [];
    const verb = fix ?? PAST_FEATURE_VERB.exec(clause)?.[0];
    if (verb === undefined || notCode(clause.slice(verb.length)) !== undefined) continue;
    return fix === undefined
      ? ['feature_addition', 0.5, `besides ${leading(verb)}`]
      : ['bug_fix', 0.5, `besides ${leading(verb)}`];
  }
  return whole ?? ['unknown', 0.6, 'nothing says fix or feature'];
}

/** The first line, and the second where a sentence was broken by its length. */
function subjectOf(message: string): string {
  const [first = '', second = ''] = message.split('\n');
  return first.length >= 45 && /^[a-z]/.test(second) ? `${first} ${second}` : first;
}

/** Where the subject says nothing, the first line after it decides. */
function byBody(commit: CommitFacts, subject: string): Verdict | undefined {
  const isNumbers = ONLY_NUMBERS.test(subject);
  if (!isNumbers && !ONLY_FILE.test(subject)) return undefined;
  const [, ...rest] = commit.message.split('\n');
  const told = rest.find((line) => !TRAILER.test(line));
  const verdict =
    told === undefined ? undefined : byWording(withoutArea(withoutLabels(told)), commit.message);
  if (verdict !== undefined && verdict[0] !== 'unknown') return verdict;
  return isNumbers ? byShape(commit) : undefined;
}

/** Small changes for an issue mend; larger ones are as often additions. */
function byShape({ addedPaths, productionPaths }: CommitFacts): Verdict {
  if (addedPaths.length > 0) return ['feature_addition', 0.5, 'new source files for an issue'];
  return productionPaths.length <= 2
    ? ['bug_fix', 0.55, 'small change for an issue']
    : ['unknown', 0.5, 'large change for an issue'];
}

function exclude(commit: CommitFacts, subject: string): Verdict | undefined {
  if (commit.parents.length > 1) return ['unknown', 0.99, 'merge commit'];
  if (/^merged? (?:branch|pull request|pr|remote|tag|commit|\S+ into)\b/i.test(subject)) {
    return ['unknown', 0.9, 'merge by its subject'];
  }
  if (/^revert(?:s|ed|ing)?\b/i.test(subject)) return ['unknown', 0.95, 'revert'];
  if (RELEASE.test(subject)) return ['unknown', 0.95, 'release or version bump'];
  if (commit.productionPaths.length === 0) {
    return ['unknown', 0.9, 'no production source touched'];
  }
  return undefined;
}

function byConvention(subject: string): Verdict | undefined {
  const [, word = '', scope = '', text = ''] =
    /^([a-z][\w-]*)(?:\(([^)]*)\))?!?: *(.+)$/i.exec(subject) ?? [];
  const type = word.toLowerCase();
  if (OTHER_TYPES.has(type)) return ['unknown', 0.9, `conventional type ${type}`];
  const isFix = FIX_TYPES.has(type);
  if (!isFix && !FEATURE_TYPES.has(type)) return undefined;
  if (scope !== '' && isOtherScope(scope)) {
    return ['unknown', 0.85, `conventional scope ${scope.toLowerCase()}`];
  }
  const object = notCode(text);
  if (object !== undefined) return ['unknown', 0.75, `about ${object}, not code`];
  return isFix
    ? ['bug_fix', 0.88, `conventional type ${type}`]
    : ['feature_addition', 0.88, `conventional type ${type}`];
}

function isOtherScope(scope: string): boolean {
  const name = scope.toLowerCase();
  return OTHER_TYPES.has(name) && name !== 'types' && name !== 'typings' && name !== 'style';
}

function byWording(line: string, message: string): Verdict | undefined {
  // "Fix #12 - add an option" adds; the number only says who asked for it.
  const subject = line.replace(
    /^(?:fix(?:es|ed)?|clos(?:e|es|ed)|resolv(?:e|es|ed)):? +(?:issue )?#\d+[\s:,.\-–]*(?=\w+ )/i,
    '',
  );
  const [fix] = FIX_VERB.exec(subject) ?? [];
  const [feature] = FEATURE_VERB.exec(subject) ?? [];
  const verb = fix ?? feature ?? '';
  const isAlone = /^fix\w*,/i.test(subject);
  const object = isAlone ? undefined : notCode(subject.slice(verb.length));
  if (object !== undefined) return ['unknown', 0.75, `about ${object}, not code`];
  if (fix !== undefined) return ['bug_fix', 0.82, `leading verb ${leading(fix)}`];
  if (feature !== undefined) return addition(subject.slice(verb.length), leading(feature));
  return byHints(subject, message);
}

/** What is added because it was missing mends something. */
function addition(object: string, verb: string): Verdict {
  const isMissing = /^(?:back |a |the |some )*missing\b/i.test(object);
  if (isMissing && !/\b(?:apis?|overloads?|methods?)\b/i.test(object)) {
    return ['bug_fix', 0.65, 'adds what was missing'];
  }
  return ['feature_addition', 0.78, `leading verb ${verb}`];
}

function byHints(subject: string, message: string): Verdict | undefined {
  const changed = byChange(subject);
  if (changed !== undefined) return changed;
  const [, mended] = FIXES_ISSUE.exec(subject) ?? [];
  if (mended !== undefined) return ['bug_fix', 0.6, `fixes #${mended}`];
  const [other] = IMPROVEMENT.exec(subject) ?? REMOVAL.exec(subject) ?? [];
  if (other !== undefined) return ['unknown', 0.6, `leading verb ${leading(other)}`];
  const [symptom] = SYMPTOM.exec(subject) ?? [];
  if (symptom !== undefined) return ['bug_fix', 0.62, `symptom ${leading(symptom)}`];
  if (FEATURE_PHRASE.test(subject)) return ['feature_addition', 0.65, 'words of an addition'];
  return byMention(subject, message);
}

function byChange(subject: string): Verdict | undefined {
  if (CHANGED_TO_ADD.test(subject)) return ['feature_addition', 0.6, 'changed to do more'];
  if (!/^(?:chang|updat)/i.test(subject)) return undefined;
  const [mended] = CHANGED_TO_FIX.exec(subject) ?? [];
  return mended === undefined ? undefined : ['bug_fix', 0.55, `changed ${leading(mended)}`];
}

function byMention(subject: string, message: string): Verdict | undefined {
  const [, fixed] = FIXES_ISSUE.exec(message) ?? [];
  if (fixed !== undefined) return ['bug_fix', 0.65, `fixes #${fixed}`];
  if (/\b(?:bug(?:s|fix|fixes)?|fix(?:es)?)\b/i.test(subject)) {
    const [, closed] = CLOSES_ISSUE.exec(message) ?? [];
    return ['bug_fix', 0.45, closed === undefined ? 'mentions a fix' : `closes #${closed}`];
  }
  return BODY_OF_FIX.test(message) ? ['bug_fix', 0.45, 'body tells of a bug'] : undefined;
}

function notCode(object: string): string | undefined {
  // What follows an "and" is done on the side.
  const [main = ''] = object
    .replace(/`[^`]*`|[\w.]+\(\)/g, 'code')
    .replace(/\s*\([^)]*\)/g, '')
    .split(/ (?:and|&|\+|where|when|if|that|which|so|because) |[,;] /);
  const found = NOT_CODE.exec(main)?.[0] ?? NOT_CODE_NEAR.exec(main)?.[0];
  return found?.split(/\s+/).at(-1)?.toLowerCase();
}

/** Without bullets, emoji, ticket numbers and tags in brackets at the start. */
function withoutLabels(subject: string): string {
  return subject
    .trim()
    .replace(
      /^(?:\[[^\]]*\]\s*|\([^)]*\)\s*|:[\w+-]+:\s*|[#*•\-–—]+\s+|[-*•](?=[A-Za-z])|\p{Extended_Pictographic}\uFE0F?\s*)+/u,
      '',
    )
    .replace(/^(?:(?:#|gh-?|[A-Z]{2,}-)\d+\s*[:\-–]?\s*)+/i, '')
    .replace(/^(?:add(?:s|ed|ing)? )?(?:\w+ )?tests? (?:case )?(?:and|&|\+) (?=fix)/i, '')
    .replace(/^(feat|fix)\//i, '$1: ')
    .trim();
}

/** `printer: fix colours` is about fixing colours, wherever. */
function withoutArea(subject: string): string {
  const [, area = '', text = ''] = /^([\w./\-{},* ]{2,40}?): +(.+)$/.exec(subject) ?? [];
  if (text === '' || area.split(' ').length > 2) return subject;
  const isVerb = FIX_VERB.test(area) || FEATURE_VERB.test(area);
  if (isVerb || notCode(area) !== undefined) return subject;
  return text;
}

function leading(words: string): string {
  return words.trim().replace(/[:,]$/, '').split(/\s+/).slice(0, 3).join(' ').toLowerCase();
}
