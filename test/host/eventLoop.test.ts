import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

import { formatDelay, measureDelay } from './support/eventLoop.ts';
import { print } from './support/print.ts';
import { theExtension } from './support/theExtension.ts';

const WATCHED_MS = 5_000;

describe('the event loop of the extension host', () => {
  it('goes on while patterns are extracted', async () => {
    await theExtension().activate();
    const delay = await measureDelay(async () => {
      await Promise.all([
        vscode.commands.executeCommand('patternFoundry.extract'),
        sleep(WATCHED_MS),
      ]);
    });
    print(`delay without us: ${process.env['PATTERN_FOUNDRY_BASELINE'] ?? 'not measured'}`);
    print(`delay extracting: ${formatDelay(delay)}`);
    assert.ok(delay.p50 >= 0);
  });
});
