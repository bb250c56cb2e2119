import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { findMisfits } from '../support/fits.ts';
import { learn } from '../support/learn.ts';
import { findWrongs, inEachLook } from '../support/looks.ts';
import { leaveFix, openFix, pressInRow } from '../support/details.ts';
import { resizeSidebar } from '../support/sidebar.ts';
import { closeAll, openVscode, VIEWPORT } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const NARROW_PX = 170;

describe('the pattern browser', () => {
  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    const vscode = await openVscode();
    learn(vscode, project.folder);
    workbench = await vscode.open({ folder: project.folder });
    await workbench.openBrowser();
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  it('is introduced by pictures that follow the theme', async () => {
    const { page } = workbench;
    // Beside a sidebar there is no room for pictures.
    await page.keyboard.press('Control+B');
    await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    await workbench.run('Welcome: Open Walkthrough...');
    await workbench.pick('Pattern Foundry');
    const picture = page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
    const colors: string[] = [];
    await inEachLook(project.folder, async ({ name, body }) => {
      await picture.locator(`${body} svg`).waitFor();
      await workbench.screenshot(`walkthrough-${name}`);
      const paper = picture.locator('svg rect').first();
      colors.push(await paper.evaluate((drawn) => getComputedStyle(drawn).fill));
    });
    await workbench.run('View: Close All Editors');
    await workbench.openBrowser();
    // The two light ones are white.
    assert.equal(new Set(colors).size, 3, colors.join());
  });

  it('shows its list and filters to everybody', async () => {
    const { browser } = workbench;
    await browser.getByRole('row').first().waitFor();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'list'), []);
    await openFilters(workbench);
    assert.deepEqual(await findWrongs(project.folder, workbench, 'filters'), []);
    await browser.getByRole('button', { name: 'Filters' }).click();
  });

  it('shows a whole pattern to everybody', async () => {
    const { browser } = workbench;
    await openFix(workbench);
    const closed = browser.locator('details:not([open]) > summary');
    while ((await closed.count()) > 0) await closed.first().click();
    await browser.locator('#pattern-name').click();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'detail'), []);
    await leaveFix(workbench);
  });

  it('tells everybody that nothing was found', async () => {
    const { browser } = workbench;
    await browser.getByRole('searchbox').fill('xylophone zeppelin');
    await browser.getByRole('heading', { name: 'No good match' }).waitFor();
    assert.deepEqual(await findWrongs(project.folder, workbench, 'nothingFound'), []);
    await browser.getByRole('searchbox').fill('');
  });

  it('fits into the narrowest sidebar', async () => {
    const { page, browser } = workbench;
    await resizeSidebar(page, NARROW_PX);
    const rated = browser.getByRole('row', { name: /^Function retry/ });
    await pressInRow(rated, /^Thumbs up/);
    await rated.locator('[aria-pressed="true"]').waitFor({ state: 'attached' });
    await page.mouse.move(VIEWPORT.width / 2, VIEWPORT.height / 2);
    await workbench.screenshot('narrow-list');
    assert.deepEqual(await findMisfits(await workbench.browserFrame()), []);
    await openFilters(workbench);
    await workbench.screenshot('narrow-filters');
    assert.deepEqual(await findMisfits(await workbench.browserFrame()), []);
    await browser.getByRole('button', { name: 'Filters' }).click();
    await openFix(workbench);
    await workbench.screenshot('narrow-detail');
    assert.deepEqual(await findMisfits(await workbench.browserFrame()), []);
    await leaveFix(workbench);
  });

  it('fits when everything is twice as large', async () => {
    const { page, browser } = workbench;
    const fits = async (name: string): Promise<void> => {
      await workbench.screenshot(`zoomed-${name}`);
      assert.deepEqual(await findMisfits(await workbench.browserFrame()), []);
    };
    await zoomTwice(page);
    await fits('list');
    await openFilters(workbench);
    await fits('filters');
    await browser.getByRole('button', { name: 'Filters' }).click();
    await openFix(workbench);
    await fits('detail');
    await leaveFix(workbench);
    await browser.getByRole('searchbox').fill('xylophone zeppelin');
    await browser.getByRole('heading', { name: 'No good match' }).waitFor();
    await fits('nothingFound');
  });
});

async function openFilters({ browser }: Workbench): Promise<void> {
  await browser.getByRole('button', { name: 'Filters' }).click();
  await browser.locator('#filters').waitFor();
}

/** What a page zoom of 200 % does: half as many pixels of CSS, each twice as large. */
async function zoomTwice(page: Page): Promise<void> {
  const width = VIEWPORT.width / 2;
  const height = VIEWPORT.height / 2;
  await page.setViewportSize({ width, height });
  const session = await page.context().newCDPSession(page);
  const metrics = { width, height, deviceScaleFactor: 2, mobile: false };
  await session.send('Emulation.setDeviceMetricsOverride', metrics);
}
