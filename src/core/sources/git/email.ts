import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { AppError } from '../../model/errors.ts';
import { Git } from './process.ts';

/** Where git does not answer, the person waits for something else. */
const TIMEOUT_MS = 5_000;

/** The e-mail git writes into commits made in a folder; `undefined` where it is not set. */
export async function readGitEmail(folder = homedir()): Promise<string | undefined> {
  if (!existsSync(folder)) return undefined;
  const git = new Git(folder, AbortSignal.timeout(TIMEOUT_MS));
  try {
    const email = (await git.text(['config', 'user.email'], { exits: [0, 1] })).trim();
    return email === '' ? undefined : email;
  } catch (error) {
    if (error instanceof AppError) return undefined;
    throw error;
  }
}
