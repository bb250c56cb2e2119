import { isObject, parse } from './json.ts';
import type { JsonObject } from './json.ts';
import { readLines } from './lines.ts';

/** What takes the rows of a log of lines. */
export interface RowTaker {
  row(row: JsonObject): void;
  /** A line that is no row. */
  fault(reason: string): void;
}

export function readRows(path: string, taker: RowTaker): void {
  for (const line of readLines(path)) {
    if ('fault' in line) {
      taker.fault(line.fault);
      continue;
    }
    const row = parse(line.text);
    if (isObject(row)) taker.row(row);
    else taker.fault(row === undefined ? 'no JSON' : 'no object');
  }
}
