import { createGrowingNumbers } from './growingNumbers.ts';

/** One line of a file as the index holds it. */
export interface FileLine {
  /** Without indentation, white space inside as single spaces. */
  readonly text: string;
  readonly indent: string;
  /** From 0; blank ones are left out. */
  readonly line: number;
}

/** What followed the same lines elsewhere, most votes first. */
export interface Following {
  /** How many of the lines before are the same, 1 to `LONGEST_CONTEXT`. */
  readonly matched: number;
  readonly votes: readonly Vote[];
}

export interface Vote {
  readonly text: string;
  /** Of the line in the newest place, and of the line before it there. */
  readonly indent: string;
  readonly indentBefore: string;
  /** Places, each weighted by how near it is. */
  readonly weight: number;
  readonly count: number;
}

/** Which lines follow which, over the files of one project. */
export interface LineIndex {
  /** Lines of all files, those of replaced texts left out. */
  readonly size: number;
  /** Takes the place of what was known of the file. */
  put(path: string, text: string): void;
  drop(path: string): void;
  /** Those of a file from first to last; of a long file, those around a line. */
  linesAround(at: LinePosition): readonly FileLine[];
  /**
   * @param context the lines before, blank ones left out, the nearest last
   * @param at where the nearest of them stands
   * @param accepts which lines may follow
   */
  following(
    context: readonly string[],
    at: LinePosition,
    accepts: (line: string) => boolean,
  ): Following | undefined;
}

/**
 * A line of a file, from 0. What follows there in the text that is known of the file is what is being
 * written, or what stands below it: it says nothing of what is meant.
 */
export interface LinePosition {
  readonly path: string;
  readonly line: number;
}

export const LONGEST_CONTEXT = 8;

const SAME_FILE = 3;
const SAME_FOLDER = 1.5;
/** Of a line that stands everywhere only the newest places are looked at. */
const MOST_PLACES = 1500;
/** Of a longer file the lines that are nearest are looked at. */
const MOST_AROUND = 2000;
const NONE = -1;
/** Indexes are made anew when most of what they hold was replaced. */
const MOST_WASTE = 0.5;
const FEWEST_WASTED = 20_000;

interface IndexedFile {
  readonly path: string;
  readonly start: number;
  readonly end: number;
  isLive: boolean;
}

/** A line of the text without what only lays it out. */
export function normaliseLine(line: string): string {
  return line.trim().replace(/\s+/g, ' ');
}

