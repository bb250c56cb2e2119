import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { eventually } from '../support/eventually.ts';
import { openDetails, pressInRow } from '../support/details.ts';
import { learn } from '../support/learn.ts';
import { findWrongs } from '../support/looks.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

/** Formats and the files that are proposed for them. */
const EXPORTS = {
  Pack: 'patterns.pack',
  JSONL: 'patterns.jsonl',
  SQLite: 'patterns.sqlite',
} as const;

describe('two windows', () => {
  let project: TestRepository;

  beforeEach(() => {
    project = createSampleProject();
  });
  afterEach(() => {
    project.remove();
  });

  it('show in one what was rated in the other', async () => {
    const vscode = await openVscode();
    learn(vscode, project.folder);
    const rating = await vscode.open({ folder: project.folder });
    const watching = await vscode.open({ folder: project.folder });
    const median = /^Function median/;
    const seen = (await watching.openBrowser()).getByRole('row', { name: median });
    await seen.waitFor();
    const rated = (await rating.openBrowser()).getByRole('row', { name: median });
    await pressInRow(rated, /^Thumbs up/);
    await seen.locator('[aria-pressed="true"][data-rating="5"]').waitFor({ state: 'attached' });
    await watching.screenshot('secondWindow');
  });
});

describe('sharing patterns', function () {
  inSteps(this);

  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    const vscode = await openVscode();
    learn(vscode, project.folder);
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  /** Takes the file that is proposed. */
  async function save(file: string): Promise<void> {
    const path = join(project.folder, file);
    await eventually(async () => {
      assert.equal(await workbench.input.inputValue(), path);
    });
    await workbench.page.keyboard.press('Enter');
    await workbench.notification(`to ${path}`).waitFor();
    await workbench.dismissNotifications();
  }

  /** Imports a file and goes to what waits there. */
  async function review(file: string, told: RegExp): Promise<void> {
    const { browser, choices, input, page } = workbench;
    await workbench.run('Pattern Foundry: Import Patterns…');
    // What is typed before the folder is listed is lost.
    await choices.filter({ hasText: file }).waitFor();
    await input.fill(join(project.folder, file));
    await page.keyboard.press('Enter');
    const done = workbench.notification(told);
    await done.waitFor();
    await workbench.pressButton(done, 'Review');
    await browser
      .getByRole('heading', { name: 'Imported Patterns' })
      .waitFor({ state: 'attached' });
  }

  it('writes all of them in the format that is asked for', async () => {
    for (const [format, file] of Object.entries(EXPORTS)) {
      await workbench.run('Pattern Foundry: Export Patterns…');
      await workbench.pick('All Patterns');
      await workbench.pick(format);
      await save(file);
    }
    const read = (file: string): string => readFileSync(join(project.folder, file), 'latin1');
    assert.match(read(EXPORTS.Pack), /parseSettings/);
    assert.match(read(EXPORTS.SQLite), /^SQLite format 3\0/);
    const lines = read(EXPORTS.JSONL).trim().split('\n');
    const changes = lines.map((line) => Object.keys(JSON.parse(line) as object));
    assert.ok(changes.length > 1);
    assert.deepEqual(
      changes.filter((keys) => !keys.includes('before_code')),
      [],
    );
  });

  it('writes a pack of one', async () => {
    const browser = await workbench.openBrowser();
    await openDetails(workbench, /^Function retry/);
    await browser.getByRole('button', { name: 'Share as a pack' }).click();
    await eventually(async () => {
      assert.match(await workbench.input.inputValue(), /retry\.pack$/);
    });
    await workbench.screenshot('sharing');
    await save('retry.pack');
  });

  describe('with somebody else', () => {
    before(async () => {
      await closeAll();
      const vscode = await openVscode();
      workbench = await vscode.open({ folder: project.folder });
    });

    it('takes in the one that somebody else sent', async () => {
      const browser = await workbench.openBrowser();
      await browser.getByRole('heading', { name: 'The library is empty' }).waitFor();
      await review('retry.pack', /Imported patterns: 1\. Accept them to use them\./);
      const retry = browser.getByRole('row', { name: /^Function retry/ });
      await retry.waitFor();
      assert.equal(await browser.getByRole('row').count(), 1);
      await workbench.screenshot('shared');
      await pressInRow(retry, 'Accept');
      await browser.getByRole('heading', { name: 'Nothing to review' }).waitFor();
      await workbench.screenshot('nothingWaits');
    });

    it('keeps apart what nobody accepted', async () => {
      const { browser } = workbench;
      await review(
        EXPORTS.Pack,
        /Imported patterns: \d+\. Accept them .* Already in the library: 1\./,
      );
      const median = browser.getByRole('row', { name: /^Function median/ });
      await median.waitFor();
      assert.deepEqual(await findWrongs(project.folder, workbench, 'quarantine'), []);
      await pressInRow(median, 'Accept');
      await median.waitFor({ state: 'detached' });
      const cart = browser.getByRole('row', { name: /^Class Cart/ });
      await pressInRow(cart, 'Discard');
      await cart.waitFor({ state: 'detached' });
      await browser.locator('#grid').press('Escape');
      await median.waitFor();
      assert.equal(await browser.getByRole('row').count(), 2);
      await workbench.screenshot('accepted');
    });
  });
});
