import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../support/repository.ts';
import { createSampleProject } from '../support/sampleProject.ts';
import { eventually } from './support/eventually.ts';
import { learn } from './support/learn.ts';
import { closeAll, openVscode } from './support/vscode.ts';

const QUIET = { 'patternFoundry.extraction.offer': false };

describe('sharing patterns', () => {
  let project: TestRepository;

  beforeEach(() => {
    project = createSampleProject();
  });
  afterEach(() => {
    project.remove();
  });

  it('shows in one window what another one rated', async () => {
    const vscode = await openVscode({ settings: QUIET });
    learn(vscode, project.folder);
    const rating = await vscode.open({ folder: project.folder });
    const watching = await vscode.open({ folder: project.folder });
    const median = /^Function median/;
    const seen = (await watching.openBrowser()).getByRole('row', { name: median });
    await seen.waitFor();
    const rated = (await rating.openBrowser()).getByRole('row', { name: median });
    await rated.getByRole('button', { name: /^Thumbs down/ }).click();
    await rated.locator('[aria-pressed="true"]').waitFor();
    await seen.locator('[aria-pressed="true"][data-rating="1"]').waitFor();
    await seen.scrollIntoViewIfNeeded();
    await watching.screenshot('secondWindow');
  });

  it('writes a pack that somebody else accepts', async () => {
    const pack = join(project.folder, 'patterns.pack');
    const vscode = await openVscode({ settings: QUIET });
    learn(vscode, project.folder);
    const giving = await vscode.open({ folder: project.folder });
    await giving.run('Pattern Foundry: Export Patterns…');
    await giving.pick('Pack');
    await eventually(async () => {
      assert.equal(await giving.input.inputValue(), pack);
    });
    await giving.page.keyboard.press('Enter');
    await giving.notification(/Wrote \d+ patterns to/).waitFor();
    assert.ok(existsSync(pack));
    await closeAll();

    const other = await openVscode({ settings: QUIET });
    const taking = await other.open({ folder: project.folder });
    const browser = await taking.openBrowser();
    await browser.getByRole('heading', { name: 'The library is empty' }).waitFor();
    await taking.run('Pattern Foundry: Import Patterns…');
    // What is typed before the folder is listed is lost.
    await taking.choices.filter({ hasText: 'patterns.pack' }).waitFor();
    await taking.input.fill(pack);
    await taking.page.keyboard.press('Enter');
    const done = taking.notification(/Imported patterns: \d+\. They wait until you accept them\./);
    await done.waitFor();
    await taking.pressButton(done, 'Review');
    await browser
      .getByRole('heading', { name: 'Imported Patterns' })
      .waitFor({ state: 'attached' });
    const retry = browser.getByRole('row', { name: /^Function retry/ });
    await retry.waitFor();
    await taking.screenshot('quarantine');
    await retry.getByRole('button', { name: 'Accept' }).click();
    await retry.waitFor({ state: 'detached' });
    const cart = browser.getByRole('row', { name: /^Class Cart/ });
    await cart.getByRole('button', { name: 'Discard' }).click();
    await cart.waitFor({ state: 'detached' });
    await browser.locator('#grid').press('Escape');
    await browser.getByRole('row', { name: /^Function retry/ }).waitFor();
    assert.equal(await browser.getByRole('row').count(), 1);
    await taking.screenshot('accepted');
  });
});
