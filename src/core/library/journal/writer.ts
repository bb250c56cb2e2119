import type { EventBody, LibraryEvent } from '../../model/event.ts';
import { newFileId } from './file.ts';
import { encodeLine } from './line.ts';
import { createLineWriter, type LineWriter, type WriterOptions } from './lineWriter.ts';

/** The one process-wide end of a journal that writes; see `Journal` for what it promises. */
export interface Writer extends Omit<LineWriter, 'write'> {
  /** @param firstRev revision of the first event; each further one adds 1 */
  append(bodies: readonly EventBody[], firstRev: number): readonly LibraryEvent[];
  /** Writes events as they were recorded before. */
  rewrite(events: readonly LibraryEvent[]): void;
}

export function createWriter(options: WriterOptions): Writer {
  const writerId = newFileId(options.random);
  const lines = createLineWriter(options);
  let eventCount = 0;

  const stamp = (body: EventBody, rev: number): LibraryEvent => ({
    ...body,
    id: `${writerId}.${++eventCount}`,
    rev,
    at: options.now(),
  });

  const write = (events: readonly LibraryEvent[]): void => {
    lines.write(events.map(encodeLine));
  };

  return {
    append(bodies, firstRev) {
      const events = bodies.map((body, index) => stamp(body, firstRev + index));
      write(events);
      return events;
    },
    rewrite: write,
    close: () => {
      lines.close();
    },
    discard: () => {
      lines.discard();
    },
  };
}
