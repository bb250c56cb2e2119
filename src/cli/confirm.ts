import { createInterface } from 'node:readline/promises';
import type { Io } from './io.ts';

/** Asks whoever sits there; false where nobody does. */
export async function confirm(
  { stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>,
  question: string,
): Promise<boolean> {
  if (stdin.isTTY !== true || !stderr.isTTY) return false;
  await stderr.write(`${question} [y/N] `);
  const lines = createInterface({ input: stdin });
  try {
    return /^y(?:es)?$/i.test((await lines.question('')).trim());
  } finally {
    lines.close();
  }
}
