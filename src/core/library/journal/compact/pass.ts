import { surveyJournal, type Input, type Survey } from './survey.ts';
import { errorCode, writeAll, type FileSystem } from '../../../platform/fileSystem.ts';
import {
  fileNamed,
  flushFolder,
  newFileId,
  readLines,
  temporaryPath,
  UnreadableFile,
  type JournalFile,
} from '../file.ts';
import { encodeLine, isSound, JOURNAL_FORMAT, parseLine, type Fold } from '../line.ts';
import type { SealOptions } from '../seal.ts';
import { createSealSum, recordSeal, removeSeals, type SealSum } from '../sealRecord.ts';
import { tolerate, toWriteFailure } from '../lineWriter.ts';
import { FACTS } from '../../facts/all.ts';
import { isNothingPurged, type Purged } from '../../facts/purge.ts';

export interface FoldOutcome {
  /** Name of the base that took the place of the inputs; `undefined` when one was enough. */
  readonly base: string | undefined;
  readonly badLines: number;
  readonly purged: Purged;
}

/**
 * Folds the sealed files and bases once: reads them, writes a base, deletes them, in that order,
 * each step durable before the next.
 *
 * @param leaveSingleBase whether a base alone is left as it is
 * @returns `undefined` when another compactor was in the way; nothing is deleted then
 */
export function foldOnce(options: SealOptions, leaveSingleBase: boolean): FoldOutcome | undefined {
  const survey = surveyJournal(options);
  if (survey === undefined) return undefined;
  const { inputs, mended, badLines, purged } = survey;
  const isFolded = inputs.every(({ file }) => file.suffix === 'base') && inputs.length <= 1;
  if (inputs.length === 0 || (isFolded && leaveSingleBase && mended.size === 0)) {
    return { base: undefined, badLines: 0, purged };
  }
  const base = writeBase(options, survey);
  if (base === undefined) return undefined;
  const ids = new Set(inputs.map(({ file }) => file.id));
  // Before the files, so that nobody misses them; and after, for what a writer has just sealed.
  removeSeals(options, ids);
  for (const { file } of inputs) {
    tolerate(() => {
      options.fileSystem.remove(file.path);
    });
  }
  removeSeals(options, ids);
  return { base: base.name, badLines, purged };
}

/** @returns `undefined` when an input or what was written of the base vanished */
function writeBase(options: SealOptions, survey: Survey): JournalFile | undefined {
  const { folder, random } = options;
  try {
    const base = fileNamed(folder, newFileId(random), 'base');
    const sum = createSealSum();
    const result = writeTemporary(options, survey, { base, folds: toFolds(survey.inputs), sum });
    if (result === 'whole') return nameBase(options, base, sum);
    if (result === 'vanished') return undefined;
    // Readers that know the inputs must read what is left of them.
    const reduced = fileNamed(folder, newFileId(random), 'base');
    const rest = createSealSum();
    const again = writeTemporary(options, survey, { base: reduced, folds: undefined, sum: rest });
    return again === 'whole' ? nameBase(options, reduced, rest) : undefined;
  } catch (error) {
    throw toWriteFailure(folder, error);
  }
}

function nameBase(options: SealOptions, base: JournalFile, sum: SealSum): JournalFile | undefined {
  const { folder, fileSystem } = options;
  const temporary = temporaryPath(folder, base.id);
  try {
    fileSystem.rename(temporary, base.path);
  } catch (error) {
    if (errorCode(error) === undefined) throw error;
    tolerate(() => {
      fileSystem.remove(temporary);
    });
    return undefined;
  }
  flushFolder(options);
  recordSeal(options, base, sum);
  return base;
}

interface Target {
  readonly base: JournalFile;
  /** `undefined` for a base that everybody must read. */
  readonly folds: readonly Fold[] | undefined;
  readonly sum: SealSum;
}

/** `reduced`: a text was purged though the target says it holds all of its inputs. */
type CopyResult = 'whole' | 'reduced' | 'vanished';

