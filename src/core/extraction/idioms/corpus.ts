import type { FileStatements } from '../../model/code.ts';
import { STATEMENT_NUMBERS } from './statements.ts';

/** One file whose statements are mined. */
export interface IdiomSource {
  /** Relative to the project, with `/`. */
  readonly path: string;
  readonly isTest: boolean;
  readonly statements: FileStatements;
}

/** The statements of many files as columns, in order of path and place. */
export interface StatementCorpus {
  readonly paths: readonly string[];
  /** Number of the file of each statement. */
  readonly files: Int32Array;
  /** Number of the statement within its file, as `sequencesOf` counts. */
  readonly positions: Int32Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** Equal for statements that may stand in one run. */
  readonly runs: Int32Array;
  /** Numbers of the statements in order of file and start: blocks stand apart from what holds them. */
  readonly inOrder: Int32Array;
  /** Where each statement stands in `inOrder`. */
  readonly ranks: Int32Array;
  /** Symbols by level, the best one to know an idiom by first. */
  readonly levels: readonly Float64Array[];
  /** In how many statements a token stands, by its hash. */
  readonly tokens: ReadonlyMap<number, number>;
}

/**
 * @param sources in any order
 * @param ofTests whether tests are wanted or all the rest
 */
export function createCorpus(sources: readonly IdiomSource[], ofTests: boolean): StatementCorpus {
  const ordered = [...sources].sort((a, b) => (a.path < b.path ? -1 : 1));
  const total = ordered.reduce((sum, { statements }) => sum + statements.statements.length, 0);
  const most = total / STATEMENT_NUMBERS;
  const files = new Int32Array(most);
  const positions = new Int32Array(most);
  const starts = new Int32Array(most);
  const ends = new Int32Array(most);
  const runs = new Int32Array(most);
  const levels = [new Float64Array(most), new Float64Array(most), new Float64Array(most)];
  const tokens = new Map<number, number>();
  let count = 0;
  let run = 0;
  for (const [file, { isTest, statements }] of ordered.entries()) {
    const isWanted = (start: number): boolean =>
      (isTest || isInside(statements.tests, start)) === ofTests;
    if (isTest === ofTests) addCounts(tokens, statements.tokens);
    let position = 0;
    for (const length of statements.lengths) {
      run += 1;
      for (let one = 0; one < Math.abs(length); one += 1, position += 1) {
        if (length < 0) run += 1;
        const [start = 0, end = 0, ...symbols] = statements.statements.slice(
          position * STATEMENT_NUMBERS,
          (position + 1) * STATEMENT_NUMBERS,
        );
        if (!isWanted(start)) continue;
        files[count] = file;
        positions[count] = position;
        starts[count] = start;
        ends[count] = end;
        runs[count] = run;
        for (const [level, symbol] of symbols.entries()) {
          const column = levels[level];
          if (column !== undefined) column[count] = symbol;
        }
        count += 1;
      }
    }
  }
  const { inOrder, ranks } = orderOf(files.subarray(0, count), starts);
  return {
    paths: ordered.map(({ path }) => path),
    inOrder,
    ranks,
    files: files.subarray(0, count),
    positions: positions.subarray(0, count),
    starts: starts.subarray(0, count),
    ends: ends.subarray(0, count),
    runs: runs.subarray(0, count),
    levels: levels.map((column) => column.subarray(0, count)),
    tokens,
  };
}

function orderOf(
  files: Int32Array,
  starts: Int32Array,
): Pick<StatementCorpus, 'inOrder' | 'ranks'> {
  const inOrder = Int32Array.from(files, (_, at) => at).sort(
    (a, b) => (files[a] ?? 0) - (files[b] ?? 0) || (starts[a] ?? 0) - (starts[b] ?? 0) || a - b,
  );
  const ranks = new Int32Array(inOrder.length);
  for (const [rank, at] of inOrder.entries()) ranks[at] = rank;
  return { inOrder, ranks };
}

function isInside(spans: readonly number[], index: number): boolean {
  for (let at = 0; at < spans.length; at += 2) {
    if (index >= (spans[at] ?? 0) && index < (spans[at + 1] ?? 0)) return true;
  }
  return false;
}

function addCounts(counts: Map<number, number>, pairs: readonly number[]): void {
  for (let at = 0; at < pairs.length; at += 2) {
    const token = pairs[at] ?? 0;
    counts.set(token, (counts.get(token) ?? 0) + (pairs[at + 1] ?? 0));
  }
}
