import { joined, localized, type LocalizedText, verbatim } from '../../model/localizedText.ts';
import type { CodePointer, Signal, Signals } from '../../model/resolution/codePointer.ts';
import { TELLING } from '../../model/resolution/confidence.ts';
import { isStopWord } from '../../platform/text/stopWords.ts';
import type { Tokenizer } from '../../platform/text/words.ts';
import { stemsOf } from './fileRecord.ts';
import type { Candidate } from './fileSignals.ts';
import type { Issue } from './issue.ts';
import { literalsSaid } from './literals.ts';
import { phrasesOfText } from './phrases.ts';
import type { RankedStretch } from './rankDeclarations.ts';
import type { RankedFile } from './rankFiles.ts';
import { namesMeantInTitle } from './titleNames.ts';

/** What an issue is about, of which the ranked files are a part. */
export interface ComparedCode {
  readonly issue: Issue;
  /** All files that were compared: the best ones are the best because they hold the words. */
  readonly candidates: readonly Candidate[];
  readonly tokenizer: Tokenizer;
}

/**
 * Files and stretches in one order, in which files keep their order, stretches theirs, and no stretch
 * stands before its file: the scores of stretches are scaled until that is so.
 *
 * @param files best first
 * @param stretches best first; those of other files are left out
 */
export function toPlaces(
  code: ComparedCode,
  files: readonly RankedFile[],
  stretches: readonly RankedStretch[],
): readonly CodePointer[] {
  const { issue, candidates, tokenizer } = code;
  const titleNames = namesMeantInTitle(issue, candidates);
  const words = {
    ofTitle: tellingWords(issue.title, titleNames, code),
    ofText: tellingWords(issue.prose, titleNames, code),
  };
  const stems = (text: string): ReadonlySet<string> => new Set(stemsOf(text, tokenizer));
  const best = files[0]?.score ?? 1;
  const byPath = new Map(files.map((file) => [file.path, file]));
  const known = stretches.flatMap((stretch) => {
    const file = byPath.get(stretch.path);
    return file === undefined ? [] : [{ stretch, file }];
  });
  const scale = known.reduce(
    (least, { stretch, file }) => Math.min(least, file.score / best / stretch.score),
    1,
  );
  return [
    ...files.map((file): CodePointer => {
      const { path, signals } = file;
      const score = file.score / best;
      const { terms } = file.record.body;
      const why = reasonsFor(signals, {
        ...{ issue, file, symbol: undefined },
        ...{ words, titleNames, terms, stems },
      });
      return { kind: 'file', path, symbol: null, range: null, score, signals, why };
    }),
    ...known.map(({ stretch, file }): CodePointer => {
      const { path, declaration, lines, signals, titleTerms: terms } = stretch;
      const [first, last] = lines;
      return {
        kind: declaration === undefined ? 'lines' : 'declaration',
        path,
        symbol: declaration?.qualifiedName ?? null,
        range: { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } },
        // The product may be a hair above what it was made to reach.
        score: Math.min(stretch.score * scale, file.score / best),
        signals,
        why: reasonsFor(signals, {
          ...{ issue, file, symbol: declaration?.name },
          ...{ words, titleNames, terms, stems },
        }),
      };
    }),
  ].sort((a, b) => b.score - a.score);
}

interface Subject {
  readonly issue: Issue;
  readonly file: RankedFile;
  /** Of the declaration; `undefined` for the file. */
  readonly symbol: string | undefined;
  /** Words that few files hold, the rarest first. */
  readonly words: Readonly<Record<'ofTitle' | 'ofText', readonly TellingWord[]>>;
  /** Words of the title that are meant as names of code. */
  readonly titleNames: ReadonlySet<string>;
  /** Stems that it holds. */
  readonly terms: readonly string[];
  /** Different stems of the words of a text. */
  readonly stems: (text: string) => ReadonlySet<string>;
}

/** What a reason may still name: a place is not told twice for one name. */
type Untold = (names: readonly string[]) => readonly string[];

const MOST_REASONS = 4;
const MOST_NAMES = 3;

