import { createHash } from 'node:crypto';
import type { LibraryEvent } from '../../../model/event.ts';
import type { FileSystem } from '../../../platform/fileSystem.ts';
import { FACTS } from '../../facts/all.ts';
import {
  listJournal,
  readHeader,
  readLines,
  UnreadableFile,
  type JournalFile,
  type JournalFolder,
} from '../file.ts';
import { JOURNAL_FORMAT, parseLine, type Fold } from '../line.ts';
import type { Purged } from '../../facts/purge.ts';

/** A file to fold. */
export interface Input {
  readonly file: JournalFile;
  /** Offset after its last finished line. */
  readonly end: number;
  /** What it was made of, if it is a base. */
  readonly folds: readonly Fold[] | undefined;
}

/** What the first pass found. */
export interface Survey {
  readonly inputs: readonly Input[];
  /** Lines to keep, counted from 0 through all inputs in order. */
  readonly kept: ReadonlySet<number>;
  /** Lines whose event has a value that cannot be shown; they are written without it. */
  readonly mended: ReadonlySet<number>;
  readonly badLines: number;
  readonly purged: Purged;
}

/**
 * Reads all sealed files and bases and tells which lines have an effect. Files that cannot be
 * read are left out, and so stay as they are.
 *
 * @returns `undefined` when a file vanished: another compactor was faster
 */
export function surveyJournal(journal: JournalFolder): Survey | undefined {
  const leftOut = new Set<string>();
  for (;;) {
    const files = listJournal(journal).filter(
      (file) => file.suffix !== 'open' && !leftOut.has(file.name),
    );
    try {
      return surveyFiles(journal, files);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      const failed = files.find((file) => file.path === error.path);
      if (error.code === 'ENOENT' || failed === undefined) return undefined;
      // What it held before the failure took part in the fold, so the fold starts anew.
      leftOut.add(failed.name);
    }
  }
}

function surveyFiles(journal: JournalFolder, files: readonly JournalFile[]): Survey {
  const { fileSystem } = journal;
  const fold = FACTS.createFold();
  const requests = FACTS.createPurgeRequests();
  const unknown = new Map<string, number>();
  const mended = new Set<number>();
  const inputs: Input[] = [];
  let badLines = 0;
  let lineCount = 0;
  for (const file of files) {
    const header = readHeader(fileSystem, file.path);
    if (header !== undefined && header.format > JOURNAL_FORMAT) continue;
    const end = readLines(fileSystem, file.path, { from: 0 }, (line) => {
      const number = lineCount++;
      const parsed = parseLine(line.subarray(0, -1));
      if (parsed.kind === 'bad') badLines++;
      if (parsed.kind === 'unknown') unknown.set(digestOf(line), number);
      if (parsed.kind !== 'event') return undefined;
      if (parsed.isMended) mended.add(number);
      fold.add(parsed.event, number);
      requests.add(parsed.event);
      return undefined;
    });
    inputs.push({ file, end, folds: header?.folds });
  }
  // After the inputs: whoever wrote text again after a restore made the restore durable before.
  addRequestsOfOthers(journal, inputs, (event) => {
    requests.add(event);
  });
  const kept = new Set([...fold.winners(), ...unknown.values()]);
  return { inputs, kept, mended, badLines, purged: requests.inForce() };
}

function addRequestsOfOthers(
  journal: JournalFolder,
  inputs: readonly Input[],
  onEvent: (event: LibraryEvent) => void,
): void {
  const read = new Set(inputs.map(({ file }) => file.name));
  for (const file of listJournal(journal)) {
    if (read.has(file.name)) continue;
    try {
      readEvents(journal.fileSystem, file, onEvent);
    } catch (error) {
      if (!(error instanceof UnreadableFile)) throw error;
      // A vanished file is in a base this survey has not seen; any other stays, requests and all.
      if (error.code === 'ENOENT') throw error;
    }
  }
}

/**
 * Hands over the events of a file, none of one in a later format.
 *
 * @throws UnreadableFile
 */
export function readEvents(
  fileSystem: FileSystem,
  file: JournalFile,
  onEvent: (event: LibraryEvent) => void,
): void {
  readLines(fileSystem, file.path, { from: 0 }, (line) => {
    const parsed = parseLine(line.subarray(0, -1));
    if (parsed.kind === 'event') onEvent(parsed.event);
    return parsed.kind !== 'header' || parsed.header.format <= JOURNAL_FORMAT;
  });
}

function digestOf(line: Buffer): string {
  return createHash('sha256').update(line).digest('base64');
}
