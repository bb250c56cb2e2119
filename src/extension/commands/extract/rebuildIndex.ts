import type { Disposable } from 'vscode';
import { registerCommand } from '../../command.ts';
import { COMMANDS } from '../../names.ts';
import { repairLibrary } from '../../repair.ts';
import type { Shell } from '../../shell.ts';

/** Rebuild Index: makes all derived files anew and says whether the library is sound. */
export function registerRebuildIndex(shell: Shell): Disposable {
  return registerCommand(shell, COMMANDS.rebuildIndex, () => repairLibrary(shell, 'rebuild'));
}
