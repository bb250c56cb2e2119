import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import type { Locator } from 'playwright-core';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { openDetails } from '../support/details.ts';
import { engineOf } from '../support/engineOf.ts';
import { learn } from '../support/learn.ts';
import { findWrongs } from '../support/looks.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode, type Vscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

/** The person who has this window has no chat. */
describe('the pattern browser with nothing to list', function () {
  inSteps(this);

  let project: TestRepository;
  let vscode: Vscode;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    vscode = await openVscode({
      settings: { 'chat.disableAIFeatures': true },
    });
    // No library can be opened where a file is.
    writeFileSync(vscode.sandbox.library, 'notes\n');
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  it('says what to do when the library cannot be opened', async () => {
    const browser = await workbench.openBrowser();
    const alert = browser.getByRole('alert');
    await alert
      .getByText(/library/)
      .first()
      .waitFor();
    await workbench.status.waitFor();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'failed'), []);
    await alert.getByRole('button', { name: 'Open Settings' }).click();
    const settings = workbench.page.locator('.settings-editor');
    await settings.getByText('Library Path').first().waitFor();
    await workbench.screenshot('failedSettings');
    await workbench.page.keyboard.press('Escape');
    await settings.waitFor({ state: 'hidden' });
  });

  it('goes on when the library can be opened', async () => {
    const { browser } = workbench;
    rmSync(vscode.sandbox.library);
    learn(vscode, project.folder);
    await browser.getByRole('button', { name: 'Try Again' }).click();
    await browser.getByRole('row', { name: /^Function median/ }).waitFor();
    await workbench.status.waitFor({ state: 'hidden' });
    await workbench.dismissNotifications();
  });

  it('says that it is paused until it goes on', async () => {
    const { browser } = workbench;
    await workbench.run('Pattern Foundry: Pause Extraction');
    const notice = browser.getByText('Pattern Foundry is paused.');
    await notice.waitFor();
    await workbench.status.filter({ hasText: 'Patterns Paused' }).waitFor();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'paused'), []);
    await browser.getByRole('button', { name: 'Resume' }).click();
    await notice.waitFor({ state: 'detached' });
    await workbench.status.waitFor({ state: 'hidden' });
  });

  it('shows that patterns are on their way', async () => {
    const { browser, page } = workbench;
    await workbench.run('View: Show Explorer');
    await browser.locator('body').waitFor({ state: 'detached' });
    const engine = await engineOf(vscode.sandbox.library);
    process.kill(engine, 'SIGSTOP');
    try {
      await workbench.openBrowser();
      await browser.getByText('Loading patterns').waitFor();
      assert.deepEqual(await findWrongs(project.folder, workbench, 'loading'), []);
      const bone = browser.locator('.bone').first();
      assert.equal(await animationOf(bone), 'none');
      await page.emulateMedia({ reducedMotion: 'no-preference' });
      assert.equal(await animationOf(bone), 'breathe');
      await page.emulateMedia({ reducedMotion: 'reduce' });
    } finally {
      process.kill(engine, 'SIGCONT');
    }
    await browser.getByRole('row', { name: /^Function median/ }).waitFor();
  });

  it('offers to undo, and moves only where nobody asked for less motion', async () => {
    const { browser, page } = workbench;
    const median = browser.getByRole('row', { name: /^Function median/ });
    await median.click();
    await page.keyboard.press('Delete');
    const toast = browser.locator('.toast');
    await toast.waitFor();
    assert.equal(await animationOf(toast), 'none');
    await page.emulateMedia({ reducedMotion: 'no-preference' });
    assert.equal(await animationOf(toast), 'rise');
    await page.emulateMedia({ reducedMotion: 'reduce' });
    // It stays for as long as somebody points at it.
    await toast.hover();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'undo'), []);
    await toast.getByRole('button', { name: 'Undo' }).click();
    await median.waitFor();
  });

  it('copies for a chat where there is none', async () => {
    const { browser } = workbench;
    await openDetails(workbench, /^Function median/);
    await browser.getByRole('button', { name: 'Add to chat' }).click();
    await workbench
      .notification('Copied “median” for you to paste: this window has no chat.')
      .waitFor();
    await workbench.screenshot('noChat');
    assert.match(await workbench.clipboard(), /^From my pattern library[^]*def median/);
  });
});

function animationOf(element: Locator): Promise<string> {
  return element.evaluate((drawn) => getComputedStyle(drawn).animationName);
}
