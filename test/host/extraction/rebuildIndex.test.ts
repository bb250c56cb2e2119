import assert from 'node:assert/strict';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

import type { Shell } from '../../../src/extension/shell.ts';
import { openShell } from '../support/theShell.ts';

describe('rebuilding the index', () => {
  let shell: Shell;

  before(async () => {
    shell = await openShell();
    await shell.connection.engine.curate.add({ code: 'made anew from facts', name: 'rebuilt' });
  });

  async function namesFound(): Promise<readonly string[]> {
    const { rows } = await shell.connection.engine.find.patterns({ text: 'rebuilt', limit: 1 });
    return rows.map(({ name }) => name);
  }

  it('makes anew what was deleted, and finds the same', async () => {
    const derived = join(process.env['PATTERN_FOUNDRY_LIBRARY'] ?? '', 'derived');
    const before = await namesFound();
    assert.ok(before.includes('rebuilt'));
    rmSync(derived, { recursive: true, force: true });
    await vscode.commands.executeCommand('patternFoundry.rebuildIndex');
    assert.ok(readdirSync(derived).length > 0);
    assert.deepEqual(await namesFound(), before);
  });
});
