import type { FoldOutcome } from './pass.ts';
import { readEvents } from './survey.ts';
import type { FileSystem } from '../../../platform/fileSystem.ts';
import {
  listJournal,
  readLines,
  UnreadableFile,
  type JournalFile,
  type JournalFolder,
} from '../file.ts';
import { parseLine } from '../line.ts';
import { FACTS } from '../../facts/all.ts';
import { isNothingPurged, type Purged } from '../../facts/purge.ts';

/** Everything purged according to all files that can be read. */
export function readPurged(journal: JournalFolder): Purged {
  const requests = FACTS.createPurgeRequests();
  for (const file of listJournal(journal)) {
    tryReading(() => {
      readEvents(journal.fileSystem, file, (event) => {
        requests.add(event);
      });
    });
  }
  return requests.inForce();
}

/**
 * Whether a journal file still holds text that was asked to be purged. Counts as text what cannot
 * be looked into: files that cannot be read, and lines of a later version that name the subject.
 *
 * @param folded what is known to be purged and the base that is known to be clean, to look only
 *   through the other files
 */
export function textRemains(
  journal: JournalFolder,
  folded: Pick<FoldOutcome, 'base' | 'purged'> | undefined,
): boolean {
  const purged = folded?.purged ?? readPurged(journal);
  if (isNothingPurged(purged)) return false;
  return listJournal(journal).some(
    (file) => file.name !== folded?.base && holdsText(journal.fileSystem, file, purged),
  );
}

function holdsText(fileSystem: FileSystem, file: JournalFile, purged: Purged): boolean {
  const found = { text: false };
  const wasRead = tryReading(() => {
    readLines(fileSystem, file.path, { from: 0 }, (line) => {
      found.text = isText(line, purged);
      return !found.text;
    });
  });
  return found.text || !wasRead;
}

function isText(line: Buffer, purged: Purged): boolean {
  const parsed = parseLine(line.subarray(0, -1));
  if (parsed.kind === 'event') {
    return FACTS.eventWithoutPurged(parsed.event, purged) !== parsed.event;
  }
  if (parsed.kind === 'header') return false;
  return [...purged.patterns, ...purged.projects].some((name) => line.includes(name));
}

/** @returns false when the file could not be read; one that is gone was read in its new place */
function tryReading(read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (error instanceof UnreadableFile) return error.code === 'ENOENT';
    throw error;
  }
}
