import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Locator } from 'playwright-core';

import { ROUND } from '../../support/engine/snippets.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

/** One for each answer: nobody is asked twice about the same one. */
const FOLDERS = 4;

describe('the offer to extract', function () {
  // Each answer is given in the window of the one before it.
  inSteps(this);

  let folders: readonly TemporaryFolder[];
  let workspace: string;
  let workbench: Workbench;

  before(async () => {
    folders = Array.from({ length: FOLDERS }, () => createTemporaryFolder({ 'round.js': ROUND }));
    const vscode = await openVscode({ settings: { 'patternFoundry.extraction.offer': true } });
    workspace = join(vscode.sandbox.folder, 'folders.code-workspace');
    openFirst(1);
    workbench = await vscode.open({ workspace });
  });
  after(async () => {
    await closeAll();
    for (const folder of folders) folder.remove();
  });

  /** Has the first folders open, in the window that is open already as well. */
  function openFirst(count: number): void {
    const entries = folders.slice(0, count).map(({ path }) => ({ path }));
    writeFileSync(workspace, JSON.stringify({ folders: entries }));
  }

  function nameOf(index: number): string {
    return basename(folders[index]?.path ?? '');
  }

  /** Waits for the offer that is made of one folder and of no other one. */
  async function offerOf(index: number): Promise<Locator> {
    const offer = workbench.notification(`Learn reusable patterns from ${nameOf(index)}? This`);
    await offer.waitFor();
    return offer;
  }

  it('names what it is about', async () => {
    await offerOf(0);
    await workbench.screenshot('offer');
  });

  it('is never made again when the answer was never', async () => {
    const offer = await offerOf(0);
    await workbench.pressButton(offer, 'Never for This Folder');
    await offer.waitFor({ state: 'detached' });
    openFirst(2);
    await offerOf(1);
  });

  it('is not made again when it was closed', async () => {
    const offer = await offerOf(1);
    await offer.hover();
    await offer.getByRole('button', { name: /^Clear Notification/ }).click();
    await offer.waitFor({ state: 'detached' });
    openFirst(3);
    await offerOf(2);
  });

  it('begins at once when it is taken', async () => {
    await workbench.pressButton(await offerOf(2), 'Extract');
    const result = workbench.notification(`1 pattern of ${nameOf(2)}, after reading 1 file`);
    await result.waitFor();
    await workbench.pressButton(result, 'Show Patterns');
    await workbench.browser.getByRole('row', { name: /^Function roundToCoins/ }).waitFor();
    await workbench.screenshot('offerTaken');
  });

  it('shows the patterns when it is taken after they were extracted by hand', async () => {
    const { page, browser } = workbench;
    openFirst(4);
    await offerOf(3);
    await workbench.run('Pattern Foundry: Extract Patterns in Folder');
    await workbench.pick(nameOf(3));
    await workbench.notification(`1 pattern of ${nameOf(3)}, after reading 1 file`).waitFor();
    await workbench.run('View: Show Explorer');
    await browser.getByRole('row').first().waitFor({ state: 'detached' });
    // Where messages go that nobody answered in time.
    await workbench.run('Notifications: Show Notifications');
    const late = page.locator('.notifications-center .notification-list-item', {
      hasText: `Learn reusable patterns from ${nameOf(3)}?`,
    });
    await workbench.pressButton(late, 'Extract');
    await browser.getByRole('row', { name: /^Function roundToCoins/ }).waitFor();
    const again = page.locator('.notification-list-item', { hasText: 'Nothing changed in' });
    assert.equal(await again.count(), 0);
  });
});
