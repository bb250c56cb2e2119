import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import * as vscode from 'vscode';

import { formatDelay, measureDelay } from './support/eventLoop.ts';
import { openJobWatch } from './support/jobWatch.ts';
import { print } from './support/print.ts';
import { openShell } from './support/theShell.ts';
import { listed } from '../support/engine/found.ts';

const WATCHED_MS = 5_000;

describe('the event loop of the extension host', () => {
  it('is measured while the patterns of a project come into the library', async () => {
    const shell = await openShell();
    const project = vscode.workspace.workspaceFolders?.[0]?.uri;
    assert.ok(project);
    const jobs = openJobWatch(shell);
    const delay = await measureDelay(async () => {
      await Promise.all([
        vscode.commands.executeCommand('patternFoundry.extract'),
        sleep(WATCHED_MS),
      ]);
    });
    jobs.close();
    print(`delay without us: ${process.env['PATTERN_FOUNDRY_BASELINE'] ?? 'not measured'}`);
    print(`delay extracting: ${formatDelay(delay)}`);
    assert.ok(jobs.requests('person', project).length > 0);
    const { patterns } = await listed(shell.connection.engine, {}, 1000);
    const paths = patterns.map(({ provenance }) => provenance.path);
    for (const path of ['src/cart.ts', 'tools/prices.py', 'limit/limiter.go']) {
      assert.ok(paths.includes(path), path);
    }
  });
});
