import assert from 'node:assert/strict';
import * as vscode from 'vscode';

import { print } from './support/print.ts';
import { theExtension, type Manifest } from './support/theExtension.ts';

describe('the extension in its host', () => {
  it('activates', async () => {
    const extension = theExtension();
    const wasActive = extension.isActive;
    const startMs = performance.now();
    await extension.activate();
    const tookMs = Math.round(performance.now() - startMs);
    print(`activated within ${wasActive ? 'the start of the host' : `${tookMs} ms`}`);
    assert.equal(extension.isActive, true);
  });

  it('registers every command of the manifest', async () => {
    const extension = theExtension();
    await extension.activate();
    const { contributes } = extension.packageJSON as Manifest;
    const registered = new Set(await vscode.commands.getCommands(true));
    assert.ok(contributes.commands.length > 0);
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).filter((id) => !registered.has(id)),
      [],
    );
  });
});
