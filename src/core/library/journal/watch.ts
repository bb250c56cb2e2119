import { coalesce } from '../../platform/coalesce.ts';
import { errorCode } from '../../platform/fileSystem.ts';
import { listJournal, statusOf, UnreadableFile, type JournalFolder } from './file.ts';

export interface JournalWatch {
  close(): void;
}

/** Catches what the system's notices miss: network drives, full queues, a folder made later. */
const POLL_MS = 1000;

/** One write makes several notices; they come within a millisecond. */
const GATHER_MS = 2;

/** Watches the folder and polls it as well; see `Journal.watch`. */
export function watchJournal(
  journal: JournalFolder,
  onChange: () => void,
  pollMs = POLL_MS,
): JournalWatch {
  let notices: JournalWatch | undefined;
  let seen = fingerprint(journal);
  const announcing = coalesce({ delayMs: GATHER_MS }, () => {
    seen = fingerprint(journal);
    onChange();
  });
  const stopNotices = (): void => {
    notices?.close();
    notices = undefined;
  };
  const startNotices = (): void => {
    try {
      notices ??= journal.fileSystem.watch(journal.folder, announcing.call, stopNotices);
    } catch (error) {
      // Too many watches, or no folder yet: polling goes on and tries again.
      if (errorCode(error) === undefined) throw error;
    }
  };
  const poll = setInterval(() => {
    startNotices();
    if (fingerprint(journal) !== seen) announcing.call();
  }, pollMs);
  poll.unref();
  startNotices();
  return {
    close() {
      clearInterval(poll);
      announcing.dispose();
      stopNotices();
    },
  };
}

/** Changes with every name and every length in the folder. */
function fingerprint(journal: JournalFolder): string {
  return listJournal(journal)
    .map(({ name, path }) => `${name} ${sizeOf(journal, path)}`)
    .join('\n');
}

function sizeOf({ fileSystem }: JournalFolder, path: string): number {
  try {
    return statusOf(fileSystem, path).sizeBytes;
  } catch (error) {
    if (error instanceof UnreadableFile) return -1;
    throw error;
  }
}
