import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
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

/** Asks whoever sits there for what nobody may read over their shoulder; empty where nobody does. */
export async function askSecret(
  { stdin, stderr }: Pick<Io, 'stdin' | 'stderr'>,
  question: string,
): Promise<string> {
  if (stdin.isTTY !== true || !stderr.isTTY) return '';
  await stderr.write(`${question}: `);
  const nowhere = new Writable({
    write: (_chunk, _encoding, done) => {
      done();
    },
  });
  const lines = createInterface({ input: stdin, output: nowhere, terminal: true });
  const stop = new AbortController();
  const end = (): void => {
    stop.abort();
  };
  lines.on('SIGINT', end).on('close', end);
  try {
    return (await lines.question('', { signal: stop.signal })).trim();
  } finally {
    lines.close();
    await stderr.write('\n');
  }
}
