import type { Shell } from '../../../src/extension/shell.ts';
import { listed } from '../../support/engine/found.ts';

/** Names of the patterns in the library. */
export async function knownNames({ connection }: Shell): Promise<readonly string[]> {
  const { patterns } = await listed(connection.engine, {}, 1000);
  return patterns.map(({ name }) => name);
}

export async function knows(shell: Shell, name: string): Promise<boolean> {
  return (await knownNames(shell)).includes(name);
}