/** Leaves the target flushed when `whole`, deleted otherwise. */
function writeTemporary(options: SealOptions, survey: Survey, target: Target): CopyResult {
  const { folder, fileSystem, machine } = options;
  const path = temporaryPath(folder, target.base.id);
  // Before any input is opened: who purges deletes inputs first and temporary files then.
  const descriptor = fileSystem.create(path);
  let isFlushed = false;
  try {
    const output = createOutput((bytes) => {
      target.sum.add(bytes);
      writeAll(fileSystem, descriptor, bytes);
    });
    const folds = target.folds === undefined ? {} : { folds: target.folds };
    output.add(encodeLine({ header: { format: JOURNAL_FORMAT, ...machine, ...folds } }));
    const result = copyKept(fileSystem, survey, (line) => {
      if (line.isReduced && target.folds !== undefined) return false;
      output.add(line.bytes);
      return true;
    });
    if (result !== 'whole') return result;
    output.end();
    fileSystem.flush(descriptor);
    isFlushed = true;
    return result;
  } finally {
    fileSystem.close(descriptor);
    if (!isFlushed) {
      tolerate(() => {
        fileSystem.remove(path);
      });
    }
  }
}

/** A line on its way into a base; the bytes are valid during the call only. */
interface KeptLine {
  readonly bytes: Buffer;
  readonly isReduced: boolean;
}

/** Hands over kept lines, without the text of what is purged, until `onLine` refuses one. */
function copyKept(
  fileSystem: FileSystem,
  { inputs, kept, mended, purged }: Survey,
  onLine: (line: KeptLine) => boolean,
): CopyResult {
  const reduces = !isNothingPurged(purged);
  let lineCount = 0;
  const last = { isRefused: false };
  try {
    for (const { file, end } of inputs) {
      const copied = readLines(fileSystem, file.path, { from: 0, to: end }, (bytes) => {
        const number = lineCount++;
        if (!kept.has(number)) return true;
        if (!isSound(bytes.subarray(0, -1))) throw new UnreadableFile(file.path, undefined);
        const needsWork = reduces || mended.has(number);
        const line = needsWork ? rewriteLine(bytes, purged) : { bytes, isReduced: false };
        last.isRefused = !onLine(line);
        return !last.isRefused;
      });
      if (last.isRefused) return 'reduced';
      if (copied !== end) return 'vanished';
    }
    return 'whole';
  } catch (error) {
    if (error instanceof UnreadableFile) return 'vanished';
    throw error;
  }
}

const NOTHING = Buffer.alloc(0);

/** The line without what is purged and without values that cannot be shown. */
function rewriteLine(bytes: Buffer, purged: Purged): KeptLine {
  const parsed = parseLine(bytes.subarray(0, -1));
  if (parsed.kind !== 'event') return { bytes, isReduced: false };
  const reduced = FACTS.eventWithoutPurged(parsed.event, purged);
  if (reduced === parsed.event) {
    return { bytes: parsed.isMended ? encodeLine(reduced) : bytes, isReduced: false };
  }
  return { bytes: reduced === undefined ? NOTHING : encodeLine(reduced), isReduced: true };
}

/** One level of an input's own inputs: enough for readers that are one compaction behind. */
function toFolds(inputs: readonly Input[]): readonly Fold[] {
  return inputs.map(({ file, end, folds }) => ({
    id: file.id,
    bytes: end,
    ...(folds === undefined ? {} : { folds: folds.map(({ id, bytes }) => ({ id, bytes })) }),
  }));
}

const OUTPUT_BYTES = 1024 * 1024;

/** Gathers lines into large writes. */
function createOutput(write: (bytes: Uint8Array) => void): {
  add(bytes: Buffer): void;
  end(): void;
} {
  const gathered = Buffer.allocUnsafe(OUTPUT_BYTES);
  let held = 0;
  const end = (): void => {
    write(gathered.subarray(0, held));
    held = 0;
  };
  return {
    add(bytes) {
      if (held + bytes.length > gathered.length) end();
      if (bytes.length > gathered.length) write(bytes);
      else held += bytes.copy(gathered, held);
    },
    end,
  };
}
