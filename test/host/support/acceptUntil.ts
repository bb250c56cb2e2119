import { commands } from 'vscode';

import { until } from './until.ts';

/** Presses Enter in what asks, and other keys before it, until it is done. */
export async function acceptUntil(
  what: string,
  isDone: () => boolean | Promise<boolean>,
  ...before: string[]
): Promise<void> {
  await until(what, async () => {
    if (await isDone()) return true;
    for (const command of before) await commands.executeCommand(command);
    await commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
    return false;
  });
}
