import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { EpochMs } from '../../model/epochMs.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { InstanceId } from '../../model/resolution/instance.ts';
import type {
  RunKey,
  Sequence,
  SequenceId,
  SequenceReceipt,
  SequenceStorage,
  SequenceWriter,
  Written,
} from '../../model/resolution/sequence.ts';
import { nodeFileSystem, type FileSystem } from '../../platform/fileSystem.ts';
import { readMachine, type Machine } from '../../platform/machine.ts';
import { redactTexts } from '../facts/redaction.ts';
import { encodeLine, parseLineOf } from '../journal/line.ts';
import { createLineWriter } from '../journal/lineWriter.ts';
import { createSequenceIndex, runName } from './sequenceIndex.ts';
import { readRecord, RECORDS, type RecordBody, type SequenceRecord } from './records.ts';

export interface SequenceOptions {
  /** Holds `journal` and `seals`; made with the first write. */
  readonly folder: string;
  readonly gate: SecretGate;
  /** Unpredictable bytes, such as `randomBytes` of `node:crypto`. */
  readonly random: (sizeBytes: number) => Uint8Array;
  readonly now: () => EpochMs;
  readonly fileSystem?: FileSystem;
  /** This machine's identity when absent. */
  readonly machine?: Machine;
}

/**
 * Opens the sequences of one experiment. They lie in files like those of the journal: appended to by one
 * process each, every line with its checksum, flushed before it is acknowledged. What a killed
 * process had not acknowledged may be there or not; since a sequence is known by its run, stage and
 * name, doing it again records it once.
 */
export function openSequences(options: SequenceOptions): SequenceStorage {
  const { gate, random, now } = options;
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  const machine = options.machine ?? readMachine(fileSystem, now());
  const folder = join(options.folder, 'journal');
  const lines = createLineWriter({ folder, random, now, fileSystem, machine });
  const index = createSequenceIndex({ folder, fileSystem });

  const append = async (bodies: readonly RecordBody[]): Promise<void> => {
    const records: SequenceRecord[] = [];
    for (const body of bodies) {
      const clean = await redactTexts(gate, RECORDS[body.type], body);
      records.push({ ...clean, at: now() });
    }
    // Others, or a call beside this one, may have written meanwhile.
    index.refresh();
    const fresh = records.filter((record) => !index.has(record));
    lines.write(fresh.map(encodeLine));
    index.refresh();
  };

  const read = (id: SequenceId): Sequence | undefined => {
    index.refresh();
    const line = index.lineOf(id);
    const parsed = line && parseLineOf(line, readRecord);
    if (parsed?.kind !== 'event') return undefined;
    const { type, ...sequence } = parsed.event;
    return type === 'sequence' ? (sequence as Sequence) : undefined;
  };

  return {
    async begin(key, hypers) {
      const begun: RecordBody = { type: 'begun', run: key, hypers };
      await append([begun]);
      return createWriter(key, {
        append,
        read,
        begun,
        isRecorded: (id) => index.outline(id) !== undefined,
      });
    },
    async fail(key, failure) {
      await append([{ type: 'failed', run: key, ...failure }]);
    },
    runs: () => {
      index.refresh();
      return index.runs();
    },
    run: (key) => {
      index.refresh();
      return index.run(key);
    },
    outline: (id) => index.outline(id),
    read,
    async reward(rewards) {
      const wrong = rewards.find(({ value }) => !Number.isFinite(value));
      if (wrong !== undefined) {
        const { measure, value } = wrong;
        throw new AppError('bad-argument', localized`${measure} is no number: ${value}`);
      }
      await append(rewards.map((reward) => ({ type: 'reward', ...reward })));
    },
    rewardsOf: (id) => {
      index.refresh();
      return index.rewardsOf(id);
    },
    get badLines() {
      index.refresh();
      return index.badLines;
    },
    close: () => {
      lines.close();
    },
  };
}

interface WriterParts {
  readonly append: (bodies: readonly RecordBody[]) => Promise<void>;
  readonly read: (id: SequenceId) => Sequence | undefined;
  /** Says that the run began; others may have deleted that it did. */
  readonly begun: RecordBody;
  readonly isRecorded: (id: SequenceId) => boolean;
}

function createWriter<Id extends InstanceId>(
  run: RunKey<Id>,
  { append, read, begun, isRecorded }: WriterParts,
): SequenceWriter<Id> {
  const idOf = (stage: string, name: string): SequenceId =>
    createHash('sha256')
      .update(JSON.stringify([runName(run), stage, name]))
      .digest('hex')
      .slice(0, 32);
  return {
    async write(sequence) {
      const id = idOf(sequence.stage, sequence.name);
      await append([begun, { type: 'sequence', id, run, ...sequence }]);
      return branded<Written<Id>>({ id });
    },
    recorded(stage, name) {
      const sequence = read(idOf(stage, name));
      return sequence && branded<Sequence & Written<Id>>(sequence);
    },
    async finish(written) {
      const sequences = [...new Set(written.map(({ id }) => id))];
      await append([begun]);
      if (!sequences.every(isRecorded)) {
        throw new AppError(
          'library-deleted',
          localized`what ${run.experiment} recorded was deleted before it ended`,
        );
      }
      await append([{ type: 'finished', run, sequences }]);
      return branded<SequenceReceipt<Id>>({ sequences });
    },
  };
}

/** The brands are types without values: this is the only place that makes them. */
function branded<Branded extends object>(value: {
  readonly [Key in keyof Branded as Key extends string ? Key : never]: Branded[Key];
}): Branded {
  return value as unknown as Branded;
}
