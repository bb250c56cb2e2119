/** A stretch of a document that was put there, by offsets, with what it was at first. */
export interface TrackedText {
  readonly text: string;
  readonly start: number;
  /** Exclusive. */
  readonly end: number;
}

export interface OffsetChange {
  readonly rangeOffset: number;
  readonly rangeLength: number;
  readonly text: string;
}

/** Where the stretch is after a change; what is put at its borders is no part of it. */
export function moved(tracked: TrackedText, change: OffsetChange): TrackedText {
  const changeEnd = change.rangeOffset + change.rangeLength;
  const growth = change.text.length - change.rangeLength;
  if (changeEnd <= tracked.start) {
    return { ...tracked, start: tracked.start + growth, end: tracked.end + growth };
  }
  if (change.rangeOffset >= tracked.end) return tracked;
  const start = Math.min(tracked.start, change.rangeOffset);
  const end = Math.max(tracked.end, changeEnd) + growth;
  // Where more than the stretch was replaced nothing of it is left but what the change brought.
  return { ...tracked, start, end: Math.max(start, end) };
}

/** The one change that makes another text of a text, as small as can be. */
export function changeBetween(before: string, now: string): OffsetChange {
  const most = Math.min(before.length, now.length);
  let start = 0;
  while (start < most && before[start] === now[start]) start += 1;
  let same = 0;
  while (same < most - start && before.at(-1 - same) === now.at(-1 - same)) same += 1;
  return {
    rangeOffset: start,
    rangeLength: before.length - start - same,
    text: now.slice(start, now.length - same),
  };
}

/** Share of the lines that are still there in order, 0 to 1; layout does not count. */
export function survivingShare(before: string, now: string): number {
  const lines = meantLines(before);
  if (lines.length === 0) return 1;
  const present = meantLines(now);
  let row = new Array<number>(present.length + 1).fill(0);
  for (const line of lines) {
    const next = [0];
    for (const [at, candidate] of present.entries()) {
      const kept = line === candidate ? (row[at] ?? 0) + 1 : 0;
      next.push(Math.max(kept, next[at] ?? 0, row[at + 1] ?? 0));
    }
    row = next;
  }
  return (row.at(-1) ?? 0) / lines.length;
}

function meantLines(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.replace(/\s+/g, ''))
    .filter((line) => line !== '');
}
