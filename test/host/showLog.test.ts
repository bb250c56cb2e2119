import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';

import { openShell } from './support/theShell.ts';
import { until } from './support/until.ts';

describe('Show Log', () => {
  it('opens what we log', async () => {
    const { log } = await openShell();
    const line = `the log has a line ${randomUUID()}`;
    log.info(line);
    await vscode.commands.executeCommand('workbench.action.closePanel');
    await until('the panel is closed', () => !shownLogs().some((text) => text.includes(line)));
    await vscode.commands.executeCommand('patternFoundry.showLog');
    await until('our log is shown', () => shownLogs().some((text) => text.includes(line)));
    await vscode.commands.executeCommand('workbench.action.closePanel');
  });
});

/** Texts of the panel's output. */
function shownLogs(): readonly string[] {
  return vscode.window.visibleTextEditors
    .filter(({ document }) => document.uri.scheme === 'output')
    .map(({ document }) => document.getText());
}
