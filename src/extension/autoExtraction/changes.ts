import type { Clock } from '../../core/platform/clock.ts';

/** What changed of one folder. */
export interface Change {
  /** Relative to the folder and with `/`; `undefined` when any file may have changed. */
  readonly paths: readonly string[] | undefined;
  /** Whether there may be new commits. */
  readonly history: boolean;
}

export interface ChangesParts {
  readonly clock: Clock;
  /** @returns false where it could not be dealt with: it is kept. Does not reject. */
  readonly take: (folder: string, change: Change) => Promise<boolean>;
}

export interface Changes {
  /** Taken together with what else changes before nothing has for `delayMs`. */
  add(folder: string, change: Change, delayMs: number): void;
  /** Not taken by itself: together with what is added next, or when it is released. */
  keep(folder: string, change: Change): void;
  /** What is kept of a folder, if anything is, is taken as if it were added. */
  release(folder: string, delayMs: number): void;
  close(): void;
}

interface PendingChange {
  /** Added to in place: programs change thousands of files at once. */
  paths: Set<string> | undefined;
  history: boolean;
  callOff: (() => void) | undefined;
}

/** Collects changes by folder until there have been none for a moment. */
export function openChanges({ clock, take }: ChangesParts): Changes {
  const pending = new Map<string, PendingChange>();

  const keep = (folder: string, { paths, history }: Change): void => {
    const all = pending.get(folder) ?? { paths: new Set(), history: false, callOff: undefined };
    if (paths === undefined) all.paths = undefined;
    for (const path of paths ?? []) all.paths?.add(path);
    all.history ||= history;
    pending.set(folder, all);
  };
  const takeAll = async (folder: string, { paths, history }: PendingChange): Promise<void> => {
    const change = { paths: paths && [...paths], history };
    pending.delete(folder);
    if (!(await take(folder, change))) keep(folder, change);
  };
  const release = (folder: string, delayMs: number): void => {
    const all = pending.get(folder);
    if (all === undefined) return;
    all.callOff?.();
    all.callOff = clock.after(delayMs, () => void takeAll(folder, all));
  };

  return {
    keep,
    release,
    add(folder, change, delayMs) {
      keep(folder, change);
      release(folder, delayMs);
    },
    close() {
      for (const { callOff } of pending.values()) callOff?.();
      pending.clear();
    },
  };
}
