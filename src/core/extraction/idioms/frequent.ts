import type { StatementCorpus } from './corpus.ts';

/** Statements of the longest run. */
const LONGEST_RUN = 12;
/** Places a run must have, and files they must stand in: two copies of a file recur in all they hold. */
const LEAST_PLACES = 3;
const LEAST_FILES = { few: 2, many: 3 } as const;
/** A project of fewer files counts as one of few. */
const MANY_FILES = 12;
/** A part that occurs hardly more often than the whole tells nothing beside it. */
const MORE_THAN_THE_WHOLE = 1.1;

/** A run of statements that recurs. */
export interface FrequentRun {
  /** Index into `StatementCorpus.levels`. */
  readonly level: number;
  /** Number of statements. */
  readonly length: number;
  /** First statement of each place, in order; places do not overlap. */
  readonly places: Int32Array;
}

/**
 * Runs of statements that recur at one level of detail, level by level of length: a run can recur
 * only if what it begins and ends with does. Source: Agrawal and Srikant, Apriori, 1994.
 *
 * @returns the runs of each length, to be read before the next
 */
export function* frequentRuns(
  corpus: StatementCorpus,
  level: number,
): Generator<Iterable<FrequentRun>> {
  const symbols = corpus.levels[level] ?? new Float64Array();
  const files = new Set(corpus.files).size;
  const leastFiles = files < MANY_FILES ? LEAST_FILES.few : LEAST_FILES.many;
  let former: Grams | undefined;
  for (let length = 1; length <= LONGEST_RUN; length += 1) {
    const known = former;
    const keyAt =
      known === undefined
        ? (at: number) => symbols[at] ?? 0
        : (at: number) => pairKey(corpus.runs, known, at);
    const grams = groupPlaces(corpus, { length, leastFiles, keyAt });
    if (known !== undefined) yield closedRuns(known, grams, level);
    former = grams;
    if (grams.places.length === 0) break;
  }
  if (former !== undefined) yield closedRuns(former, undefined, level);
}

/** The runs of one length that recur. */
interface Grams {
  readonly length: number;
  /** By statement: number of the run that starts there, -1 for none. */
  readonly at: Int32Array;
  /** By number of the run. */
  readonly places: readonly Int32Array[];
}

/** What a run is known by: the shorter runs it begins and ends with; -1 where they do not recur. */
function pairKey(runs: Int32Array, { at, places }: Grams, start: number): number {
  const first = at[start] ?? -1;
  const second = at[start + 1] ?? -1;
  if (first < 0 || second < 0 || runs[start] !== runs[start + 1]) return -1;
  return first * places.length + second;
}

function groupPlaces(
  { files }: StatementCorpus,
  {
    length,
    leastFiles,
    keyAt,
  }: {
    readonly length: number;
    readonly leastFiles: number;
    readonly keyAt: (at: number) => number;
  },
): Grams {
  const count = files.length;
  const groups = new Map<number, number>();
  const own = new Int32Array(count).fill(-1);
  const places: number[] = [];
  const inFiles: number[] = [];
  const lastFile: number[] = [];
  const lastEnd: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const key = keyAt(at);
    if (key < 0) continue;
    let group = groups.get(key);
    if (group === undefined) {
      group = groups.size;
      groups.set(key, group);
      places.push(0);
      inFiles.push(0);
      lastFile.push(-1);
      lastEnd.push(-1);
    }
    own[at] = group;
    if (at < (lastEnd[group] ?? 0)) continue;
    lastEnd[group] = at + length;
    places[group] = (places[group] ?? 0) + 1;
    const file = files[at] ?? 0;
    if (lastFile[group] !== file) inFiles[group] = (inFiles[group] ?? 0) + 1;
    lastFile[group] = file;
  }
  return keepFrequent(
    own,
    length,
    places.map((sum, group) =>
      sum >= LEAST_PLACES && (inFiles[group] ?? 0) >= leastFiles ? sum : 0,
    ),
  );
}

/** @param sums number of places by group, 0 for what does not recur */
function keepFrequent(own: Int32Array, length: number, sums: readonly number[]): Grams {
  const numbers = new Int32Array(sums.length).fill(-1);
  const places: Int32Array[] = [];
  for (const [group, sum] of sums.entries()) {
    if (sum === 0) continue;
    numbers[group] = places.length;
    places.push(new Int32Array(sum));
  }
  const filled = new Int32Array(places.length);
  const ends = new Int32Array(places.length);
  for (let at = 0; at < own.length; at += 1) {
    const group = own[at] ?? -1;
    const number = group < 0 ? -1 : (numbers[group] ?? -1);
    own[at] = number;
    if (number < 0 || at < (ends[number] ?? 0)) continue;
    ends[number] = at + length;
    const list = places[number];
    const next = filled[number] ?? 0;
    if (list !== undefined) list[next] = at;
    filled[number] = next + 1;
  }
  return { length, at: own, places };
}

/** Runs that no longer run explains. */
function* closedRuns(
  former: Grams,
  longer: Grams | undefined,
  level: number,
): Generator<FrequentRun> {
  const ofWhole = placesOfWholes(former, longer);
  for (const [number, places] of former.places.entries()) {
    if (places.length > MORE_THAN_THE_WHOLE * (ofWhole[number] ?? 0)) {
      yield { level, length: former.length, places };
    }
  }
}

/** By number of a run: most places of a run that is longer by one and begins or ends with it. */
function placesOfWholes({ at, places }: Grams, longer: Grams | undefined): Int32Array {
  const most = new Int32Array(places.length);
  for (const wholes of longer?.places ?? []) {
    const start = wholes[0] ?? 0;
    for (const part of [at[start] ?? -1, at[start + 1] ?? -1]) {
      if (part >= 0) most[part] = Math.max(most[part] ?? 0, wholes.length);
    }
  }
  return most;
}
