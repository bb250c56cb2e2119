import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Frame } from 'playwright-core';

import type { TestRepository } from '../support/repository.ts';
import { createSampleProject } from '../support/sampleProject.ts';
import { learn } from './support/learn.ts';
import { closeAll, openVscode, VIEWPORT } from './support/vscode.ts';
import type { Workbench } from './support/workbench.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const LOOKS: Readonly<Record<string, Look>> = {
  dark: { label: 'Dark Modern', body: '.vscode-dark' },
  light: { label: 'Light Modern', body: '.vscode-light' },
  highContrast: {
    label: 'Dark High Contrast',
    body: '.vscode-high-contrast:not(.vscode-high-contrast-light)',
  },
  highContrastLight: { label: 'Light High Contrast', body: '.vscode-high-contrast-light' },
};
const NARROW_PX = 170;

interface Look {
  /** As one picks it from a list. */
  readonly label: string;
  /** What VS Code tells a webview of it. */
  readonly body: string;
}

describe('the pattern browser', () => {
  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    const vscode = await openVscode({ settings: { 'patternFoundry.extraction.offer': false } });
    learn(vscode, project.folder);
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  for (const [theme, { label, body }] of Object.entries(LOOKS)) {
    it(`can be read by everybody in ${label}`, async () => {
      const { page, browser } = workbench;
      await workbench.openBrowser();
      await browser.getByRole('row').first().waitFor();
      await workbench.setTheme(label);
      await browser.locator(`body${body}`).waitFor();
      await workbench.screenshot(`list-${theme}`);
      const faults = [...(await findFaults(await workbench.browserFrame()))];

      await browser.getByRole('button', { name: 'Filters' }).click();
      await browser.locator('#filters').waitFor();
      await workbench.screenshot(`filters-${theme}`);
      faults.push(...(await findFaults(await workbench.browserFrame())));
      await browser.getByRole('button', { name: 'Filters' }).click();

      await browser.getByRole('row', { name: /^Fix poll/ }).click();
      await browser.locator('.detail-actions').waitFor();
      const closed = browser.locator('details:not([open]) > summary');
      while ((await closed.count()) > 0) await closed.first().click();
      await browser.locator('#pattern-name').click();
      await workbench.screenshot(`detail-${theme}`);
      faults.push(...(await findFaults(await workbench.browserFrame())));
      await page.keyboard.press('Escape');
      await browser.getByRole('row').first().waitFor();

      await browser.getByRole('searchbox').fill('xylophone zeppelin');
      await browser.getByRole('heading', { name: 'No pattern matches' }).waitFor();
      await workbench.screenshot(`nothingFound-${theme}`);
      faults.push(...(await findFaults(await workbench.browserFrame())));
      await browser.getByRole('searchbox').fill('');
      assert.deepEqual(faults, []);
    });
  }

  it('fits into the narrowest sidebar', async () => {
    const { page, browser } = workbench;
    await workbench.setTheme('Dark Modern');
    await narrow(workbench);
    await browser.getByRole('row').first().waitFor();
    await workbench.screenshot('narrow-list');
    await assertFits(await workbench.browserFrame());
    await browser.getByRole('row', { name: /^Fix poll/ }).click();
    await browser.locator('.detail-actions').waitFor();
    await workbench.screenshot('narrow-detail');
    await assertFits(await workbench.browserFrame());
    await page.keyboard.press('Escape');
    await browser.getByRole('row').first().waitFor();
  });

  it('fits when everything is twice as large', async () => {
    const { page, browser } = workbench;
    await page.setViewportSize({ width: VIEWPORT.width / 2, height: VIEWPORT.height / 2 });
    await workbench.screenshot('zoomed-list');
    await assertFits(await workbench.browserFrame());
    await browser.getByRole('row', { name: /^Fix poll/ }).click();
    await browser.locator('.detail-actions').waitFor();
    await workbench.screenshot('zoomed-detail');
    await assertFits(await workbench.browserFrame());
  });
});

/** What axe-core says is wrong, each as one line. */
async function findFaults(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(AXE);
  // The page is transparent: the sidebar is what is behind it, of which axe-core sees nothing.
  await frame.evaluate(() => {
    document.documentElement.style.background = 'var(--vscode-sideBar-background)';
  });
  const { violations } = await frame.evaluate<AxeResults>('axe.run(document)');
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')} ${failureSummary ?? ''}`),
  );
}

async function narrow({ page }: Workbench): Promise<void> {
  const sash = page.locator('.monaco-sash.vertical').first();
  const sidebar = await page.locator('.part.sidebar').boundingBox();
  assert.ok(sidebar !== null);
  await sash.waitFor({ state: 'attached' });
  const y = sidebar.y + sidebar.height / 2;
  await page.mouse.move(sidebar.x + sidebar.width + 1, y);
  await page.mouse.down();
  await page.mouse.move(sidebar.x + NARROW_PX, y, { steps: 8 });
  await page.mouse.up();
}

/** Nothing is wider than the sidebar, and no button sticks out. */
async function assertFits(frame: Frame): Promise<void> {
  const outside = await frame.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    const buttons = [...document.querySelectorAll('button, vscode-button, select')];
    return [
      ...(scrollWidth > clientWidth ? ['the page'] : []),
      ...buttons
        .filter((button) => button.getBoundingClientRect().right > clientWidth)
        .map((button) => button.getAttribute('aria-label') ?? button.textContent),
    ];
  });
  assert.deepEqual(outside, []);
}
