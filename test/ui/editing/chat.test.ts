import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { PARROT, PARROT_SAYS } from '../../support/model/parrot.ts';
import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { learn } from '../support/learn.ts';
import { inEachLook } from '../support/looks.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

describe('@patterns in the Chat view', () => {
  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    const settings = { 'patternFoundry.injection.holdout': 0 };
    const vscode = await openVscode({ settings, others: [PARROT] });
    learn(vscode, project.folder);
    workbench = await vscode.open({ folder: project.folder });
    await workbench.openBrowser();
    await workbench.browser.getByRole('row', { name: /^Function median/ }).waitFor();
    await workbench.run('Chat: Open Chat');
    // The model of the other extension can be chosen as soon as VS Code knows it.
    await workbench.page.locator('.interactive-input-part', { hasText: 'Parrot' }).waitFor();
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  /** @returns the answer, as far as it has come */
  async function ask(command: string, words: string): Promise<Locator> {
    const { page } = workbench;
    const input = page.locator('.interactive-input-part .monaco-editor').first();
    await input.click();
    await page.keyboard.type(`@patterns ${command}`);
    const named = command === '' ? '@patterns' : command.trim();
    await input.locator('.view-line', { hasText: named }).waitFor();
    await page.keyboard.type(words);
    // What is offered while one writes would take the key.
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    return page.locator('.interactive-item-container.interactive-response').last();
  }

  it('lets the chosen model answer, with the patterns that it was shown', async () => {
    const answer = await ask('', 'the middle of sorted numbers');
    await answer.getByText(PARROT_SAYS).waitFor();
    // It follows answers that showed a pattern.
    await workbench.page.getByText('Apply the first one here').waitFor();
    await workbench.screenshot('chat');
  });

  it('finds without the model, and a thumb given there changes the order of the sidebar', async () => {
    const { browser } = workbench;
    const first = browser.getByRole('row').first();
    assert.doesNotMatch((await first.getAttribute('aria-label')) ?? '', /median/);
    const answer = await ask('/find ', 'the middle of sorted numbers');
    await answer.getByText('The middle of sorted numbers').waitFor();
    assert.equal(await answer.getByText(PARROT_SAYS).count(), 0);
    await inEachLook(project.folder, async ({ name, body }) => {
      await browser.locator(body).waitFor();
      await workbench.screenshot(`chat-${name}`);
    });
    await answer.locator('.monaco-button', { hasText: /^Rate 1…$/ }).click();
    await workbench.pick('Thumbs up');
    await browser.locator('#row-0[aria-label*="median"]').waitFor();
  });
});
