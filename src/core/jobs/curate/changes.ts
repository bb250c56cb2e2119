import { AppError } from '../../model/errors.ts';
import type { Library } from '../../model/ports.ts';

/** Tells whoever shows a library that it is not what it was. */
export interface Changes {
  watch(onChange: () => void): { close(): void };
  /** Something beside the journal changed what is shown. */
  announce(): void;
  close(): void;
}

/** An action writes several events, and what they change is read once. */
const GATHER_MS = 75;
/** Jobs write hundreds of events a second, and nobody reads faster than this. */
const REST_MS = 500;

/** Keeps no process alive. Watches the journal only while somebody wants to know. */
export function createChanges(library: Pick<Library, 'watch' | 'refresh'>): Changes {
  const listeners = new Set<() => void>();
  let journal: { close(): void } | undefined;
  let gathering: NodeJS.Timeout | undefined;
  let resting: NodeJS.Timeout | undefined;
  let isWaiting = false;

  function notice(): void {
    if (listeners.size === 0) return;
    if (resting === undefined) gathering ??= setTimeout(tell, GATHER_MS).unref();
    else isWaiting = true;
  }

  function tell(): void {
    gathering = undefined;
    isWaiting = false;
    resting = setTimeout(wake, REST_MS).unref();
    refreshIfPossible(library);
    for (const listener of [...listeners]) listener();
  }

  function wake(): void {
    resting = undefined;
    if (isWaiting) tell();
  }

  function stop(): void {
    journal?.close();
    journal = undefined;
    clearTimeout(gathering);
    gathering = undefined;
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
      clearTimeout(resting);
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
