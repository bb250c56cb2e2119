import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { findProcesses } from '../../../scripts/vscode/processes.ts';
import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { pressInRow } from '../support/details.ts';
import { engineOf } from '../support/engineOf.ts';
import { eventually } from '../support/eventually.ts';
import { learn } from '../support/learn.ts';
import { openVscode } from '../support/vscode.ts';

/** So many that reading them can be cancelled. */
const FILES = 3000;

describe('when something comes between', () => {
  let project: TestRepository;

  beforeEach(() => {
    project = createSampleProject();
  });
  afterEach(() => {
    project.remove();
  });

  it('keeps what was found when a person cancels', async () => {
    const poll = readFileSync(join(project.folder, 'src/poll.js'), 'utf8');
    for (let number = 0; number < FILES; number++) {
      const text = poll.replaceAll('poll', `poll${number}`).replaceAll('answer', `is${number}`);
      // Differs in more than its names, so that each is a pattern.
      const line = `  if (ask.count === ${number}) return ask(${'0, '.repeat(number % 300)}1);\n`;
      writeFileSync(
        join(project.folder, `src/poll${number}.js`),
        text.replace('  while', `${line}  while`),
      );
    }
    const vscode = await openVscode();
    const workbench = await vscode.open({ folder: project.folder });
    await workbench.run('Pattern Foundry: Extract Patterns');
    const progress = workbench.notification(/Extracting patterns.*files \d/);
    await progress.waitFor();
    await workbench.screenshot('status');
    await workbench.pressButton(progress, 'Cancel');
    await workbench.notification('Extraction stopped. What was found so far is kept').waitFor();
    await workbench.status.waitFor({ state: 'hidden' });
    await workbench.screenshot('cancelled');
  });

  it('goes on when the engine is killed', async () => {
    const vscode = await openVscode();
    learn(vscode, project.folder);
    const workbench = await vscode.open({ folder: project.folder });
    const browser = await workbench.openBrowser();
    const retry = browser.getByRole('row', { name: /^Function retry/ });
    await pressInRow(retry, /^Thumbs up/);
    const pressed = retry.locator('[aria-pressed="true"]');
    await pressed.waitFor({ state: 'attached' });
    const before = await engineOf(vscode.sandbox.library);
    process.kill(before, 'SIGKILL');
    await workbench.page.getByText('stopped and restarted. Nothing was lost').waitFor();
    await workbench.screenshot('engineBack');
    await browser.getByRole('searchbox').fill('calls again until it works');
    await pressed.waitFor({ state: 'attached' });
    assert.notEqual(await engineOf(vscode.sandbox.library), before);
  });

  it('goes on by words when the process that knows meaning is killed', async () => {
    const vscode = await openVscode();
    const workbench = await vscode.open({ folder: project.folder });
    await workbench.run('Pattern Foundry: Extract Patterns');
    await workbench.notification(/\d+ patterns of .*, after reading/).waitFor();
    await workbench.dismissNotifications();
    const browser = await workbench.openBrowser();
    const [embedder] = findProcesses('embedder.js', vscode.sandbox.library);
    assert.ok(embedder !== undefined);
    process.kill(embedder, 'SIGKILL');
    await workbench.page.getByText('Semantic search stopped and will restart').waitFor();
    await workbench.screenshot('meaningLost');
    await browser.getByRole('searchbox').fill('until it works');
    await browser.getByRole('row', { name: /^Function retry/ }).waitFor();
    // The same search brings it back.
    await eventually(() => {
      const [next] = findProcesses('embedder.js', vscode.sandbox.library);
      assert.ok(next !== undefined && next !== embedder);
    });
  });
});
