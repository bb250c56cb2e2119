import { joined, localized, type LocalizedText, verbatim } from '../../model/localizedText.ts';
import type { CodePointer, Signal, Signals } from '../../model/resolution/codePointer.ts';
import { TELLING } from '../../model/resolution/confidence.ts';
import { isStopWord } from '../../platform/text/stopWords.ts';
import type { Tokenizer } from '../../platform/text/words.ts';
import { identifiersIn, stemsOf } from './fileRecord.ts';
import type { Issue } from './issue.ts';
import { literalsSaid } from './literals.ts';
import { phrasesOfText } from './phrases.ts';
import type { RankedStretch } from './rankDeclarations.ts';
import type { RankedFile } from './rankFiles.ts';

/**
 * Files and stretches in one order, in which files keep their order, stretches theirs, and no stretch
 * stands before its file: the scores of stretches are scaled until that is so.
 *
 * @param files best first
 * @param stretches best first; those of other files are left out
 */
export function toPlaces(
  issue: Issue,
  files: readonly RankedFile[],
  stretches: readonly RankedStretch[],
  tokenizer: Tokenizer,
): readonly CodePointer[] {
  const titleWords = tellingWords(issue.title, files, tokenizer);
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
      const why = reasonsFor(signals, { issue, file, symbol: undefined, titleWords, terms });
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
        why: reasonsFor(signals, { issue, file, symbol: declaration?.name, titleWords, terms }),
      };
    }),
  ].sort((a, b) => b.score - a.score);
}

interface Subject {
  readonly issue: Issue;
  readonly file: RankedFile;
  /** Of the declaration; `undefined` for the file. */
  readonly symbol: string | undefined;
  /** Words of the title that few files hold, by their stems, the rarest first. */
  readonly titleWords: ReadonlyMap<string, string>;
  /** Stems that it holds. */
  readonly terms: readonly string[];
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
    const left = names.filter((name) => !told.has(name)).slice(0, MOST_NAMES);
    for (const name of left) told.add(name);
    return left;
  };
  for (const [signal] of strongest) {
    if (reasons.size === MOST_REASONS) break;
    const reason = REASONS[signal](subject, untold);
    if (reason !== undefined) reasons.set(reason.text, reason);
  }
  return [...reasons.values()];
}

const REASONS: Readonly<
  Record<Signal, (subject: Subject, untold: Untold) => LocalizedText | undefined>
> = {
  body: () => localized`it shares many words with the issue`,
  title: ({ titleWords, terms }, untold) => {
    const held = new Set(terms);
    const words = [...titleWords].flatMap(([stem, word]) => (held.has(stem) ? [word] : []));
    return withNames(untold(words), (names) => localized`it contains ${names} from the title`);
  },
  identifiers: ({ issue, file, symbol }, untold) =>
    symbol === undefined
      ? withNames(
          untold(byWeight(file.record.identifiers.terms, issue)),
          (names) => localized`it uses ${names}`,
        )
      : localized`it uses names from code in the issue`,
  names: () => localized`the issue contains words from names declared here`,
  path: () => localized`the issue contains words from its path`,
  comments: () => localized`its comments share words with the issue`,
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
  titleDefinition: ({ issue, file }, untold) => {
    const words = new Set(identifiersIn(issue.title));
    const names = file.record.declarations.map(({ name }) => name);
    return withNames(
      untold([...new Set(names.filter((name) => words.has(name)))]),
      (found) => localized`it declares ${found}, which the title names`,
    );
  },
  mention: () => localized`the issue names this file`,
  basename: () => localized`the issue contains the name of the file`,
  traceback: () => localized`the traceback passes through it`,
  message: ({ issue, file }) => {
    const asked = phrasesOfText(issue.text);
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

const WORD = /[\p{L}\p{N}_$]+/gu;
/** A word that more of the ranked files hold tells none of them apart. */
const COMMON = 0.5;

function tellingWords(
  title: string,
  files: readonly RankedFile[],
  tokenizer: Tokenizer,
): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  for (const word of title.match(WORD) ?? []) {
    if (isStopWord(word.toLowerCase())) continue;
    for (const stem of stemsOf(word, tokenizer)) if (!words.has(stem)) words.set(stem, word);
  }
  const holding = new Map<string, number>();
  for (const { record } of files) {
    for (const term of record.body.terms) {
      if (words.has(term)) holding.set(term, (holding.get(term) ?? 0) + 1);
    }
  }
  const count = (stem: string): number => holding.get(stem) ?? 0;
  const most = Math.max(1, COMMON * files.length);
  return new Map(
    [...words].filter(([stem]) => count(stem) <= most).sort(([a], [b]) => count(a) - count(b)),
  );
}
