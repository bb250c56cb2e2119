import { unreachable } from '../../model/errors.ts';
import type { ForgetEvent, LibraryEvent, RestoreEvent, Subject } from '../../model/event.ts';

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
  /** 0 but for impressions, whose counts are merged by the maximum. */
  readonly weight: number;
}

/**
 * The cells an event competes for; none for one that says nothing, such as an edit of no field:
 *
 * - `file` (project, path), `commit` (project, commit), `history` (project), `lastChange`
 *   (project, path), `measure` (project, pattern): the last one replaces the former ones whole;
 * - `project`: each distinct name with its aliases stays, because aliases are a union;
 * - `pattern` (id, origin, pack), `variant` (pattern, of), `succession` (from, to), `accept`
 *   (pattern): the last one of each stays;
 * - `edit` (pattern, field): each field by itself, so an event may win one and lose another;
 * - `rating` (id): each stays, replaced and withdrawn ones included, because who said what and when
 *   is told of a pattern;
 * - `use` (id): each is an impression of its own and stays;
 * - `forget` and `restore` share (subject); they share a second cell that `forget` without
 *   `purge` does not enter, so that it takes a restore to end a purge;
 * - `impressions` (writer, day, pattern): the highest count.
 */
export function cellsOf(event: LibraryEvent): readonly Cell[] {
  switch (event.type) {
    case 'file':
    case 'lastChange':
      return cell(event.type, event.project, event.path);
    case 'commit':
      return cell(event.type, event.project, event.commit);
    case 'history':
      return cell(event.type, event.project);
    case 'measure':
      return cell(event.type, event.project, event.pattern);
    case 'project':
      return cell(event.type, event.project, event.name, ...[...event.aliases].sort());
    case 'forget':
    case 'restore':
      return standingCells(event);
    default:
      return patternCells(event);
  }
}

type PatternFact = Extract<
  LibraryEvent,
  {
    type:
      'pattern' | 'edit' | 'rating' | 'use' | 'accept' | 'variant' | 'succession' | 'impressions';
  }
>;

function patternCells(event: PatternFact): readonly Cell[] {
  switch (event.type) {
    case 'pattern':
      return cell(event.type, event.text.id, event.origin, event.pack ?? null);
    case 'edit':
      return (['name', 'description', 'tags'] as const)
        .filter((field) => event[field] !== undefined)
        .flatMap((field) => cell(event.type, event.pattern, field));
    case 'rating':
    case 'use':
      return cell(event.type, event.id);
    case 'accept':
      return cell(event.type, event.pattern);
    case 'variant':
      return cell(event.type, event.pattern, event.of);
    case 'succession':
      return cell(event.type, event.from, event.to);
    case 'impressions':
      return Object.entries(event.counts).map(([pattern, count]) => ({
        key: JSON.stringify([event.type, event.writer, event.day, pattern]),
        weight: count,
      }));
    default:
      return unreachable(event);
  }
}

function cell(...parts: readonly (string | null)[]): readonly Cell[] {
  return [{ key: JSON.stringify(parts), weight: 0 }];
}

/** `forgotten` says whether the subject is, `purged` whether its text must go too. */
function standingCells(event: ForgetEvent | RestoreEvent): readonly Cell[] {
  const subject = subjectKey(event.subject);
  const isPurge = event.type === 'restore' || event.purge;
  return [...cell('forgotten', ...subject), ...(isPurge ? cell('purged', ...subject) : [])];
}

function subjectKey(subject: Subject): readonly [string, string] {
  return 'pattern' in subject ? ['pattern', subject.pattern] : ['project', subject.project];
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

export function createFold(): Fold {
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
