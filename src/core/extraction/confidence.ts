/** What speaks for or against one before/after pair as a lesson. */
export interface ChangeSigns {
  /** Confidence of the commit's classification, 0 to 1. */
  readonly clarity: number;
  readonly kind: 'fix' | 'feature';
  readonly before: string;
  readonly after: string;
  readonly testsChanged: boolean;
  readonly linkedIssue: boolean;
  /** Functions the commit changed in all, at least 1. */
  readonly functions: number;
}

/**
 * Confidence of a pair, 0 to 1, from the inputs of the seed (how clearly the message says what the
 * commit is, whether there is both a before and an after, how substantial the code is), which alone
 * put most pairs at one value, and from what tells lessons apart: the size of the edit, how many
 * other functions changed with it, tests and linked issues.
 *
 * `clarity² × (0.25 + 0.2 both + 0.1 substance + 0.2 focus + 0.1 alone + 0.1 tests + 0.05 issue)`,
 * each sign 0 to 1: `both` is at most 0.3 for an added function of a fix and 0.7 for one of a
 * feature, less below eight lines;
 * `substance` grows with the logarithm of the length up to 500 characters; `focus` falls from 1 at
 * an edit of four lines or fewer, half at twenty; `alone` is one over the square root of the number
 * of functions.
 */
export function rateChange(signs: ChangeSigns): number {
  const { kind, before, after } = signs;
  const substance = Math.min(1, Math.log2(1 + after.length / 50) / Math.log2(11));
  // One line that was not there before, such as an accessor, teaches nothing.
  const size = Math.min(1, toLines(after).length / 8);
  const both = before !== '' ? 1 : (kind === 'fix' ? 0.3 : 0.7) * size;
  const excess = Math.max(0, editedLines(before, after) - 4);
  const focus = 1 / (1 + excess / 16);
  const alone = 1 / Math.sqrt(Math.max(1, signs.functions));
  const worth =
    0.25 +
    0.2 * both +
    0.1 * substance +
    0.2 * focus +
    0.1 * alone +
    (signs.testsChanged ? 0.1 : 0) +
    (signs.linkedIssue ? 0.05 : 0);
  return Math.round(signs.clarity ** 2 * worth * 1000) / 1000;
}

/** Lines that stand in one text and not in the other. */
function editedLines(before: string, after: string): number {
  const counts = new Map<string, number>();
  for (const line of toLines(before)) counts.set(line, (counts.get(line) ?? 0) + 1);
  for (const line of toLines(after)) counts.set(line, (counts.get(line) ?? 0) - 1);
  let edited = 0;
  for (const count of counts.values()) edited += Math.abs(count);
  return edited;
}

function toLines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}