function reasonsFor(signals: Signals, subject: Subject): readonly LocalizedText[] {
  const rank = (signal: Signal): number =>
    signal === 'titleDefinition' ? 2 : Number(TELLING.has(signal));
  const strongest = (Object.entries(signals) as [Signal, number][]).sort(
    ([one, a], [other, b]) => rank(other) - rank(one) || b - a,
  );
  const reasons = new Map<string, LocalizedText>();
  const told = new Set<string>();
  const untold: Untold = (names) => {
    const left = [...new Set(names)].filter((name) => !told.has(name)).slice(0, MOST_NAMES);
    for (const name of left) told.add(name);
    return left;
  };
  for (const [signal] of strongest) {
    if (reasons.size === MOST_REASONS) break;
    const reason = REASONS[signal](subject, untold);
    if (reason !== undefined) reasons.set(reason.text, reason);
  }
  if (reasons.size === 0) return [LOOSE_REASON];
  return [...reasons.values()];
}

/** What is told of a place that nothing in particular speaks for. */
export const LOOSE_REASON = localized`it shares words with the issue`;

const REASONS: Readonly<
  Record<Signal, (subject: Subject, untold: Untold) => LocalizedText | undefined>
> = {
  body: ({ words, terms }, untold) =>
    withNames(
      untold(wordsHeld(words.ofText, new Set(terms))),
      (names) => localized`it contains ${names} from the issue`,
    ),
  title: ({ words, terms }, untold) =>
    withNames(
      untold(wordsHeld(words.ofTitle, new Set(terms))),
      (names) => localized`it contains ${names} from the title`,
    ),
  identifiers: ({ issue, file, symbol }, untold) =>
    symbol === undefined
      ? withNames(
          untold(byWeight(file.record.identifiers.terms, issue)),
          (names) => localized`it uses ${names}`,
        )
      : localized`it uses names from code in the issue`,
  names: ({ words, file, symbol, stems }, untold) => {
    const names = symbol ?? file.record.declarations.map(({ name }) => name).join(' ');
    return withNames(untold(wordsHeld(words.ofText, stems(names))), (found) =>
      symbol === undefined
        ? localized`names that it declares contain ${found}`
        : localized`its name contains ${found}`,
    );
  },
  path: ({ words, file, stems }, untold) =>
    withNames(
      untold(wordsHeld(words.ofText, stems(file.path))),
      (names) => localized`its path contains ${names}`,
    ),
  comments: ({ words, file, stems }, untold) => {
    const comments = file.record.declarations.map(({ comment }) => comment).join(' ');
    return withNames(
      untold(wordsHeld(words.ofText, stems(comments))),
      (names) => localized`its comments contain ${names}`,
    );
  },
  definition: ({ issue, file }, untold) =>
    withNames(
      untold(
        byWeight(
          file.record.declarations.map(({ name }) => name),
          issue,
        ),
      ),
      (names) => localized`it declares ${names}`,
    ),
  titleDefinition: ({ file, titleNames }, untold) => {
    const names = file.record.declarations.map(({ name }) => name);
    return withNames(
      untold([...new Set(names.filter((name) => titleNames.has(name)))]),
      (found) => localized`it declares ${found}, which the title names`,
    );
  },
  mention: () => localized`the issue names this file`,
  basename: () => localized`the issue contains the name of the file`,
  traceback: () => localized`the traceback passes through it`,
  message: ({ issue, file }) => {
    const asked = phrasesOfText(issue.messages);
    const phrase = file.record.phrases.find((one) => asked.has(one));
    return phrase === undefined
      ? undefined
      : localized`it contains a message that the issue quotes: “${phrase.replaceAll('*', '…')}”`;
  },
  literal: ({ issue, file }, untold) =>
    withNames(
      untold(literalsSaid(file.record.literals, issue.title)),
      (words) => localized`it holds ${words} as a string, which the title says`,
    ),
  tests: () => localized`tests that the issue names use it`,
  meaning: () => localized`its names and comments mean something close to the issue`,
  file: () => undefined,
  named: ({ symbol = '' }, untold) =>
    withNames(untold([symbol]), (name) => localized`the issue names ${name}`),
  class: () => localized`the issue names its class`,
  called: () => localized`a function that the issue names uses it`,
  fileRank: () => undefined,
  length: () => undefined,
  inner: () => undefined,
  model: () => localized`a language model chose it`,
};

