import type { FilePatch, Hunk } from '../../model/trial/patch.ts';

/** How what a commit changed in a file stands in the file as it is now. */
export interface Standing {
  /** Changes of which the lines that it put in are there, or those that it took out are not. */
  readonly standing: number;
  /** Changes of which what it took out is there again, and what it put in is not. */
  readonly back: number;
  /** Changes with a line that tells anything. */
  readonly all: number;
  /** Lines of the file that it put in, counted from 0, in order; empty where it only took out. */
  readonly lines: readonly number[];
}

/** Of the lines a change put in: code is edited on, and stays what it was made for. */
const STANDS = 0.6;
const IS_GONE = 0.4;
/** Of the lines a change took out. */
const IS_BACK = 0.8;

/** @param now the text of the file */
export function standingOf({ hunks }: Pick<FilePatch, 'hunks'>, now: string): Standing {
  const places = new Map<string, number[]>();
  for (const [line, text] of now.split('\n').entries()) {
    const known = places.get(text.trim());
    if (known === undefined) places.set(text.trim(), [line]);
    else known.push(line);
  }
  const present = new Set(places.keys());
  let [standing, back, all] = [0, 0, 0];
  const lines: number[] = [];
  for (const changed of hunks.flatMap(changesOf)) {
    const { added, removed } = tellingLines(changed);
    if (added.length + removed.length === 0) continue;
    all += 1;
    // A line that was put in at several places has to be there as often.
    const there = added.flatMap((line) => places.get(line)?.shift() ?? []);
    const share = added.length === 0 ? undefined : there.length / added.length;
    const again = shareIn(removed, present);
    if (share === undefined ? again < IS_BACK : share >= STANDS) {
      standing += 1;
      lines.push(...there);
    } else if ((share ?? 0) < IS_GONE && again >= IS_BACK) back += 1;
  }
  return { standing, back, all, lines: lines.sort((a, b) => a - b) };
}

/** Lines that changed without one between them that did not: close changes share one hunk. */
function changesOf({ lines }: Hunk): readonly Hunk['lines'][] {
  const changes: string[][] = [];
  let isInside = false;
  for (const line of lines) {
    const isChanged = /^[-+]/.test(line);
    if (isChanged && !isInside) changes.push([]);
    if (isChanged) changes.at(-1)?.push(line);
    isInside = isChanged;
  }
  return changes;
}

function shareIn(lines: readonly string[], present: ReadonlySet<string>): number {
  return lines.length === 0 ? 0 : lines.filter((line) => present.has(line)).length / lines.length;
}

/** A line of less, such as a bracket or `else:`, stands in every file. */
const SHORTEST = 6;

/** Without those that only moved. */
function tellingLines(lines: Hunk['lines']): {
  readonly added: readonly string[];
  readonly removed: readonly string[];
} {
  const marked = (mark: string): readonly string[] =>
    lines.filter((line) => line.startsWith(mark)).map((line) => line.slice(1).trim());
  const [plus, minus] = [marked('+'), marked('-')];
  const isTelling = (line: string): boolean => line.length >= SHORTEST && /\p{L}/u.test(line);
  // Sets: a file that was made anew is one change of all its lines.
  const [put, taken] = [new Set(plus), new Set(minus)];
  return {
    added: plus.filter((line) => isTelling(line) && !taken.has(line)),
    removed: minus.filter((line) => isTelling(line) && !put.has(line)),
  };
}
