import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { TestCommand } from '../../model/trial/trial.ts';
import { readIfPossible } from '../../platform/disk.ts';
import { commandWords } from '../../platform/text/commandWords.ts';
import { detectCommand } from '../../trials/detectCommand.ts';

/** Longer files tell nothing of how tests run. */
const MOST_BYTES = 1_000_000;

/**
 * How the tests of a project run: as it is asked for, else as it is configured, else as what lies at
 * the top of the folder tells.
 *
 * @throws AppError `bad-argument` where the command needs a shell, or nothing tells of one
 */
export function planTests(folder: string, asked: string, configured: string): TestCommand {
  const line = asked === '' ? configured : asked;
  if (line !== '') {
    const [program, ...args] = commandWords(line) ?? [];
    if (program !== undefined) return { program, args };
    throw new AppError('bad-argument', localized`the test command needs a shell: ${line}`);
  }
  const found = detectCommand({
    has: (name) => existsSync(join(folder, name)),
    read: (name) => {
      const bytes = readIfPossible(join(folder, name));
      return bytes === undefined || bytes.length > MOST_BYTES ? '' : bytes.toString('utf8');
    },
  });
  if (found !== undefined) return found;
  throw new AppError('bad-argument', localized`cannot tell how the tests of ${folder} are run`);
}
