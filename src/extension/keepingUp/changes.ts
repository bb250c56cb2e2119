import type { Clock } from '../clock.ts';

/** What changed of one folder. */
export interface Change {
  /** Relative to the folder and with `/`; `undefined` when any file may have changed. */
  readonly paths: readonly string[] | undefined;
  /** Whether there may be new commits. */
  readonly history: boolean;
}

export interface ChangesParts {
  readonly clock: Clock;
  readonly take: (folder: string, change: Change) => void;
}

export interface Changes {
  /** Taken together with what else changes before nothing has for `delayMs`. */
  add(folder: string, change: Change, delayMs: number): void;
  close(): void;
}

interface Gathered {
  /** Added to in place: programs change thousands of files at once. */
  paths: Set<string> | undefined;
  history: boolean;
  callOff: (() => void) | undefined;
}

/** Gathers changes by folder until there have been none for a moment. */
export function openChanges({ clock, take }: ChangesParts): Changes {
  const gathered = new Map<string, Gathered>();
  return {
    add(folder, change, delayMs) {
      const all = gathered.get(folder) ?? { paths: new Set(), history: false, callOff: undefined };
      if (change.paths === undefined) all.paths = undefined;
      for (const path of change.paths ?? []) all.paths?.add(path);
      all.history ||= change.history;
      all.callOff?.();
      all.callOff = clock.after(delayMs, () => {
        gathered.delete(folder);
        take(folder, { paths: all.paths && [...all.paths], history: all.history });
      });
      gathered.set(folder, all);
    },
    close() {
      for (const { callOff } of gathered.values()) callOff?.();
      gathered.clear();
    },
  };
}
