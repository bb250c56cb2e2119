import type { LibraryEvent } from '../../model/event.ts';

/** Total order of the events of one cell: by revision, then by id as plain strings. */
export function compareEvents(
  a: Pick<LibraryEvent, 'rev' | 'id'>,
  b: Pick<LibraryEvent, 'rev' | 'id'>,
): number {
  if (a.rev !== b.rev) return a.rev - b.rev;
  if (a.id === b.id) return 0;
  return a.id < b.id ? -1 : 1;
}

/**
 * A place of the view that one event holds at a time: the one with the highest weight, then the
 * highest (rev, id). The view is a function of the winners alone, so an event that wins no cell
 * has no effect and compaction drops it.
 */
export interface Cell {
  readonly key: string;
  /** 0 but for counts that are merged by the maximum. */
  readonly weight: number;
}

/** One cell by the type of the fact and its subject. */
export function cell(...parts: readonly (string | null)[]): readonly Cell[] {
  return [{ key: JSON.stringify(parts), weight: 0 }];
}

/** Finds the winners of a set of events, which may come in any order and more than once. */
export interface Fold {
  /** @param line any number the caller knows the event by */
  add(event: LibraryEvent, line: number): void;
  /** Lines of the events that win at least one cell. */
  winners(): ReadonlySet<number>;
}

interface Holder {
  readonly weight: number;
  readonly rev: number;
  readonly id: string;
  readonly line: number;
}

export function createFold(cellsOf: (event: LibraryEvent) => readonly Cell[]): Fold {
  const holders = new Map<string, Holder>();
  return {
    add(event, line) {
      const { rev, id } = event;
      for (const { key, weight } of cellsOf(event)) {
        const challenger = { weight, rev, id, line };
        const holder = holders.get(key);
        if (holder === undefined || beats(challenger, holder)) holders.set(key, challenger);
      }
    },
    winners: () => new Set([...holders.values()].map((holder) => holder.line)),
  };
}

function beats(a: Holder, b: Holder): boolean {
  return a.weight === b.weight ? compareEvents(a, b) > 0 : a.weight > b.weight;
}
