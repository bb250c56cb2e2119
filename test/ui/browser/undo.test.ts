import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { learn, runCommandLine } from '../support/learn.ts';
import { packLineOf } from '../support/packLine.ts';
import { openVscode } from '../support/vscode.ts';

describe('undoing', () => {
  let project: TestRepository;

  beforeEach(() => {
    project = createSampleProject();
  });
  afterEach(() => {
    project.remove();
  });

  it('is still offered when the browser was hidden, and after a reload', async () => {
    const vscode = await openVscode();
    learn(vscode, project.folder);
    const workbench = await vscode.open({ folder: project.folder });
    const browser = await workbench.openBrowser();
    const retry = browser.getByRole('row', { name: /^Function retry/ });
    const forgotten = browser.getByText('Forgot “retry”.');
    const forget = async (): Promise<void> => {
      await retry.click();
      await workbench.page.keyboard.press('Delete');
      await forgotten.waitFor();
    };

    await forget();
    await workbench.run('View: Show Explorer');
    await workbench.page.locator('.explorer-folders-view').waitFor();
    await workbench.openBrowser();
    await forgotten.waitFor();
    await workbench.screenshot('undoAfterHiding');
    await browser.getByRole('button', { name: 'Undo' }).click();
    await retry.waitFor();

    await forget();
    await workbench.reload();
    await workbench.openBrowser();
    await forgotten.waitFor();
    await browser.getByRole('button', { name: 'Undo' }).click();
    await retry.waitFor();
    await forgotten.waitFor({ state: 'detached' });
  });

  it('brings back all that was forgotten one after another, hidden or not', async () => {
    const vscode = await openVscode();
    learn(vscode, project.folder);
    const workbench = await vscode.open({ folder: project.folder });
    const browser = await workbench.openBrowser();
    const rows = ['read_prices', 'retry'].map((name) =>
      browser.getByRole('row', { name: new RegExp(`^Function ${name}`) }),
    );
    for (const row of rows) {
      await row.focus();
      await workbench.page.keyboard.press('Delete');
      await row.waitFor({ state: 'detached' });
    }
    await browser.getByText('Forgot 2 patterns.').waitFor();
    await workbench.run('View: Show Explorer');
    await workbench.page.locator('.explorer-folders-view').waitFor();
    await workbench.openBrowser();
    await browser.getByText('Forgot 2 patterns.').waitFor();
    await workbench.screenshot('severalForgotten');
    await browser.getByRole('button', { name: 'Undo' }).click();
    for (const row of rows) await row.waitFor();
  });

  it('brings back a pack that was discarded', async () => {
    const vscode = await openVscode();
    const pack = join(project.folder, 'team.pack');
    const giving = await openVscode();
    learn(giving, project.folder);
    runCommandLine(giving, 'export', '--output', pack);
    runCommandLine(vscode, 'import', pack);
    for (let more = 0; more < 8; more++) {
      const other = join(project.folder, `of a team with a long name ${more}.pack`);
      writeFileSync(other, packLineOf(more));
      runCommandLine(vscode, 'import', other);
    }
    const workbench = await vscode.open({ folder: project.folder });
    const browser = await workbench.openBrowser();
    await browser.getByRole('button', { name: 'Review' }).click();
    await browser.getByRole('row').first().waitFor();
    await workbench.screenshot('packsThatWait');
    await browser.getByRole('button', { name: 'Discard all of team' }).click();
    const forgotten = browser.getByText(/Forgot \d+ patterns of “team”\./);
    await forgotten.waitFor();
    const waiting = browser.getByRole('button', { name: 'Discard all of team' });
    await waiting.waitFor({ state: 'detached' });
    await workbench.screenshot('packDiscarded');
    await browser.getByRole('button', { name: 'Undo' }).click();
    await waiting.waitFor();
    await browser.getByRole('row', { name: /^Function retry/ }).waitFor();
    await forgotten.waitFor({ state: 'detached' });
  });
});
