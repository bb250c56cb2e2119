import { askSecret } from '../../confirm.ts';
import { bad } from '../../input.ts';
import { readAll, type Io } from '../../io.ts';

export const KEY = 'PATTERN_FOUNDRY_TEAM_KEY';

/** The key of the environment, else what a person types unseen, else standard input. */
export async function askKey(
  io: Pick<Io, 'env' | 'stdin' | 'stderr'>,
  question: string,
): Promise<string> {
  const isAsked = io.stdin.isTTY === true;
  const typed = (): Promise<string> => (isAsked ? askSecret(io, question) : readAll(io.stdin));
  const key = (io.env[KEY] ?? (await typed())).trim();
  if (key === '') throw bad(`there is no key: set $${KEY} or write it to standard input`);
  return key;
}
