/** What is to be put in the place of a stretch of a text. Lines and characters count from 0. */
export interface ChangedLines {
  readonly start: readonly [line: number, character: number];
  readonly end: readonly [line: number, character: number];
  readonly text: string;
}

/**
 * The lines in which two texts differ, so that cursors and marks in the rest stay where they are.
 *
 * @param before lines that end with `\n`, as those of `after`
 */
export function changedLines(before: string, after: string): ChangedLines {
  const [former, latter] = [before.split('\n'), after.split('\n')];
  const shorter = Math.min(former.length, latter.length);
  let first = 0;
  while (first < shorter && former[first] === latter[first]) first += 1;
  let behind = 0;
  while (behind < shorter - first && former.at(-1 - behind) === latter.at(-1 - behind)) behind += 1;
  const added = latter.slice(first, latter.length - behind);
  if (behind > 0) {
    const text = added.map((line) => `${line}\n`).join('');
    return { start: [first, 0], end: [former.length - behind, 0], text };
  }
  // Nothing ends the last line of a text: what ends the line before it goes and comes with it.
  const end = [former.length - 1, former.at(-1)?.length ?? 0] as const;
  if (first === 0) return { start: [0, 0], end, text: added.join('\n') };
  const lineBefore = first - 1;
  const text = added.map((line) => `\n${line}`).join('');
  return { start: [lineBefore, former[lineBefore]?.length ?? 0], end, text };
}