function withNames(
  names: readonly string[],
  say: (names: LocalizedText) => LocalizedText,
): LocalizedText | undefined {
  return names.length === 0 ? undefined : say(joined(names.map(verbatim), ', '));
}

/** Those that the issue uses as code, what says most first. */
function byWeight(names: readonly string[], { codeWords }: Issue): readonly string[] {
  return [...new Set(names.filter((name) => codeWords.has(name)))].sort(
    (a, b) => (codeWords.get(b) ?? 0) - (codeWords.get(a) ?? 0) || b.length - a.length,
  );
}

/** Those of the words that something holds with all their parts. */
function wordsHeld(words: readonly TellingWord[], held: ReadonlySet<string>): readonly string[] {
  return words.flatMap(({ word, stems }) => (stems.every((stem) => held.has(stem)) ? [word] : []));
}

const WORD = /[\p{L}\p{N}_$]+(?:['’]\p{L}+)?/gu;
/** What somebody is to do, and how it is said, says nothing of where. */
const DEED =
  /^(?:after|again|all|also|any|because|before|can|cannot|could|did|gets?|got|just|may|must|new|no|now|one|only|out|several|should|some|still|task|than|they|wants?|way|would|(?:accept|add|allow|avoid|bring|chang|clean|drop|ensur|fix|handl|improv|introduc|issue|keep|mak|made|mov|prevent|refactor|remov|renam|replac|rewrit|set|show|simplif|support|switch|try|tri|tweak|updat|us)(?:e|y|es|s|d|ed|ing)?)$/i;
const SHORTEST = 3;
/** A word that more of all files hold tells none of them apart. */
const COMMON = 0.5;

/** Letters by themselves and words such as “to” stand everywhere; “UI” and “v2” are names. */
function saysSomething(word: string): boolean {
  const isName = word.length >= SHORTEST || /^(?:\p{Lu}{2}|.*\p{N}.*)$/u.test(word);
  return isName && /\p{L}/u.test(word) && !isStopWord(word.toLowerCase()) && !/['’]/.test(word);
}

/** A word of a text with its stems. */
interface TellingWord {
  readonly word: string;
  readonly stems: readonly string[];
}

/**
 * What a text says that tells the files apart, the rarest first.
 *
 * @param titleNames as `namesMeantInTitle` tells them
 */
function tellingWords(
  text: string,
  titleNames: ReadonlySet<string>,
  { issue, candidates, tokenizer }: ComparedCode,
): readonly TellingWord[] {
  const asked = new Set(text.match(WORD));
  const named = namesOfCode(asked, titleNames, { issue, candidates });
  const words = [...asked]
    .filter((word) => saysSomething(word) && (named.has(word) || !DEED.test(word)))
    .map((word): TellingWord => ({ word, stems: stemsOf(word, tokenizer) }))
    .filter(({ stems }) => stems.length > 0);
  const counted = new Set(words.flatMap(({ stems }) => stems));
  const holding = new Map<string, number>();
  for (const { record } of candidates) {
    for (const term of record.body.terms) {
      if (counted.has(term)) holding.set(term, (holding.get(term) ?? 0) + 1);
    }
  }
  // Of a name of several words the rarest counts.
  const count = ({ stems }: TellingWord): number =>
    stems.reduce((least, stem) => Math.min(least, holding.get(stem) ?? 0), Infinity);
  const most = Math.max(1, COMMON * candidates.length);
  return words.filter((word) => count(word) <= most).sort((a, b) => count(a) - count(b));
}

/** Words that are meant as names of code, also where they are verbs that tell what is to be done. */
function namesOfCode(
  words: ReadonlySet<string>,
  titleNames: ReadonlySet<string>,
  { issue: { codeWords }, candidates }: Pick<ComparedCode, 'issue' | 'candidates'>,
): ReadonlySet<string> {
  const declared = candidates
    .flatMap(({ record }) => record.declarations.map(({ name }) => name))
    .filter((name) => titleNames.has(name));
  return new Set([...codeWords.keys(), ...declared].filter((name) => words.has(name)));
}
