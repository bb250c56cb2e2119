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
  // Most output has no colours, and looking for them line by line takes long.
  const isPlain = !output.includes('\u001b') && !output.includes('\u009b');
  const hasReturns = output.includes('\r');
  return kept.map((line) => {
    const cut = line.slice(0, LONGEST_LINE);
    const plain = isPlain ? cut : stripVTControlCharacters(cut);
    return hasReturns ? plain.replace('\r', '') : plain;
  });
}
