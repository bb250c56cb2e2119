import type {
  Reward,
  RunKey,
  RecordedRun,
  SequenceId,
  SequenceOutline,
} from '../../model/resolution/sequence.ts';
import { listJournal, readLines, UnreadableFile, type JournalFolder } from '../journal/file.ts';
import { parseLineOf } from '../journal/line.ts';
import type { Offsets } from '../journal/offsets.ts';
import { scanFolder } from '../journal/scan.ts';
import { readRecord, type SequenceRecord } from './records.ts';

/** What is on record, without the texts of sequences, which are read when they are wanted. */
export interface SequenceIndex {
  /** Takes in what was written since. */
  refresh(): void;
  /** Whether a record would say nothing new. */
  has(record: SequenceRecord): boolean;
  outline(id: SequenceId): SequenceOutline | undefined;
  /** The line of a sequence without its newline; `undefined` where there is none. */
  lineOf(id: SequenceId): Buffer | undefined;
  runs(): readonly RecordedRun[];
  run(key: RunKey): RecordedRun | undefined;
  rewardsOf(id: SequenceId): ReadonlyMap<string, number>;
  readonly badLines: number;
}

type RecordOf<Type extends SequenceRecord['type']> = Extract<SequenceRecord, { type: Type }>;

/** Order of records that does not depend on the order of reading: of two of one id the lesser counts. */
interface Place {
  readonly at: number;
  /** Id of the file. */
  readonly file: string;
  readonly start: number;
}

interface IndexedRun {
  readonly key: RunKey;
  begun: (Place & Pick<RecordedRun, 'hypers'>) | undefined;
  /** The last time it was begun; a run that failed may be begun again. */
  begunAgain: Place | undefined;
  /** The last word on how it ended. */
  ended: (Place & Pick<RecordedRun, 'failure'>) | undefined;
  readonly sequences: Map<SequenceId, Place>;
}

/** Two keys with the same name are the same run. */
export function runName({ experiment, hypers, instance, repetition }: RunKey): string {
  return JSON.stringify([experiment, hypers, instance, repetition]);
}

