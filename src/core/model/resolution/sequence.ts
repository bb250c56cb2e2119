import type { ChatMessage, ChatUsage } from '../ports/chatModel.ts';
import type { EpochMs } from '../epochMs.ts';
import type { InstanceId } from './instance.ts';
import type { Parameters, StageName, StageOutput } from './stages.ts';

/** Something a model asked to have done. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** As the model wrote them; they are never run as they stand. */
  readonly arguments: string;
}

/** One message as it was sent or answered, secrets left out. */
export type SequenceMessage =
  | (ChatMessage & { readonly toolCalls?: readonly ToolCall[] })
  /** What came of a call. */
  | { readonly role: 'tool'; readonly toolCallId: string; readonly content: string };

/** A sequence before it is recorded. */
export interface NewSequence {
  readonly stage: StageName;
  /**
   * Tells sequences of one stage of one run apart, such as `sample-3`. A run that is resumed gives
   * the same names, by which what is recorded is known and not recorded again.
   */
  readonly name: string;
  /** The sequence whose output this one started from; `null` for the first stage. */
  readonly parent: SequenceId | null;
  /** In the order they came; empty where no model was asked. */
  readonly messages: readonly SequenceMessage[];
  /** What all its calls took; 0 where no model was asked. */
  readonly usage: ChatUsage;
  /** What it handed on; `null` where it came to nothing. */
  readonly output: StageOutput | null;
}

/** Of the run, the stage and the name, so that the same work has the same id: 32 hex digits. */
export type SequenceId = string;

/** The run that a sequence belongs to. */
export interface RunKey<Id extends InstanceId = InstanceId> {
  /** `name` of the experiment. */
  readonly experiment: string;
  /** What differs from run to run of one experiment, as `hypersKey` names it. */
  readonly hypers: string;
  readonly instance: Id;
  /** Tells repetitions of the same apart: counted from 0 where they were planned, else any number. */
  readonly repetition: number;
}

/** A sequence on record. */
export interface Sequence extends NewSequence {
  readonly id: SequenceId;
  readonly run: RunKey;
  readonly at: EpochMs;
}

/** How good a sequence was by one measure; the newest of a measure counts. */
export interface Reward {
  readonly sequence: SequenceId;
  /** Name of the measure, such as `file-recall`. */
  readonly measure: string;
  readonly value: number;
  readonly at: EpochMs;
}

/** What is known of a sequence without reading it. */
export interface SequenceOutline {
  readonly stage: StageName;
  readonly name: string;
  /** Sent and received. */
  readonly tokens: number;
}

/** A run as it stands on record. */
export interface RecordedRun {
  readonly key: RunKey;
  /** The values that `key.hypers` stands for, with where the model was asked. */
  readonly hypers: Parameters;
  readonly begunAt: EpochMs;
  /** `begun` of one that was killed, or still goes on. */
  readonly state: 'begun' | 'finished' | 'failed';
  /** Why it failed, if it did and was not begun again. */
  readonly failure: { readonly code: string; readonly message: string } | undefined;
  /** In the order they were written. */
  readonly sequences: readonly SequenceId[];
}

declare const WRITTEN: unique symbol;
declare const RECEIPT: unique symbol;

/** That a sequence of an instance is on the disk. Only a `SequenceWriter` of that instance makes it. */
export interface Written<Id extends InstanceId> {
  readonly id: SequenceId;
  readonly [WRITTEN]: (id: Id) => Id;
}

/** That a run wrote what it did. Only `SequenceWriter.finish` of the same instance makes it. */
export interface SequenceReceipt<Id extends InstanceId> {
  readonly sequences: readonly SequenceId[];
  readonly [RECEIPT]: (id: Id) => Id;
}

/**
 * The end of the storage that one run of one instance writes to.
 *
 * `Id` is a brand: an experiment is generic in it, so it has no way to a receipt but this writer's
 * `finish`, which takes at least one written sequence. Forgetting to write, returning early without
 * a receipt, or the receipt of another run are errors of types.
 */
export interface SequenceWriter<Id extends InstanceId> {
  /**
   * On the disk when it returns. What is on record under the same stage and name stays as it is, and
   * the given one is dropped.
   *
   * @throws AppError `disk-full`, `library-read-only`, `library-write-failed`
   */
  write(sequence: NewSequence): Promise<Written<Id>>;
  /** What an earlier try of this run recorded, so that it need not be done again. */
  recorded(stage: StageName, name: string): (Sequence & Written<Id>) | undefined;
  /**
   * Ends the run; who lists it afterwards finds it done.
   *
   * @throws AppError as `write`, and `library-deleted` where somebody deleted meanwhile what it wrote
   */
  finish(written: readonly [Written<Id>, ...Written<Id>[]]): Promise<SequenceReceipt<Id>>;
}

/** Where the sequences of one experiment are kept, in order to train on them. */
export interface SequenceStorage {
  /**
   * Begins a run, or goes on with one that was killed.
   *
   * @throws AppError as `SequenceWriter.write`
   */
  begin<Id extends InstanceId>(key: RunKey<Id>, hypers: Parameters): Promise<SequenceWriter<Id>>;
  /** Notes that a run came to nothing; it may be begun again. */
  fail(key: RunKey, failure: { readonly code: string; readonly message: string }): Promise<void>;
  /** All runs, by the time they were begun. */
  runs(): readonly RecordedRun[];
  /** `undefined` for one that was never begun. */
  run(key: RunKey): RecordedRun | undefined;
  /** Of what `runs` told of, or this process wrote; `undefined` for others. */
  outline(id: SequenceId): SequenceOutline | undefined;
  /** `undefined` for one that is not on record, or cannot be read any more. */
  read(id: SequenceId): Sequence | undefined;
  /**
   * Notes rewards; of a measure the newest counts, and one that is on record already is not noted
   * again.
   *
   * @throws AppError as `SequenceWriter.write`, `bad-argument` for a value that is no number
   */
  reward(rewards: readonly Omit<Reward, 'at'>[]): Promise<void>;
  /** By measure. */
  rewardsOf(id: SequenceId): ReadonlyMap<string, number>;
  /** Lines that are damaged; the rest is read. */
  readonly badLines: number;
  /** Ends the file that this process writes to. */
  close(): void;
}
