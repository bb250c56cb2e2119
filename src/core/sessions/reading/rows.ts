import { isObject, parse } from './json.ts';
import type { JsonObject } from './json.ts';
import { readLines } from './lines.ts';
import type { Line } from './lines.ts';

/** What takes the rows of a log of lines. */
export interface RowTaker {
  row(row: JsonObject): void;
  /** A line that is no row. */
  fault(reason: string): void;
}

export function readRows(path: string, taker: RowTaker): void {
  const { unended } = readEndedRows(path, taker, 0);
  if (unended !== undefined) take(unended, taker);
}

/** How far a log was read. */
export interface ReadSoFar {
  /** The byte after the last line that has an end; `undefined` where reading cannot go on from one. */
  readonly end: number | undefined;
  /** A line that is perhaps still being written. */
  readonly unended: Line | undefined;
}

/** @param from byte at which a line begins */
export function readEndedRows(path: string, taker: RowTaker, from: number): ReadSoFar {
  let end: number | undefined = from;
  for (const line of readLines(path, from)) {
    if (line.end === undefined && end !== undefined && end > 0) return { end, unended: line };
    end = line.end;
    take(line, taker);
  }
  return { end, unended: undefined };
}

export function take(line: Line, taker: RowTaker): void {
  if ('fault' in line) {
    taker.fault(line.fault);
    return;
  }
  const row = parse(line.text);
  if (isObject(row)) taker.row(row);
  else taker.fault(row === undefined ? 'no JSON' : 'no object');
}