export function createSequenceIndex(journal: JournalFolder): SequenceIndex {
  const runs = new Map<string, IndexedRun>();
  const places = new Map<SequenceId, Place & SequenceOutline>();
  const rewards = new Map<SequenceId, Map<string, Place & Pick<Reward, 'value'>>>();
  let offsets: Offsets = new Map();
  let badLines = 0;

  const runOf = (key: RunKey): IndexedRun => {
    const name = runName(key);
    const known = runs.get(name);
    if (known !== undefined) return known;
    const run: IndexedRun = {
      ...{ key, begun: undefined, begunAgain: undefined, ended: undefined },
      sequences: new Map(),
    };
    runs.set(name, run);
    return run;
  };

  const takeReward = ({ sequence, measure, value }: RecordOf<'reward'>, place: Place): void => {
    const known = rewards.get(sequence)?.get(measure);
    if (known !== undefined && !isBefore(known, place)) return;
    const all = rewards.get(sequence) ?? new Map<string, Place & Pick<Reward, 'value'>>();
    rewards.set(sequence, all.set(measure, { ...place, value }));
  };
  const takeBegun = ({ run, hypers }: RecordOf<'begun'>, place: Place): void => {
    const indexed = runOf(run);
    const { begun, begunAgain } = indexed;
    if (begun === undefined || isBefore(place, begun)) indexed.begun = { ...place, hypers };
    if (begunAgain === undefined || isBefore(begunAgain, place)) indexed.begunAgain = place;
  };
  const takeSequence = (record: RecordOf<'sequence'>, place: Place): void => {
    const { id, run, stage, name, usage } = record;
    const known = places.get(id);
    if (known !== undefined && !isBefore(place, known)) return;
    places.set(id, { ...place, stage, name, tokens: usage.input + usage.output });
    runOf(run).sequences.set(id, place);
  };
  const takeEnd = (record: RecordOf<'finished' | 'failed'>, place: Place): void => {
    const run = runOf(record.run);
    if (run.ended !== undefined && !isBefore(run.ended, place)) return;
    const failure = record.type === 'failed' ? record : undefined;
    run.ended = {
      ...place,
      failure: failure && { code: failure.code, message: failure.message },
    };
  };

  const take = (record: SequenceRecord, place: Place): void => {
    switch (record.type) {
      case 'reward':
        takeReward(record, place);
        break;
      case 'begun':
        takeBegun(record, place);
        break;
      case 'sequence':
        takeSequence(record, place);
        break;
      case 'finished':
      case 'failed':
        takeEnd(record, place);
    }
  };

  const scanFrom = (known: Offsets): Offsets =>
    scanFolder(journal, known, (line, { file, start }) => {
      const parsed = parseLineOf(line, readRecord);
      if (parsed.kind === 'bad') badLines++;
      if (parsed.kind !== 'event') return;
      take(parsed.event, { at: parsed.event.at, file: file.id, start });
    }).offsets;

  return {
    refresh() {
      const next = scanFrom(offsets);
      const isSomethingGone = [...offsets.keys()].some((id) => !next.has(id));
      offsets = next;
      if (!isSomethingGone) return;
      // Another process deleted what was on record: nothing of it is known any more.
      for (const known of [runs, places, rewards]) known.clear();
      badLines = 0;
      offsets = scanFrom(new Map());
    },
    has(record) {
      switch (record.type) {
        case 'begun': {
          const run = runs.get(runName(record.run));
          return run?.begun !== undefined && stateOf(run) !== 'failed';
        }
        case 'sequence':
          return places.has(record.id);
        case 'finished': {
          const ended = runs.get(runName(record.run))?.ended;
          return ended !== undefined && ended.failure === undefined;
        }
        case 'failed':
          return false;
        case 'reward':
          return rewards.get(record.sequence)?.get(record.measure)?.value === record.value;
      }
    },
    outline: (id) => places.get(id),
    lineOf(id) {
      const place = places.get(id);
      // A file may be sealed, and so renamed, between the listing and the reading.
      return place && (lineAt(journal, place) ?? lineAt(journal, place));
    },
    runs: () =>
      [...runs.values()].sort((a, b) => (a.begun?.at ?? 0) - (b.begun?.at ?? 0)).map(toRecordedRun),
    run(key) {
      const run = runs.get(runName(key));
      return run && toRecordedRun(run);
    },
    rewardsOf: (id) =>
      new Map([...(rewards.get(id) ?? [])].map(([measure, { value }]) => [measure, value])),
    get badLines() {
      return badLines;
    },
  };
}

function stateOf({ begunAgain, ended }: IndexedRun): RecordedRun['state'] {
  if (ended === undefined) return 'begun';
  if (ended.failure === undefined) return 'finished';
  return begunAgain !== undefined && isBefore(ended, begunAgain) ? 'begun' : 'failed';
}

function toRecordedRun(run: IndexedRun): RecordedRun {
  const { key, begun, ended, sequences } = run;
  const state = stateOf(run);
  return {
    ...{ key, state },
    hypers: begun?.hypers ?? {},
    begunAt: begun?.at ?? 0,
    failure: state === 'failed' ? ended?.failure : undefined,
    sequences: [...sequences].sort(([, a], [, b]) => (isBefore(a, b) ? -1 : 1)).map(([id]) => id),
  };
}

function isBefore(a: Place, b: Place): boolean {
  if (a.at !== b.at) return a.at < b.at;
  return a.file === b.file ? a.start < b.start : a.file < b.file;
}

function lineAt(journal: JournalFolder, { file: id, start }: Place): Buffer | undefined {
  const file = listJournal(journal).find((one) => one.id === id);
  let found: Buffer | undefined;
  try {
    if (file === undefined) return undefined;
    readLines(journal.fileSystem, file.path, { from: start }, (line) => {
      found = Buffer.from(line.subarray(0, -1));
      return false;
    });
    return found;
  } catch (error) {
    if (error instanceof UnreadableFile) return undefined;
    throw error;
  }
}
