import { stripVTControlCharacters } from 'node:util';

/** Output of programs is looked at up to this many lines from its end and beginning. */
const MOST_LINES = 4000;
const LONGEST_LINE = 400;

/** Lines of a program's output without colours, each cut to what a summary can be long. */
export function plainOutput(output: string): readonly string[] {
  const lines = output.split('\n');
  const kept =
    lines.length <= MOST_LINES
      ? lines
      : [...lines.slice(0, MOST_LINES / 2), ...lines.slice(-MOST_LINES / 2)];
  return kept.map((line) =>
    stripVTControlCharacters(line.slice(0, LONGEST_LINE)).replace('\r', ''),
  );
}
