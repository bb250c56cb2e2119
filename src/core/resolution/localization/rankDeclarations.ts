import type { Signal, Signals } from '../../model/resolution/codePointer.ts';
import type { Tokenizer } from '../../platform/text/words.ts';
import {
  countTerms,
  identifiersIn,
  type RecordedDeclaration,
  stemsOf,
  type TermCounts,
} from './fileRecord.ts';
import {
  calledByNamed,
  classShare,
  isInner,
  lengthShare,
  namedIn,
  type Stretch,
  tracebackOf,
} from './declarationSignals.ts';
import { countQuery } from './fileSignals.ts';
import type { Issue } from './issue.ts';
import { projectFrames } from './mentions.ts';
import type { RankedFile, Weights } from './rankFiles.ts';
import { type FieldSettings, scoreTerms, toShares } from './termScores.ts';

/** A ranked file with its text, `undefined` where it cannot be read any more. */
export interface ReadFile {
  readonly file: RankedFile;
  readonly text: string | undefined;
}

/** A function or class, or a stretch of lines where no grammar reads the file. */
export interface RankedStretch {
  readonly path: string;
  readonly declaration: RecordedDeclaration | undefined;
  /** First and last line, counted from 0. */
  readonly lines: readonly [first: number, last: number];
  readonly score: number;
  readonly signals: Signals;
  /** Stems of the title of the issue that it holds. */
  readonly titleTerms: readonly string[];
}

/** Chosen by hand like those of files; the file decides most. */
export const DECLARATIONS: Weights = {
  file: 3,
  body: 1,
  title: 1,
  identifiers: 1,
  names: 1,
  named: 1,
  class: 1,
  traceback: 2,
  called: 0.5,
  fileRank: 0.5,
  length: 0.5,
  inner: 0.5,
};

/** These say of no function that the issue is about it, only which of several is likelier. */
const PRIORS: readonly Signal[] = ['file', 'fileRank', 'length', 'inner'];

const TEXT: FieldSettings = { k1: 1.2, lengthWeight: 0.75 };
const NAMES: FieldSettings = { k1: 1.2, lengthWeight: 0.5 };
/** Of a file that no grammar reads: about what a screen shows. */
const LINES_OF_STRETCH = 40;

/** Stretches of the given files that anything but their file speaks for, best first. */
export function rankDeclarations(
  issue: Issue,
  files: readonly ReadFile[],
  tokenizer: Tokenizer,
): readonly RankedStretch[] {
  const stretches = files.flatMap((file, at) => stretchesOf(file, at + 1));
  const best = files.reduce((most, { file }) => Math.max(most, file.score), 0);
  const bodies = stretches.map(({ text }) => countTerms(stemsOf(text, tokenizer)));
  const names = stretches.map(({ declaration }) =>
    countTerms(stemsOf(declaration?.name ?? '', tokenizer)),
  );
  const identifiers = stretches.map(({ text }) => countTerms(identifiersIn(text)));
  const title = countQuery(stemsOf(issue.title, tokenizer));
  const text = countQuery([...stemsOf(issue.text, tokenizer), ...stemsOf(issue.title, tokenizer)]);
  const frames = projectFrames(
    issue.frames,
    files.map(({ file }) => file.path.split('/')),
  );
  const words = (fields: readonly TermCounts[], query: ReadonlyMap<string, number>) =>
    toShares(scoreTerms(fields, query, fields === names ? NAMES : TEXT));
  const table = new Map<Signal, Float64Array>([
    ['file', Float64Array.from(stretches, ({ file }) => (best === 0 ? 0 : file.score / best))],
    ['body', words(bodies, text)],
    ['title', words(bodies, title)],
    ['identifiers', words(identifiers, issue.codeWords)],
    ['names', words(names, text)],
    ['named', toShares(Float64Array.from(stretches, (one) => namedIn(issue, one)))],
    ['class', Float64Array.from(stretches, (one) => classShare(issue, one))],
    ['traceback', Float64Array.from(stretches, (one) => tracebackOf(frames, one))],
    ['called', calledByNamed(issue, stretches, identifiers)],
    ['fileRank', Float64Array.from(stretches, ({ rank }) => 1 / rank)],
    ['length', Float64Array.from(stretches, ({ lines }) => lengthShare(lines))],
    ['inner', Float64Array.from(stretches, ({ declaration }) => (isInner(declaration) ? 1 : 0))],
  ]);
  return stretches
    .map(({ path, declaration, lines }, at) => ({
      ...{ path, declaration, lines },
      ...weigh(table, at),
      titleTerms: (bodies[at]?.terms ?? []).filter((term) => title.has(term)),
    }))
    .filter(({ signals }) =>
      (Object.keys(signals) as Signal[]).some((signal) => !PRIORS.includes(signal)),
    )
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1) || a.lines[0] - b.lines[0]);
}

function weigh(
  table: ReadonlyMap<Signal, Float64Array>,
  at: number,
): Pick<RankedStretch, 'score' | 'signals'> {
  const signals: Partial<Record<Signal, number>> = {};
  let score = 0;
  for (const [signal, values] of table) {
    const worth = (values[at] ?? 0) * (DECLARATIONS[signal] ?? 0);
    if (worth === 0) continue;
    signals[signal] = worth;
    score += worth;
  }
  return { score, signals };
}

function stretchesOf({ file, text }: ReadFile, rank: number): readonly Stretch[] {
  if (text === undefined) return [];
  const lines = text.split('\n');
  const toStretch = (
    declaration: RecordedDeclaration | undefined,
    [first, last]: readonly [number, number],
  ): Stretch => ({
    ...{ path: file.path, declaration, file, rank, lines: [first, last] },
    text: lines.slice(first, last + 1).join('\n'),
  });
  const { declarations } = file.record;
  if (declarations.length > 0) {
    return declarations
      .filter((declaration) => !holdsOthers(declaration, declarations))
      .map((declaration) => toStretch(declaration, declaration.lines));
  }
  return Array.from({ length: Math.ceil(lines.length / LINES_OF_STRETCH) }, (_, at) => {
    const first = at * LINES_OF_STRETCH;
    return toStretch(undefined, [first, Math.min(first + LINES_OF_STRETCH, lines.length) - 1]);
  });
}

/** A class is a place of its own where it holds no function. */
function holdsOthers(
  { kind, lines: [first, last] }: RecordedDeclaration,
  declarations: readonly RecordedDeclaration[],
): boolean {
  if (kind !== 'class') return false;
  return declarations.some(
    (other) => other.kind !== 'class' && other.lines[0] >= first && other.lines[1] <= last,
  );
}
