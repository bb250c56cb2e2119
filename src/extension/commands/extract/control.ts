import { Disposable } from 'vscode';
import { registerCommand } from '../../command.ts';
import { COMMANDS } from '../../names.ts';
import type { Shell } from '../../shell.ts';

/** Pause, Resume, Cancel and Show Log. */
export function registerControl(shell: Shell): Disposable {
  const { connection, jobs, log } = shell;
  return Disposable.from(
    registerCommand(shell, COMMANDS.pause, () => {
      jobs.pause();
    }),
    registerCommand(shell, COMMANDS.resume, () => {
      jobs.resume();
      // What a person reads of a failure offers to go on in the same way.
      if (connection.state.state === 'failed') void connection.restart();
    }),
    registerCommand(shell, COMMANDS.cancel, () => {
      jobs.cancel();
    }),
    registerCommand(shell, COMMANDS.showLog, () => {
      log.show();
    }),
  );
}
