import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Frame } from 'playwright-core';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { RETRY } from '../../support/engine/snippets.ts';
import { eventually } from '../support/eventually.ts';
import { findMisfits } from '../support/fits.ts';
import { learn } from '../support/learn.ts';
import { findWrongs } from '../support/looks.ts';
import { resizeSidebar } from '../support/sidebar.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

/** Alike but for their ends, or but for the folders they are in. */
const ALIKE = {
  'src/server/validation/incomingRequests.js': 'validateIncomingRequestHeadersOfAdministrators',
  'src/server/validation/incomingMessages.js': 'validateIncomingRequestHeadersOfGuests',
  'packages/client/src/transport/index.js': 'openConnection',
  'packages/server/src/transport/index.js': 'openConnection',
};
const NARROW_PX = [300, 240];

describe('the list', function () {
  inSteps(this);

  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    // No more functions than a small project lists.
    rmSync(join(project.folder, 'src/poll.js'));
    for (const [number, [path, name]] of Object.entries(ALIKE).entries()) {
      // Each differs in more than its names, so that each is a pattern.
      const line = `  if (call.count === ${number}) return call(${'0, '.repeat(number)}1);\n`;
      const file = join(project.folder, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, RETRY.replace('retry', name).replace('  for', `${line}  for`));
    }
    const vscode = await openVscode();
    learn(vscode, project.folder);
    workbench = await vscode.open({ folder: project.folder });
    await workbench.openBrowser();
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  it('previews code in an editor, and keeps its place, its selection and the focus', async () => {
    const { browser, page } = workbench;
    const row = browser.getByRole('row', { name: /^Function median/ });
    await row.click();
    await page.locator('.tab.active', { hasText: 'median.py' }).waitFor();
    await page.locator('.view-line', { hasText: 'ordered = sorted(values)' }).waitFor();
    await browser.locator('[role=row][aria-selected="true"]:focus').waitFor();
    // Where it comes from is above the code.
    const crumbs = page.locator('.breadcrumbs-control .monaco-breadcrumb-item');
    await crumbs.filter({ hasText: 'prices.py' }).waitFor();
    // Another one takes its place.
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Enter');
    await eventually(async () => {
      assert.equal(await page.locator('.tabs-container .tab').count(), 1);
      assert.equal(await page.locator('.tab', { hasText: 'median.py' }).count(), 0);
    });
    await workbench.screenshot('listPreview');
  });

  it('is not written to, and can be used from the title bar of the editor', async () => {
    const { browser, page } = workbench;
    await browser.getByRole('row', { name: /^Function median/ }).click();
    const editor = page.locator('.tab.active', { hasText: 'median.py' });
    await editor.waitFor();
    const button = (name: string): Promise<void> =>
      page.locator('.editor-actions').getByRole('button', { name }).first().click();
    await button('Copy Pattern');
    await page.getByText('Copied “median”').waitFor();
    assert.match(await workbench.clipboard(), /^def median/);
    await button('Thumbs Up');
    await page.getByText('Thumbs up for “median”').waitFor();
    await browser
      .getByRole('row', { name: /^Function median.*Thumbs up: 1/ })
      .waitFor({ state: 'attached' });
    await button('Thumbs Down');
    const told = workbench.notification('“median” is no longer listed.');
    await told.waitFor();
    await browser.getByRole('row', { name: /^Function median/ }).waitFor({ state: 'detached' });
    await workbench.pressButton(told, 'Undo');
    await browser.getByRole('row', { name: /^Function median.*Thumbs up: 1/ }).waitFor();
    await button('Forget Pattern');
    const forgotten = workbench.notification('Forgot “median”.');
    await forgotten.waitFor();
    await browser.getByRole('row', { name: /^Function median/ }).waitFor({ state: 'detached' });
    await workbench.pressButton(forgotten, 'Undo');
    await browser.getByRole('row', { name: /^Function median/ }).waitFor();
    await button('Open Source');
    await page.locator('.tab.active', { hasText: 'prices.py' }).waitFor();
    await workbench.run('View: Close All Editors');
  });

  it('has tabs that arrows change, that open diffs, and that are remembered', async () => {
    const { browser, page } = workbench;
    await workbench.openBrowser();
    await browser.getByRole('tab', { name: 'Reuse', selected: true }).focus();
    await page.keyboard.press('ArrowRight');
    await browser.locator('[role=tab][aria-selected="true"]:focus').waitFor();
    const fix = browser.getByRole('row', { name: /^Fix .*endless polling/ });
    await fix.waitFor();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'lessons'), []);
    await fix.click();
    await page.locator('.monaco-diff-editor .view-line', { hasText: 'times-- > 0' }).waitFor();
    await workbench.screenshot('lessonPreview');
    await workbench.reload();
    await workbench.openBrowser();
    await browser.getByRole('tab', { name: 'Lessons', selected: true }).waitFor();
    await fix.waitFor();
    await browser.getByRole('tab', { name: 'Reuse' }).click();
    await browser.getByRole('row', { name: /^Function median/ }).waitFor();
    await workbench.run('View: Close All Editors');
  });

  it('offers weaker matches behind the good ones', async () => {
    const { browser } = workbench;
    await workbench.openBrowser();
    await browser.getByRole('searchbox').fill('median of some sorted numbers');
    await browser.getByRole('row', { name: /^Function median/ }).waitFor();
    const few = await browser.getByRole('row').count();
    await browser.getByRole('button', { name: 'Show weaker matches' }).click();
    await eventually(async () => {
      assert.ok((await browser.getByRole('row').count()) > few);
    });
    await browser.getByRole('searchbox').fill('');
    await browser.getByRole('row', { name: /^Function retry/ }).waitFor();
  });

  it('has no two rows that look the same, however narrow it is', async () => {
    const { page } = workbench;
    for (const width of NARROW_PX) {
      await resizeSidebar(page, width);
      await workbench.screenshot(`list-${width}`);
      const frame = await workbench.browserFrame();
      assert.deepEqual(await findMisfits(frame), []);
      const seen = await readRows(frame);
      assert.equal(new Set(seen).size, seen.length, seen.join('\n'));
    }
  });
});

/** What is seen of the names and paths of each row: the letters that are not cut off. */
function readRows(frame: Frame): Promise<readonly string[]> {
  return frame.locator('[role=row]').evaluateAll((rows) =>
    rows.map((row) =>
      [...row.querySelectorAll('.cut > *, .row-from')]
        .map((part) => {
          const box = part.getBoundingClientRect();
          // Dots stand in the place of some that would have room.
          const dotsPx = part.scrollWidth > part.clientWidth ? 12 : 0;
          const isBefore = part.classList.contains('cut-before');
          const left = box.left - 1 + (isBefore ? dotsPx : 0);
          const right = box.right + 1 - (isBefore ? 0 : dotsPx);
          const text = document.createTreeWalker(part, NodeFilter.SHOW_TEXT).nextNode();
          return [...new Array(text?.textContent?.length ?? 0).keys()]
            .filter((at) => {
              const range = document.createRange();
              range.setStart(text ?? part, at);
              range.setEnd(text ?? part, at + 1);
              const letter = range.getBoundingClientRect();
              return letter.left >= left && letter.right <= right;
            })
            .map((at) => text?.textContent?.[at])
            .join('');
        })
        .join(' '),
    ),
  );
}
