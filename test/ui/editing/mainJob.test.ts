import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { eventually } from '../support/eventually.ts';
import { findWrongs } from '../support/looks.ts';
import { openDetails, pressInRow } from '../support/details.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const CHECKOUT = `export function checkout(cart: Cart): void {
  if (cart.total() === 0) {
    return;
  }
  cart.pay();
  
}
`;

describe('a person with a repository', function () {
  inSteps(this);

  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    writeFileSync(join(project.folder, 'checkout.ts'), CHECKOUT);
    const vscode = await openVscode({ settings: { 'patternFoundry.extraction.offer': true } });
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  it('is told what to do while the library is empty', async () => {
    const browser = await workbench.openBrowser();
    await browser.getByRole('heading', { name: 'The library is empty' }).waitFor();
    // Nobody who takes too long to answer finds it where it was.
    const offer = workbench.notification('Learn reusable patterns from');
    await offer.hover();
    await offer.getByRole('button', { name: /^Clear Notification/ }).click();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'empty'), []);
  });

  // How far it is shows where a job takes longer; see the story of one that is stopped.
  it('extracts by the palette and is told what came of it', async () => {
    await workbench.run('Pattern Foundry: Extract Patterns');
    const result = workbench.notification(
      /\d+ patterns of .*, after reading \d+ files and 4 commits/,
    );
    await result.waitFor();
    await workbench.status.waitFor({ state: 'hidden' });
    await workbench.screenshot('extracted');
    await workbench.dismissNotifications();
  });

  it('finds a pattern by typing', async () => {
    const { browser, page } = workbench;
    await browser.getByRole('searchbox').fill('until it works');
    const first = browser.getByRole('row').first();
    await eventually(async () => {
      assert.match((await first.getAttribute('aria-label')) ?? '', /^Function retry, JavaScript/);
    });
    await workbench.screenshot('search');
    await page.keyboard.press('ArrowDown');
    await browser.locator('[role=row]:focus').waitFor();
    await page.keyboard.press('Enter');
    await page.locator('.tab.active', { hasText: 'retry.js' }).waitFor();
    await page.locator('.view-line', { hasText: 'return await call(attempt)' }).waitFor();
    // The next key acts on the list.
    await browser.locator('[role=row][aria-selected="true"]:focus').waitFor();
    await workbench.screenshot('preview');
    await page.keyboard.press('Alt+Enter');
    await browser.getByRole('heading', { name: 'retry' }).waitFor();
    await browser.locator('#details').getByText('src/retry.js').waitFor();
    await workbench.screenshot('detail');
  });

  it('inserts it at the cursor with the indentation there', async () => {
    const { page } = workbench;
    await workbench.openFile('checkout.ts');
    await workbench.goToLine(6);
    await page.keyboard.press('End');
    const browser = await workbench.openBrowser();
    await browser.locator('#pattern-name').click();
    await page.keyboard.press('Control+Enter');
    await eventually(async () => {
      assert.match(await workbench.editorText(), / {2}export async function retry\(call, times\)/);
    });
    await workbench.screenshot('inserted');
    await workbench.run('File: Save');
    const inserted = readFileSync(join(project.folder, 'src/retry.js'), 'utf8')
      .split('\n')
      .slice(1, -1)
      .map((line) => (line === '' ? '' : `  ${line}`));
    const expected = CHECKOUT.replace('  \n', `${inserted.join('\n')}\n`);
    await eventually(() => {
      assert.equal(readFileSync(join(project.folder, 'checkout.ts'), 'utf8'), expected);
    });
  });

  it('copies it, and asks the chat about it', async () => {
    const { page, browser } = workbench;
    await browser.locator('#pattern-name').click();
    await page.keyboard.press('Control+C');
    await page.getByText('Copied “retry”').waitFor();
    const code = readFileSync(join(project.folder, 'src/retry.js'), 'utf8');
    assert.equal(await workbench.clipboard(), code.split('\n').slice(1, -1).join('\n'));
    await browser.getByRole('button', { name: 'Add to chat' }).click();
    const asked = page.locator('.chat-input-container .view-lines');
    await asked.filter({ hasText: 'async function retry(call, times)' }).waitFor();
    await workbench.screenshot('chat');
    await workbench.run('View: Hide Secondary Side Bar');
  });

  it('puts its description and tags into other words', async () => {
    const { page } = workbench;
    const edit = async (field: 'description' | 'tags', text: string): Promise<void> => {
      const { browser } = workbench;
      await browser.getByRole('button', { name: `Edit ${field}` }).click();
      await browser.locator('#editor').fill(text);
      assert.deepEqual(await findWrongs(project.folder, workbench, `editing-${field}`), []);
      await page.keyboard.press('Enter');
      await browser.locator('#editor').waitFor({ state: 'detached' });
    };
    const assertSaid = async (): Promise<void> => {
      const { browser } = workbench;
      await browser.getByText('Tries a call a few times.', { exact: true }).waitFor();
      const tags = browser.getByRole('list', { name: 'Tags' }).getByRole('listitem');
      await tags.filter({ hasText: 'flaky' }).waitFor();
      assert.deepEqual(await tags.allInnerTexts(), ['flaky', 'network']);
    };
    await edit('description', 'Tries a call a few times.');
    await edit('tags', 'Network, flaky, network');
    await assertSaid();
    await workbench.reload();
    await workbench.openBrowser();
    await assertSaid();
    await workbench.screenshot('edited');
  });

  it('reaches all commands from a text that is being edited', async () => {
    const { page, browser, input } = workbench;
    await browser.getByRole('button', { name: 'Edit description' }).click();
    await browser.locator('#editor:focus').waitFor();
    await page.keyboard.press('F1');
    await browser.locator('#editor').waitFor({ state: 'detached' });
    await workbench.choices.first().waitFor();
    await page.keyboard.press('Escape');
    await input.waitFor({ state: 'hidden' });
    await workbench.run('Pattern Foundry: Focus on Patterns View');
    await browser.locator('#edit-description:focus').waitFor();
  });

  it('sees what a fix changed', async () => {
    const { page } = workbench;
    const browser = await workbench.openBrowser();
    await browser.locator('#pattern-name').click();
    await page.keyboard.press('Escape');
    // The focus comes there in a later frame; the key that empties a field would forget the pattern there.
    await browser.locator('[role=row]:focus').waitFor();
    await browser.getByRole('searchbox').fill('');
    await browser.getByRole('row', { name: /^Function median/ }).waitFor();
    await openDetails(workbench, /^Function poll/);
    await browser.getByRole('button', { name: /^Fix endless polling/ }).click();
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'times-- > 0' }).waitFor();
    await workbench.screenshot('diff');
    await browser.locator('#pattern-name').click();
    await page.keyboard.press('Escape');
    await browser.locator('[role=row]:focus').waitFor();
  });

  it('finds a thumb up again after a reload', async () => {
    const browser = await workbench.openBrowser();
    const median = browser.getByRole('row', { name: /^Function median/ });
    const place = async (): Promise<number> => Number(await median.getAttribute('data-index'));
    const before = await place();
    await pressInRow(median, /^Thumbs up/);
    const pressed = median.locator('[aria-pressed="true"][data-rating="5"]');
    await pressed.waitFor({ state: 'attached' });
    await eventually(async () => {
      assert.ok((await place()) < before);
    });
    // The next key acts on the same pattern, wherever it went.
    await median.locator('button:focus').waitFor();
    await median.scrollIntoViewIfNeeded();
    await workbench.screenshot('rated');
    await workbench.reload();
    await workbench.openBrowser();
    await pressed.waitFor({ state: 'attached' });
    await workbench.screenshot('reloaded');
  });

  it('forgets a pattern and undoes it', async () => {
    const browser = await workbench.openBrowser();
    const retry = browser.getByRole('row', { name: /^Function retry/ });
    await retry.click();
    await workbench.page.keyboard.press('Delete');
    await browser.getByText('Forgot “retry”.').waitFor();
    await retry.waitFor({ state: 'detached' });
    await workbench.screenshot('forgotten');
    await workbench.page.keyboard.press('Control+Z');
    await retry.waitFor();
  });

  it('searches without the sidebar and sees a preview', async () => {
    await workbench.run('Pattern Foundry: Search Patterns…');
    await workbench.input.fill('middle of sorted numbers');
    await workbench.choices.first().filter({ hasText: 'median' }).waitFor();
    // Without a move: the best hit is looked at already.
    await workbench.page.locator('.tab', { hasText: 'median' }).waitFor();
    await workbench.page.locator('.view-line', { hasText: 'ordered = sorted(values)' }).waitFor();
    await workbench.screenshot('quickPick');
    await workbench.page.keyboard.press('Escape');
    await workbench.page.locator('.tab', { hasText: 'median' }).waitFor({ state: 'detached' });
  });
});
