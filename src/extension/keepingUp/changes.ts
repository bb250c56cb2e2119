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
  readonly change: Change;
  readonly callOff: () => void;
}

/** Gathers changes by folder until there have been none for a moment. */
export function openChanges({ clock, take }: ChangesParts): Changes {
  const gathered = new Map<string, Gathered>();
  return {
    add(folder, change, delayMs) {
      const before = gathered.get(folder);
      before?.callOff();
      const all = before === undefined ? change : joinChanges(before.change, change);
      const callOff = clock.after(delayMs, () => {
        gathered.delete(folder);
        take(folder, all);
      });
      gathered.set(folder, { change: all, callOff });
    },
    close() {
      for (const { callOff } of gathered.values()) callOff();
      gathered.clear();
    },
  };
}

function joinChanges(first: Change, second: Change): Change {
  const paths =
    first.paths === undefined || second.paths === undefined
      ? undefined
      : [...new Set([...first.paths, ...second.paths])];
  return { paths, history: first.history || second.history };
}
