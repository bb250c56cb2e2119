import { languageOf } from '../../model/sourceFile/fileLanguage.ts';
import { isPagePath } from '../../model/sourceFile/pagePath.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { localized, type LocalizedText } from '../../model/localizedText.ts';
import type { ChangeHistory } from './changeHistory.ts';

/** What speaks for files to be changed. */
export interface FileEvidence {
  /** Files that a text is about, best first, with 0 to 1 and the strongest reason. */
  readonly located: readonly {
    readonly path: string;
    readonly score: number;
    readonly why: LocalizedText | undefined;
  }[];
  /** Files that hold code like what is wanted, best first. */
  readonly similar: readonly string[];
  readonly history: ChangeHistory;
  /** Of the text. */
  readonly stems: readonly string[];
  /** Paths there are, tests among them. */
  readonly existing: ReadonlySet<string>;
}

/** A file that is likely to change. */
export interface LikelyFile {
  readonly path: string;
  /** 0 to 1, the first one's is 1. */
  readonly score: number;
  /** The strongest first. */
  readonly why: readonly LocalizedText[];
  /** Tests of it, the likeliest first. */
  readonly tests: readonly string[];
}

const WEIGHTS = { located: 1, similar: 0.4, message: 0.7, together: 0.5 };
/** Files from which others that changed with them are looked for. */
const SEEDS = 5;
const MOST_TESTS = 3;
/** Of the best one's: what stands further behind is there by chance. */
const LEAST = 0.15;
const LEAST_SHARE = 0.25;

interface Tally {
  score: number;
  readonly reasons: { readonly weight: number; readonly text: LocalizedText }[];
}

/** Files that a task is likely to change, best first. */
export function likelyFiles(evidence: FileEvidence, most: number): readonly LikelyFile[] {
  const { located, similar, history, stems } = evidence;
  const tallies = new Map<string, Tally>();
  const add = (path: string, weight: number, text: LocalizedText | undefined): void => {
    if (weight <= 0 || !evidence.existing.has(path) || isTestPath(path)) return;
    // Lists of packages and of changes go along with every commit.
    if (!isWritten(path) && !isNamed(path, stems)) return;
    const tally = tallies.get(path) ?? { score: 0, reasons: [] };
    tally.score += weight;
    if (text !== undefined) tally.reasons.push({ weight, text });
    tallies.set(path, tally);
  };
  for (const { path, score, why } of located) add(path, WEIGHTS.located * score, why);
  for (const [rank, path] of similar.entries()) {
    add(path, WEIGHTS.similar / (rank + 1), localized`it holds code like what is wanted`);
  }
  for (const [path, score] of history.resembling(stems)) {
    add(path, WEIGHTS.message * score, localized`commits with similar messages changed it`);
  }
  for (const seed of ranked(tallies).slice(0, SEEDS)) {
    const { score } = tallies.get(seed) ?? { score: 0 };
    for (const { path, times, weight } of history.togetherWith(seed)) {
      const text = localized`it changed together with ${seed} ${times} times`;
      add(path, WEIGHTS.together * score * weight, text);
    }
  }
  const best = ranked(tallies).filter((path, at, [first = '']) => {
    const { score = 0, reasons = [] } = tallies.get(path) ?? {};
    return at === 0 || (reasons.length > 0 && score >= LEAST * (tallies.get(first)?.score ?? 0));
  });
  const tests = [...evidence.existing]
    .filter(isTest)
    .map((path): NamedTest => ({ path, words: wordsOf(path) }));
  const top = tallies.get(best[0] ?? '')?.score ?? 1;
  return best.slice(0, most).map((path) => {
    const { score, reasons } = tallies.get(path) ?? { score: 0, reasons: [] };
    const why = reasons.toSorted((a, b) => b.weight - a.weight).map(({ text }) => text);
    return { path, score: score / top, why, tests: testsOf(path, tests, evidence) };
  });
}

function ranked(tallies: ReadonlyMap<string, Tally>): readonly string[] {
  return [...tallies]
    .sort(([a, { score: one }], [b, { score: other }]) => other - one || (a < b ? -1 : 1))
    .map(([path]) => path);
}

function isWritten(path: string): boolean {
  return languageOf(path) !== undefined || isPagePath(path);
}

/** A test with the words of its name. */
interface NamedTest {
  readonly path: string;
  readonly words: readonly string[];
}

/** Whether the text has each word of the name of a file, as far as a stem goes. */
function isNamed(path: string, stems: readonly string[]): boolean {
  const words =
    nameOf(path)
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.every((word) => stems.some((stem) => stem.length > 2 && word.startsWith(stem)));
}

/**
 * Tests named like a file, else those whose names are the beginning of its name or go on from it, as
 * `test_sftp.py` for `sftp_client.py`; then those that changed with it.
 */
function testsOf(
  path: string,
  tests: readonly NamedTest[],
  { history, existing }: FileEvidence,
): readonly string[] {
  const words = wordsOf(path);
  const alike = tests.filter(
    (one) => isBeginning(one.words, words) || isBeginning(words, one.words),
  );
  const exact = alike.filter((one) => one.words.length === words.length);
  const named = (exact.length > 0 ? exact : alike).sort(
    (a, b) =>
      Math.abs(a.words.length - words.length) - Math.abs(b.words.length - words.length) ||
      nearness(b.path, path) - nearness(a.path, path) ||
      (a.path < b.path ? -1 : 1),
  );
  const together = history
    .togetherWith(path)
    .filter((other) => other.share >= LEAST_SHARE && existing.has(other.path))
    .map((other) => other.path)
    .filter(isTest);
  return [...new Set([...named.map((one) => one.path), ...together])].slice(0, MOST_TESTS);
}

function isBeginning(words: readonly string[], of: readonly string[]): boolean {
  return words.length > 0 && words.every((word, at) => word === of[at]);
}

/** Folders of tests hold more than tests. */
function isTest(path: string): boolean {
  return isTestPath(path) && languageOf(path) !== undefined;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Of the name of a file without what says that it is a test: `test_cart.py`, `CartTest.java`, `cart.ts`. */
function wordsOf(path: string): readonly string[] {
  const [base = ''] = nameOf(path).split('.');
  return base
    .replace(/^(?:test|spec)_+|_+(?:test|tests|spec)$|(?:Tests?|Spec|IT)$/g, '')
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1_$2')
    .toLowerCase()
    .split(/[_-]+/)
    .filter((word) => word !== '');
}

/** Folders that two paths share. */
function nearness(a: string, b: string): number {
  const folders = new Set(a.split('/').slice(0, -1));
  return b.split('/').filter((folder) => folders.has(folder)).length;
}