export function createLineIndex(): LineIndex {
  const numbers = new Map<string, number>();
  const texts: string[] = [];
  const indentNumbers = new Map<string, number>();
  const indents: string[] = [];
  /** Of each text the place it was last seen, and how many. */
  const newest = createGrowingNumbers();
  const counts = createGrowingNumbers();
  /** By place: number of the text, of the indentation, of the line, of the file, and the place before. */
  let ids = createGrowingNumbers();
  let lineNumbers = createGrowingNumbers();
  let indentIds = createGrowingNumbers();
  let fileNumbers = createGrowingNumbers();
  let former = createGrowingNumbers();
  let files: IndexedFile[] = [];
  const byPath = new Map<string, IndexedFile>();
  let wasted = 0;

  function numberOf(text: string): number {
    let known = numbers.get(text);
    if (known === undefined) {
      known = texts.length;
      numbers.set(text, known);
      texts.push(text);
      newest.push(NONE);
      counts.push(0);
    }
    return known;
  }

  function indentOf(line: string): number {
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    let known = indentNumbers.get(indent);
    if (known === undefined) {
      known = indents.length;
      indentNumbers.set(indent, known);
      indents.push(indent);
    }
    return known;
  }

  function addPlace(id: number, indentId: number, line: number): void {
    former.push(newest.at(id));
    newest.set(id, ids.length);
    counts.set(id, counts.at(id) + 1);
    ids.push(id);
    indentIds.push(indentId);
    lineNumbers.push(line);
    fileNumbers.push(files.length);
  }

  function drop(path: string): void {
    const file = byPath.get(path);
    if (file === undefined) return;
    file.isLive = false;
    byPath.delete(path);
    wasted += file.end - file.start;
    for (let at = file.start; at < file.end; at += 1) {
      counts.set(ids.at(at), counts.at(ids.at(at)) - 1);
    }
    if (wasted > FEWEST_WASTED && wasted > MOST_WASTE * ids.length) rebuild();
  }

  function rebuild(): void {
    const old = { ids, indentIds, lineNumbers, files };
    ids = createGrowingNumbers();
    indentIds = createGrowingNumbers();
    lineNumbers = createGrowingNumbers();
    fileNumbers = createGrowingNumbers();
    former = createGrowingNumbers();
    files = [];
    wasted = 0;
    for (let id = 0; id < texts.length; id += 1) {
      newest.set(id, NONE);
      counts.set(id, 0);
    }
    for (const { path, start, end, isLive } of old.files) {
      if (!isLive) continue;
      open(path, () => {
        for (let at = start; at < end; at += 1) {
          addPlace(old.ids.at(at), old.indentIds.at(at), old.lineNumbers.at(at));
        }
      });
    }
  }

  function open(path: string, fill: () => void): void {
    const start = ids.length;
    fill();
    const file = { path, start, end: ids.length, isLive: true };
    files.push(file);
    byPath.set(path, file);
  }

  function matches(place: number, context: readonly number[], length: number): boolean {
    const file = files[fileNumbers.at(place)];
    if (file?.isLive !== true || place - length + 1 < file.start) return false;
    // What follows must stand in the file as well.
    if (place + 1 >= file.end) return false;
    for (let back = 0; back < length; back += 1) {
      if (ids.at(place - back) !== context[context.length - 1 - back]) return false;
    }
    return true;
  }

  /** Places after which the last `length` lines of the context end, the newest first. */
  function placesAfter(
    context: readonly number[],
    length: number,
    asked: LinePosition,
  ): readonly number[] {
    const own = byPath.get(asked.path);
    const isAsked = (place: number): boolean =>
      lineNumbers.at(place) === asked.line && files[fileNumbers.at(place)] === own;
    const last = context.slice(-length);
    let rarest = 0;
    for (let at = 1; at < last.length; at += 1) {
      if (counts.at(last[at] ?? 0) < counts.at(last[rarest] ?? 0)) rarest = at;
    }
    const places: number[] = [];
    let looked = 0;
    for (
      let at = newest.at(last[rarest] ?? 0);
      at !== NONE && looked < MOST_PLACES;
      at = former.at(at), looked += 1
    ) {
      const end = at + last.length - 1 - rarest;
      if (end < ids.length && matches(end, context, length) && !isAsked(end)) places.push(end);
    }
    return places;
  }

  function tally(
    places: readonly number[],
    path: string,
    accepts: (line: string) => boolean,
  ): readonly Vote[] {
    const votes = new Map<number, Vote>();
    for (const place of places) {
      const id = ids.at(place + 1);
      const known = votes.get(id) ?? (accepts(texts[id] ?? '') ? noVote(place) : undefined);
      if (known === undefined) continue;
      const nearness = nearnessOf(files[fileNumbers.at(place)]?.path ?? '', path);
      votes.set(id, {
        ...known,
        weight: known.weight + nearness,
        count: known.count + 1,
      });
    }
    return [...votes.values()].sort((a, b) => b.weight - a.weight);
  }

  /** The line after a place, before any vote for it. */
  function noVote(place: number): Vote {
    return {
      text: texts[ids.at(place + 1)] ?? '',
      indent: indents[indentIds.at(place + 1)] ?? '',
      indentBefore: indents[indentIds.at(place)] ?? '',
      weight: 0,
      count: 0,
    };
  }

  return {
    get size() {
      return ids.length - wasted;
    },
    put(path, text) {
      drop(path);
      open(path, () => {
        for (const [number, line] of text.split('\n').entries()) {
          const normalised = normaliseLine(line);
          if (normalised === '') continue;
          addPlace(numberOf(normalised), indentOf(line), number);
        }
      });
    },
    drop,
    linesAround({ path, line }) {
      const { start, end } = byPath.get(path) ?? { start: 0, end: 0 };
      let middle = start;
      if (end - start > MOST_AROUND) {
        while (middle < end && lineNumbers.at(middle) < line) middle += 1;
      }
      const first = Math.max(start, Math.min(middle - MOST_AROUND / 2, end - MOST_AROUND));
      const last = Math.min(end, first + MOST_AROUND);
      return Array.from({ length: last - first }, (_, offset) => ({
        text: texts[ids.at(first + offset)] ?? '',
        indent: indents[indentIds.at(first + offset)] ?? '',
        line: lineNumbers.at(first + offset),
      }));
    },
    following(context, asked, accepts) {
      const known: number[] = [];
      for (const line of context.slice(-LONGEST_CONTEXT)) {
        const number = numbers.get(normaliseLine(line));
        if (number === undefined) known.length = 0;
        else known.push(number);
      }
      for (let length = known.length; length > 0; length -= 1) {
        const votes = tally(placesAfter(known, length, asked), asked.path, accepts);
        if (votes.length > 0) return { matched: length, votes };
      }
      return undefined;
    },
  };
}

function nearnessOf(path: string, asked: string): number {
  if (path === asked) return SAME_FILE;
  return folderOf(path) === folderOf(asked) ? SAME_FOLDER : 1;
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}
