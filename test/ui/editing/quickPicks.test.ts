import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { eventually } from '../support/eventually.ts';
import { configureFolder } from '../support/folderSettings.ts';
import { learn, listPatterns, runCommandLine } from '../support/learn.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode, type Vscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

/** Resembles `retry`; where it has nothing yet, a person is about to write. */
const AGAIN = `export async function fetchAgain(url, times) {
  for (let attempt = 0; attempt < times; attempt += 1) {
    try {
      
    } catch (error) {
      if (attempt === times - 1) throw error;
    }
  }
}
`;
const GAP = 4;
/** What `retry` is described by. */
const RETRY = 'Calls again until it works.';

describe('a person who keeps to the keyboard', function () {
  inSteps(this);

  let project: TestRepository;
  let vscode: Vscode;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    // Tab would take a suggestion instead of going on.
    vscode = await openVscode({ settings: { 'editor.quickSuggestions': false } });
    learn(vscode, project.folder);
    writeFileSync(join(project.folder, 'src/again.js'), AGAIN);
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  /** What is suggested where the cursor is, each by its description. */
  async function suggested(): Promise<readonly string[]> {
    await workbench.run('Pattern Foundry: Insert Pattern…');
    await workbench.choices.filter({ hasText: 'JavaScript' }).first().waitFor();
    return workbench.choices.locator('.quick-input-list-label-meta').allInnerTexts();
  }

  it('is suggested what fits where the cursor is, and sees it', async () => {
    const { page, input } = workbench;
    await workbench.openFile('again.js');
    await workbench.goToLine(GAP);
    await page.keyboard.press('End');
    const [first] = await suggested();
    assert.equal(first, RETRY);
    assert.equal(await input.inputValue(), '');
    await page.locator('.tab', { hasText: 'retry' }).waitFor();
    await page.locator('.view-line', { hasText: 'return await call(attempt)' }).waitFor();
    await workbench.screenshot('suggested');
    await page.keyboard.press('Escape');
  });

  it('is spared what did not serve, as soon as that was said often enough', async () => {
    const id = listPatterns(vscode).find(({ description }) => description === RETRY)?.id ?? '';
    const rate = (session: string): void => {
      runCommandLine(vscode, 'rate', id, 'down', '--session', session);
    };
    const isSuggested = async (): Promise<boolean> => {
      const descriptions = await suggested();
      await workbench.page.keyboard.press('Escape');
      return descriptions.includes(RETRY);
    };
    rate('first');
    rate('second');
    assert.equal(await isSuggested(), true);
    rate('third');
    await eventually(async () => {
      assert.equal(await isSuggested(), false);
    });
    configureFolder(project.folder, { 'patternFoundry.injection.minSuccessRate': 0 });
    await eventually(async () => {
      assert.equal(await isSuggested(), true);
    });
  });

  it('inserts it with tab stops', async () => {
    const { page, choices } = workbench;
    await suggested();
    const best = choices.first().filter({ hasText: RETRY });
    const copy = best.getByRole('button', { name: 'Copy' });
    const insert = best.getByRole('button', { name: 'Insert With Tab Stops' });
    await copy.waitFor();
    while (!(await isFocused(copy))) await page.keyboard.press('Tab');
    await page.keyboard.press('ArrowRight');
    assert.ok(await isFocused(insert));
    await page.keyboard.press('Enter');
    await page.locator('.snippet-placeholder').first().waitFor();
    await workbench.screenshot('tabStops');
    for (const name of ['goOn', 'load', 'tries']) {
      await page.keyboard.type(name);
      await page.keyboard.press('Tab');
    }
    await eventually(async () => {
      const text = await workbench.editorText();
      assert.match(text, / {6}export async function goOn\(load, tries\)/);
      assert.match(text, /attempt < tries;[^]*return await load\(attempt\)/);
    });
    await page.keyboard.press('Escape');
    await workbench.screenshot('tabStopsFilled');
  });

  it('rates by a digit', async () => {
    const { page, input, choices } = workbench;
    await workbench.run('Pattern Foundry: Rate Pattern');
    await choices.first().filter({ hasNotText: 'median' }).waitFor();
    await input.fill('middle of sorted numbers');
    await choices.first().filter({ hasText: 'median' }).waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Rate “median”').waitFor();
    for (const digit of ['5', '1', '2', '3', '4']) {
      await input.fill(digit);
      await eventually(async () => {
        const [only, ...more] = await choices.allInnerTexts();
        assert.match(only ?? '', new RegExp(digit));
        assert.deepEqual(more, []);
      });
    }
    await workbench.screenshot('rateByDigit');
    await page.keyboard.press('Enter');
    await workbench.notification('Your rating of “median” was saved.').waitFor();
    const rated = listPatterns(vscode).find(({ name }) => name === 'median');
    assert.deepEqual([rated?.ratingCount, rated?.avgRating], [1, 4]);
  });
});

function isFocused(element: Locator): Promise<boolean> {
  return element.evaluate((drawn) => drawn === document.activeElement);
}
