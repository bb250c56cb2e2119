import type { EventBody, LibraryEvent } from '../../model/event.ts';
import { nodeFileSystem, type FileSystem } from '../../platform/fileSystem.ts';
import { readMachine, type Machine } from '../../platform/machine.ts';
import type { Offsets } from './offsets.ts';
import { scanJournal, type ScanResult } from './scan.ts';
import { watchJournal, type JournalWatch } from './watch.ts';
import { createWriter } from './writer.ts';

export interface JournalOptions {
  /** `<library>/journal`; made with the first write. */
  readonly folder: string;
  /** Unpredictable bytes, unique over all processes, such as `randomBytes` of `node:crypto`. */
  readonly random: (sizeBytes: number) => Uint8Array;
  /** Milliseconds since 1970; for display and for telling idle files, never for order. */
  readonly now: () => number;
  readonly fileSystem?: FileSystem;
  /** Highest revision the caller's snapshot has seen; 0 when absent. */
  readonly highestRev?: number;
  /** This machine's identity when absent. */
  readonly machine?: Machine;
}

/** The facts of a library: one file per writing process, never written by anybody else. */
export interface Journal {
  readonly folder: string;
  /** Highest revision seen by scans and appends. */
  readonly highestRev: number;
  /**
   * Gives each body an id, a revision above all seen, and the time, and writes them in order.
   * Durable when it returns. When it throws, none is acknowledged, though readers may meet some;
   * a later call starts in another file.
   *
   * @throws AppError `disk-full`, `library-read-only`, `library-write-failed`,
   *   `library-on-shared-drive`
   */
  append(bodies: readonly EventBody[]): readonly LibraryEvent[];
  /**
   * Writes events as they were recorded before, because the file that held them is damaged. An
   * event that is on record twice is one.
   *
   * @throws AppError as `append`
   */
  rewrite(events: readonly LibraryEvent[]): void;
  /**
   * Hands over what was written after `offsets`, this process's own events too, in no order that
   * means anything; an event may come twice. An empty map reads everything. Files that cannot be
   * read are named in the result, never thrown.
   */
  scan(offsets: Offsets, onEvent: (event: LibraryEvent) => void): ScanResult;
  /** Calls back soon after anybody wrote; may do so without a change. Keeps no process alive. */
  watch(onChange: () => void): JournalWatch;
  /** Seals the file written to, if any. A second call does nothing. */
  close(): void;
  /** Forgets the file written to, if any, and what was read: the folder was deleted. */
  discard(): void;
}

/** Opens the journal of a library; touches nothing on disk before the first append. */
export function openJournal(options: JournalOptions): Journal {
  const fileSystem = options.fileSystem ?? nodeFileSystem;
  const machine = options.machine ?? readMachine(fileSystem, options.now());
  const { folder, random, now } = options;
  let highestRev = options.highestRev ?? 0;
  const writer = createWriter({ folder, random, now, fileSystem, machine });
  return {
    folder,
    get highestRev() {
      return highestRev;
    },
    append(bodies) {
      const events = writer.append(bodies, highestRev + 1);
      highestRev += events.length;
      return events;
    },
    rewrite(events) {
      writer.rewrite(events);
      for (const { rev } of events) highestRev = Math.max(highestRev, rev);
    },
    scan(offsets, onEvent) {
      const result = scanJournal({ folder, fileSystem }, offsets, onEvent);
      highestRev = Math.max(highestRev, result.highestRev);
      return result;
    },
    watch: (onChange) => watchJournal({ folder, fileSystem }, onChange),
    close: () => {
      writer.close();
    },
    discard: () => {
      writer.discard();
    },
  };
}
