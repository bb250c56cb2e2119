import { joined, localized, type LocalizedText, verbatim } from '../../model/localizedText.ts';
import type { CodePointer, Signal, Signals } from '../../model/resolution/codePointer.ts';
import { identifiersIn } from './fileRecord.ts';
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
): readonly CodePointer[] {
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
      const why = reasonsFor(signals, { issue, file, symbol: undefined });
      return { kind: 'file', path, symbol: null, range: null, score, signals, why };
    }),
    ...known.map(({ stretch, file }): CodePointer => {
      const { path, declaration, lines, signals } = stretch;
      const [first, last] = lines;
      return {
        kind: declaration === undefined ? 'lines' : 'declaration',
        path,
        symbol: declaration?.qualifiedName ?? null,
        range: { start: { line: first, character: 0 }, end: { line: last + 1, character: 0 } },
        // The product may be a hair above what it was made to reach.
        score: Math.min(stretch.score * scale, file.score / best),
        signals,
        why: reasonsFor(signals, { issue, file, symbol: declaration?.name }),
      };
    }),
  ].sort((a, b) => b.score - a.score);
}

interface Subject {
  readonly issue: Issue;
  readonly file: RankedFile;
  /** Of the declaration; `undefined` for the file. */
  readonly symbol: string | undefined;
}

/** Signals that point at a place; the others compare words, of which each file has some. */
const TELLING: ReadonlySet<Signal> = new Set<Signal>([
  'traceback',
  'tests',
  'mention',
  'message',
  'literal',
  'named',
  'called',
  'titleDefinition',
  'definition',
]);
const MOST_REASONS = 4;
const MOST_NAMES = 3;

function reasonsFor(signals: Signals, subject: Subject): readonly LocalizedText[] {
  const strongest = (Object.entries(signals) as [Signal, number][]).sort(
    ([one, a], [other, b]) => Number(TELLING.has(other)) - Number(TELLING.has(one)) || b - a,
  );
  const reasons = new Map<string, LocalizedText>();
  for (const [signal] of strongest) {
    const reason = REASONS[signal](subject);
    if (reason !== undefined) reasons.set(reason.text, reason);
  }
  return [...reasons.values()].slice(0, MOST_REASONS);
}

const REASONS: Readonly<Record<Signal, (subject: Subject) => LocalizedText | undefined>> = {
  body: () => localized`it shares many words with the issue`,
  title: () => localized`it contains words from the title`,
  identifiers: ({ issue, file, symbol }) =>
    symbol === undefined
      ? withNames(
          file.record.identifiers.terms.filter((name) => issue.codeWords.has(name)),
          issue,
          (names) => localized`it uses ${names}`,
        )
      : localized`it uses names from code in the issue`,
  names: () => localized`the issue contains words from names declared here`,
  path: () => localized`the issue contains words from its path`,
  comments: () => localized`its comments share words with the issue`,
  definition: ({ issue, file }) =>
    withNames(
      file.record.declarations.map(({ name }) => name).filter((name) => issue.codeWords.has(name)),
      issue,
      (names) => localized`it declares ${names}`,
    ),
  titleDefinition: ({ issue, file }) => {
    const words = new Set(identifiersIn(issue.title));
    const names = file.record.declarations.map(({ name }) => name);
    return withNames(
      names.filter((name) => words.has(name)),
      issue,
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
  literal: ({ issue, file }) =>
    withNames(
      literalsSaid(file.record.literals, issue.title),
      issue,
      (words) => localized`it holds ${words} as a string, which the title says`,
    ),
  tests: () => localized`tests that the issue names use it`,
  meaning: () => localized`its names and comments mean something close to the issue`,
  file: () => undefined,
  named: ({ symbol }) => localized`the issue names ${symbol ?? ''}`,
  class: () => localized`the issue names its class`,
  called: () => localized`a function that the issue names uses it`,
  fileRank: () => undefined,
  length: () => undefined,
  inner: () => undefined,
  model: () => localized`a language model chose it`,
};

/** The names that say most, where there are any. */
function withNames(
  names: readonly string[],
  { codeWords }: Issue,
  say: (names: LocalizedText) => LocalizedText,
): LocalizedText | undefined {
  const best = [...new Set(names)]
    .sort((a, b) => (codeWords.get(b) ?? 0) - (codeWords.get(a) ?? 0) || b.length - a.length)
    .slice(0, MOST_NAMES);
  return best.length === 0 ? undefined : say(joined(best.map(verbatim), ', '));
}
