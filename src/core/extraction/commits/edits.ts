/** What differs between two versions of a function, line by line. */
export interface Edit {
  /** Lines of the former text that the later one lacks, in order. */
  readonly removed: readonly string[];
  readonly added: readonly string[];
}

/** Indentation, empty lines and comments are no part of it. */
export function readEdit(before: string, after: string): Edit {
  const counts = new Map<string, number>();
  for (const line of toLines(before)) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of toLines(after)) counts.set(line, (counts.get(line) ?? 0) - 1);
  const removed: string[] = [];
  const added: string[] = [];
  for (const [line, count] of counts) {
    for (let n = Math.abs(count); n > 0; n -= 1) (count > 0 ? removed : added).push(line);
  }
  return { removed, added };
}

/** Lines that stand in one of two texts and not in the other. */
export function editedLines(before: string, after: string): readonly string[] {
  const { removed, added } = readEdit(before, after);
  return [...removed, ...added];
}

/** Without indentation, empty lines and comments, which are no edit of the code. */
export function toLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !/^(?:\/\/|\/?\*|#(?!\[))/.test(line));
}
