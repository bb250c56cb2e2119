import { AppError } from '../../model/errors.ts';
import type { Library } from '../../model/ports/library.ts';
import { coalesce } from '../../platform/coalesce.ts';

/** Tells whoever shows a library that it is not what it was. */
export interface Changes {
  watch(onChange: () => void): { close(): void };
  /** Something beside the journal changed what is shown. */
  announce(): void;
  close(): void;
}

/**
 * An action writes several events, and what they change is read once. From here to what a person
 * sees all waiting together adds up to at most 150 ms.
 */
const GATHER_MS = 25;
/** Jobs write hundreds of events a second, and nobody reads faster than this. */
const PAUSE_MS = 90;

/** Keeps no process alive. Watches the journal only while somebody wants to know. */
export function createChanges(library: Pick<Library, 'watch' | 'refresh'>): Changes {
  const listeners = new Set<() => void>();
  let journal: { close(): void } | undefined;
  const telling = coalesce({ delayMs: GATHER_MS, pauseMs: PAUSE_MS }, () => {
    refreshIfPossible(library);
    for (const listener of [...listeners]) listener();
  });

  function notice(): void {
    if (listeners.size > 0) telling.call();
  }

  function stop(): void {
    journal?.close();
    journal = undefined;
    telling.dispose();
  }

  return {
    announce: notice,
    watch(onChange) {
      // A function of its own, because one callback may be given twice.
      const listener = (): void => {
        onChange();
      };
      listeners.add(listener);
      journal ??= library.watch(notice);
      return {
        close() {
          listeners.delete(listener);
          if (listeners.size === 0) stop();
        },
      };
    },
    close() {
      listeners.clear();
      stop();
    },
  };
}

/** A library that cannot be read says so to the next who asks it for something. */
function refreshIfPossible(library: Pick<Library, 'refresh'>): void {
  try {
    library.refresh();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
  }
}
