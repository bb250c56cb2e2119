import { commands, type Disposable } from 'vscode';
import { showFailure } from './failure.ts';
import type { CommandId } from './names.ts';
import type { Shell } from './shell.ts';

/** Registers a command whose failures are shown to the person who ran it. */
export function registerCommand(
  shell: Pick<Shell, 'log'>,
  id: CommandId,
  run: (...parameters: readonly unknown[]) => unknown,
): Disposable {
  return commands.registerCommand(id, async (...parameters: readonly unknown[]) => {
    try {
      return await run(...parameters);
    } catch (error) {
      // Not waited for: the command is over, however long the message stays.
      void showFailure(shell, error);
      return undefined;
    }
  });
}
