import type { Signal, Signals } from '../../model/resolution/codePointer.ts';
import type { Tokenizer } from '../../platform/text/words.ts';
import {
  countTerms,
  identifiersIn,
  type RecordedDeclaration,
  stemsOf,
  type TermCounts,
} from './fileRecord.ts';
import { countQuery } from './fileSignals.ts';
import type { Frame, Issue } from './issue.ts';
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
  traceback: 1,
};

/** What makes a function speak for its file: that it reads like the issue. */
const READS_ALIKE = ['body', 'title', 'identifiers'] as const;

const TEXT: FieldSettings = { k1: 1.2, lengthWeight: 0.75 };
const NAMES: FieldSettings = { k1: 1.2, lengthWeight: 0.5 };
/** Of a file that no grammar reads: about what a screen shows. */
const LINES_OF_STRETCH = 40;

interface Stretch extends Pick<RankedStretch, 'path' | 'declaration' | 'lines'> {
  readonly text: string;
}

/** Stretches of files with how much of each signal they have, 0 to 1. */
export interface ComparedStretches {
  readonly stretches: readonly Stretch[];
  /** In the order of the stretches. */
  readonly table: ReadonlyMap<Signal, Float64Array>;
}

/** Compares the functions of the given files with the issue, whatever their files are worth. */
export function compareStretches(
  issue: Issue,
  files: readonly ReadFile[],
  tokenizer: Tokenizer,
): ComparedStretches {
  const stretches = files.flatMap(stretchesOf);
  const bodies = stretches.map(({ text }) => countTerms(stemsOf(text, tokenizer)));
  const names = stretches.map(({ declaration }) =>
    countTerms(stemsOf(declaration?.name ?? '', tokenizer)),
  );
  const identifiers = stretches.map(({ text }) => countTerms(identifiersIn(text)));
  const title = countQuery(stemsOf(issue.title, tokenizer));
  const text = countQuery([...stemsOf(issue.text, tokenizer), ...stemsOf(issue.title, tokenizer)]);
  const words = (fields: readonly TermCounts[], query: ReadonlyMap<string, number>) =>
    toShares(scoreTerms(fields, query, fields === names ? NAMES : TEXT));
  const table = new Map<Signal, Float64Array>([
    ['body', words(bodies, text)],
    ['title', words(bodies, title)],
    ['identifiers', words(identifiers, issue.codeWords)],
    ['names', words(names, text)],
    ['named', toShares(Float64Array.from(stretches, (one) => namedIn(issue, one)))],
    ['class', Float64Array.from(stretches, (one) => classShare(issue, one))],
    ['traceback', Float64Array.from(stretches, (one) => tracebackOf(issue.frames, one))],
  ]);
  return { stretches, table };
}

/** How much the function of each file that reads most like the issue does so, 0 to 1, by path. */
export function bestFunctions({
  stretches,
  table,
}: ComparedStretches): ReadonlyMap<string, number> {
  const best = new Map<string, number>();
  for (const [at, { path }] of stretches.entries()) {
    const alike = READS_ALIKE.reduce((sum, signal) => sum + (table.get(signal)?.[at] ?? 0), 0);
    best.set(path, Math.max(best.get(path) ?? 0, alike));
  }
  const most = Math.max(0, ...best.values());
  return new Map([...best].map(([path, alike]) => [path, most === 0 ? 0 : alike / most]));
}

/** Stretches that anything but their file speaks for, best first; those of other files are left out. */
export function rankDeclarations(
  { stretches, table }: ComparedStretches,
  files: readonly RankedFile[],
): readonly RankedStretch[] {
  const best = files.reduce((most, { score }) => Math.max(most, score), 0);
  const shares = new Map(files.map(({ path, score }) => [path, best === 0 ? 0 : score / best]));
  return stretches
    .flatMap(({ path, declaration, lines }, at) => {
      const share = shares.get(path);
      if (share === undefined) return [];
      return [{ path, declaration, lines, ...weigh(table, at, share) }];
    })
    .filter(({ score, signals }) => score > (signals.file ?? 0))
    .sort((a, b) => b.score - a.score || (a.path < b.path ? -1 : 1) || a.lines[0] - b.lines[0]);
}

/** @param share of the score of the best file that its own has */
function weigh(
  table: ReadonlyMap<Signal, Float64Array>,
  at: number,
  share: number,
): Pick<RankedStretch, 'score' | 'signals'> {
  const signals: Partial<Record<Signal, number>> = {};
  let score = 0;
  const add = (signal: Signal, value: number): void => {
    const worth = value * (DECLARATIONS[signal] ?? 0);
    if (worth === 0) return;
    signals[signal] = worth;
    score += worth;
  };
  add('file', share);
  for (const [signal, values] of table) add(signal, values[at] ?? 0);
  return { score, signals };
}

function stretchesOf({ file: { path, record }, text }: ReadFile): readonly Stretch[] {
  if (text === undefined) return [];
  const lines = text.split('\n');
  const toStretch = (
    declaration: RecordedDeclaration | undefined,
    [first, last]: readonly [number, number],
  ): Stretch => ({
    ...{ path, declaration, lines: [first, last] },
    text: lines.slice(first, last + 1).join('\n'),
  });
  const { declarations } = record;
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

function namedIn({ codeWords }: Issue, { declaration }: Stretch): number {
  return declaration === undefined ? 0 : (codeWords.get(declaration.name) ?? 0);
}

const CONSTRUCTORS: ReadonlySet<string> = new Set([
  '__init__',
  '__new__',
  'constructor',
  'initialize',
  '__construct',
  'init',
  'new',
]);
/** Of a method; who names a class calls its constructor. */
const CLASS_OF_METHOD = 0.5;

function classShare({ codeWords }: Issue, { declaration }: Stretch): number {
  if (declaration === undefined) return 0;
  const around = declaration.qualifiedName.split('.').slice(0, -1);
  if (!around.some((name) => codeWords.has(name))) return 0;
  const isConstructor = CONSTRUCTORS.has(declaration.name) || declaration.name === around.at(-1);
  return isConstructor ? 1 : CLASS_OF_METHOD;
}

const FADING = 0.8;

/** By line where the frame tells one that lies in it, else by name in a file of that name. */
function tracebackOf(frames: readonly Frame[], { path, declaration, lines }: Stretch): number {
  const name = path.split('/').at(-1);
  const at = frames.findLastIndex((frame) => {
    if (frame.path.at(-1) !== name) return false;
    if (frame.symbol !== undefined) return frame.symbol === declaration?.name;
    return frame.line !== undefined && frame.line > lines[0] && frame.line <= lines[1] + 1;
  });
  return at === -1 ? 0 : FADING ** (frames.length - 1 - at);
}
