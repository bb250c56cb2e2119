import type { Uri } from 'vscode';

import type { Shell } from '../../../src/extension/shell.ts';
import { functionNamed } from './functionNamed.ts';
import { knows } from './knownNames.ts';
import { saveFile } from './saveFile.ts';
import { until } from './until.ts';
import { untilIdle } from './untilIdle.ts';

/**
 * Saves a function into a file of a folder that is kept up to date, until it is learned. Jobs run in
 * the order their files changed in: what came before this had its turn.
 */
export async function learnBySave(
  shell: Shell,
  file: Uri,
  { name, size }: { readonly name: string; readonly size: number },
): Promise<void> {
  await saveFile(file, functionNamed(name, size));
  await until(`${name} is learned`, () => knows(shell, name));
  await untilIdle(shell);
}
