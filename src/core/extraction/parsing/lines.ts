import type { Position } from '../../model/code.ts';

/** Turns indexes of a text into positions. */
export interface Lines {
  positionOf(index: number): Position;
}

/** Lines end at a line feed; a carriage return before it is the last character of its line. */
export function createLines(text: string): Lines {
  const starts = [0];
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return {
    positionOf(index) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= index) low = middle;
        else high = middle - 1;
      }
      return { line: low, character: index - (starts[low] ?? 0) };
    },
  };
}
