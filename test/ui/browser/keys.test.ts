import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { eventually } from '../support/eventually.ts';
import { learn } from '../support/learn.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const NOTES = 'first();\n\nlast();\n';

/** VS Code has keys of its own, which it must not take from the list. */
describe('the keys of the list', function () {
  inSteps(this);

  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    const vscode = await openVscode();
    learn(vscode, project.folder);
    writeFileSync(join(project.folder, 'notes.js'), NOTES);
    workbench = await vscode.open({ folder: project.folder });
    await workbench.openFile('notes.js');
    await workbench.goToLine(2);
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  /** Puts the focus on the row of a function. */
  async function focusOn(name: string): Promise<void> {
    const { page } = workbench;
    const browser = await workbench.openBrowser();
    await browser.getByRole('searchbox').fill(name);
    const row = browser.getByRole('row').first();
    await eventually(async () => {
      assert.match((await row.getAttribute('aria-label')) ?? '', new RegExp(`^Function ${name},`));
    });
    await browser.getByRole('searchbox').focus();
    await page.keyboard.press('ArrowDown');
    await browser.locator('[role=row]:focus').waitFor();
  }

  it('search by letters, and leave the open file alone', async () => {
    const { page } = workbench;
    const browser = await workbench.openBrowser();
    await browser.getByRole('row').first().waitFor();
    await browser.getByRole('searchbox').focus();
    await page.keyboard.press('ArrowDown');
    await browser.locator('[role=row]:focus').waitFor();
    await page.keyboard.type('insert');
    await eventually(async () => {
      assert.equal(await browser.getByRole('searchbox').inputValue(), 'insert');
    });
    assert.equal(await workbench.editorText(), NOTES);
  });

  it('rate up and down', async () => {
    const { page, browser } = workbench;
    await focusOn('retry');
    const pressed = browser.locator('[role=row] [aria-pressed="true"]');
    await page.keyboard.press('Control+ArrowUp');
    await pressed.and(browser.locator('[data-rating="5"]')).waitFor();
    await page.keyboard.press('Control+ArrowUp');
    await pressed.waitFor({ state: 'detached' });
    const retry = browser.getByRole('row', { name: /^Function retry/ });
    await page.keyboard.press('Control+ArrowDown');
    await browser.getByText('“retry” is no longer listed.').waitFor();
    await retry.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Z');
    await retry.waitFor();
    await pressed.waitFor({ state: 'detached' });
  });

  it('copy', async () => {
    await focusOn('retry');
    await workbench.page.keyboard.press('Control+C');
    await workbench.page.getByText('Copied “retry”').waitFor();
    assert.match(await workbench.clipboard(), /^export async function retry/);
  });

  it('forget and undo', async () => {
    const { page, browser } = workbench;
    await focusOn('retry');
    const retry = browser.getByRole('row', { name: /^Function retry/ });
    await page.keyboard.press('Delete');
    await browser.getByText('Forgot “retry”.').waitFor();
    await retry.waitFor({ state: 'detached' });
    await page.keyboard.press('Control+Z');
    await retry.waitFor();
    assert.equal(await workbench.editorText(), NOTES);
  });

  it('insert, plain and with tab stops', async () => {
    const { page } = workbench;
    for (const chord of ['Control+Enter', 'Control+Shift+Enter']) {
      await focusOn('retry');
      await page.keyboard.press(chord);
      await eventually(async () => {
        assert.match(await workbench.editorText(), /async function retry\(call, times\)/);
      });
      const stops = page.locator('.snippet-placeholder');
      if (chord === 'Control+Shift+Enter') await stops.first().waitFor();
      else assert.equal(await stops.count(), 0);
      await page.keyboard.press('Escape');
      await workbench.revert(NOTES);
      await workbench.goToLine(2);
    }
  });

  it('open the code, the details and the source', async () => {
    const { page, browser } = workbench;
    const focused = browser.locator('[role=row]:focus');
    await focusOn('retry');
    await page.keyboard.press('Enter');
    await page.locator('.tab', { hasText: 'retry.js' }).waitFor();
    await focused.waitFor();
    await page.keyboard.press('Alt+Enter');
    await browser.locator('#pattern-name:focus').waitFor();
    await page.keyboard.press('Escape');
    await focused.waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.editor-instance .monaco-editor.focused').waitFor();
    await workbench.run('View: Close Editor');
    await focusOn('retry');
    await page.keyboard.press('F12');
    await page.locator('.tab.active', { hasText: 'retry.js' }).waitFor();
    // What is stored of it begins with the function.
    const [comment = ''] = readFileSync(join(project.folder, 'src/retry.js'), 'utf8').split('\n');
    await eventually(async () => {
      assert.ok((await workbench.editorText()).startsWith(comment));
    });
  });
});
