import type { StatementCorpus } from './corpus.ts';
import type { FrequentRun } from './frequent.ts';

/** Places that are looked at to tell what a run has in common. */
const MOST_SAMPLES = 16;

/** Where a run stands at a place: number of its file, UTF-16 units. */
export interface PlaceSpan {
  readonly file: number;
  readonly start: number;
  readonly end: number;
}

export function spanOf(corpus: StatementCorpus, place: number, length: number): PlaceSpan {
  return {
    file: corpus.files[place] ?? 0,
    start: corpus.starts[place] ?? 0,
    end: corpus.ends[place + length - 1] ?? 0,
  };
}

export function countFiles({ files }: StatementCorpus, places: Int32Array): number {
  let count = 0;
  let last = -1;
  for (const place of places) {
    const file = files[place] ?? 0;
    if (file !== last) count += 1;
    last = file;
  }
  return count;
}

/** Some places of a run, spread over its files: one of each before the second of any. */
export function samplePlaces(
  { files }: StatementCorpus,
  { places }: FrequentRun,
): readonly number[] {
  if (places.length <= MOST_SAMPLES) return [...places];
  const rounds = new Map<number, number>();
  const byRound: number[][] = [];
  for (const place of places) {
    const file = files[place] ?? 0;
    const round = rounds.get(file) ?? 0;
    rounds.set(file, round + 1);
    (byRound[round] ??= []).push(place);
  }
  const sample: number[] = [];
  for (const round of byRound) {
    const room = MOST_SAMPLES - sample.length;
    if (room === 0) break;
    if (round.length <= room) sample.push(...round);
    else sample.push(...evenly(round, room));
  }
  return sample.sort((a, b) => a - b);
}

function evenly(places: readonly number[], count: number): readonly number[] {
  return Array.from(
    { length: count },
    (_, at) => places[Math.floor((at * places.length) / count)] ?? 0,
  );
}
