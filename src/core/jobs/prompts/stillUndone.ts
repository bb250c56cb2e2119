import { join } from 'node:path';
import type { Change } from '../../model/code.ts';
import type { ProjectKey, Provenance } from '../../model/pattern.ts';
import { AppError } from '../../model/errors.ts';
import { readSource } from '../../sources/files/readSource.ts';
import { isInside } from '../../resolution/patches/paths.ts';
import { openGit } from '../../sources/git/repository.ts';
import { MAX_SOURCE_BYTES } from '../../sources/sourceText.ts';

type Undone = Pick<Change, 'before' | 'after'> & {
  readonly provenance: Pick<Provenance, 'project' | 'path'>;
};

/** A folder and the projects that it is in. */
interface Asked {
  readonly folder: string;
  readonly projects: readonly ProjectKey[];
}

/** Of what a change wrote, the least that stands in its file where somebody made it again. */
const MADE_AGAIN = 0.5;

/**
 * Whether a change that was undone is so today: its file is there, and little of what it wrote stands in
 * it. Many a commit is undone for a day.
 */
export async function isStillUndone(
  { folder, projects }: Asked,
  { before, after, provenance: { project, path } }: Undone,
): Promise<boolean> {
  if (project === null || !projects.includes(project)) return false;
  // What was imported may name any file.
  const now = path === null || !isInside(path) ? undefined : await textIn(folder, path);
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
