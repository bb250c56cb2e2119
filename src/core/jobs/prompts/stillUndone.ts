import { join } from 'node:path';
import type { Change } from '../../model/code.ts';
import type { Provenance } from '../../model/pattern.ts';
import { AppError } from '../../model/errors.ts';
import { readSource } from '../../sources/files/readSource.ts';
import { openGit } from '../../sources/git/repository.ts';
import { MAX_SOURCE_BYTES } from '../../sources/sourceText.ts';

type Undone = Pick<Change, 'before' | 'after'> & { readonly provenance: Pick<Provenance, 'path'> };

/** Of what a change wrote, the least that stands in its file where somebody made it again. */
const MADE_AGAIN = 0.5;

/**
 * Whether a change that was undone is so today: its file is there, and little of what it wrote stands in
 * it. Many a commit is undone for a day.
 */
export async function isStillUndone(
  folder: string,
  { before, after, provenance: { path } }: Undone,
): Promise<boolean> {
  const now = path === null ? undefined : await textIn(folder, path);
  if (now === undefined) return false;
  const old = new Set(linesOf(before));
  const written = linesOf(after).filter((line) => !old.has(line));
  const today = new Set(linesOf(now));
  const standing = written.filter((line) => today.has(line));
  return written.length === 0 || standing.length < MADE_AGAIN * written.length;
}

async function textIn(folder: string, path: string): Promise<string | undefined> {
  try {
    const root = (await openGit(folder))?.topLevel ?? folder;
    const source = await readSource(join(root, path), MAX_SOURCE_BYTES);
    return 'skipped' in source ? undefined : source.text;
  } catch (error) {
    // Without git nothing tells where the project begins.
    if (error instanceof AppError) return undefined;
    throw error;
  }
}

/** Those that say something, without their indentation. */
function linesOf(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /[\p{L}\p{N}]/u.test(line));
}
