import assert from 'node:assert/strict';

import { createRepository, type TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { ROUND } from '../../support/engine/snippets.ts';
import { eventually } from '../support/eventually.ts';
import { learn, listPatterns, runCommandLine } from '../support/learn.ts';
import { findWrongs } from '../support/looks.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

describe('a library of several projects', function () {
  inSteps(this);

  let here: TestRepository;
  let elsewhere: TestRepository;
  let workbench: Workbench;

  before(async () => {
    here = createSampleProject();
    elsewhere = createRepository();
    elsewhere.commit([{ message: 'Round', files: { 'src/round.js': ROUND } }]);
    elsewhere.git('checkout', '--quiet', '--force', 'main');
    const vscode = await openVscode();
    learn(vscode, here.folder);
    learn(vscode, elsewhere.folder);
    // What nobody uses or likes is found, but not listed.
    const coins = listPatterns(vscode).find(({ name }) => name === 'roundToCoins');
    runCommandLine(vscode, 'rate', coins?.id ?? '', 'up');
    workbench = await vscode.open({ folder: here.folder });
    await workbench.openBrowser();
  });
  after(async () => {
    await closeAll();
    here.remove();
    elsewhere.remove();
  });

  /** Kind and name of each row in sight. */
  async function listed(): Promise<readonly string[]> {
    const labels = await workbench.browser
      .getByRole('row')
      .evaluateAll((rows) => rows.map((row) => row.ariaLabel ?? ''));
    return labels.map((label) => label.split(',')[0] ?? '').sort();
  }

  function choose(name: string): Promise<void> {
    return workbench.browser.getByRole('button', { name, exact: true }).click();
  }

  it('lists what is of the workspace', async () => {
    await workbench.browser.getByRole('row', { name: /^Function median/ }).waitFor();
    assert.ok(!(await listed()).includes('Function roundToCoins'));
    assert.equal(await workbench.browser.locator('.row-project').count(), 0);
  });

  it('lists all projects, and names them, when asked to, and also after a reload', async () => {
    await choose('All projects');
    const other = workbench.browser.getByRole('row', { name: /^Function roundToCoins/ });
    await other.locator('.row-project').waitFor();
    assert.deepEqual(await findWrongs(here.folder, workbench, 'allProjects'), []);
    await workbench.reload();
    await workbench.openBrowser();
    await other.waitFor();
    await choose('This workspace');
    await other.waitFor({ state: 'detached' });
  });

  it('finds in other projects what the workspace does not have, and says so', async () => {
    const { browser } = workbench;
    await browser.getByRole('searchbox').fill('coins');
    await browser.getByText('No matches in this workspace. Showing all projects.').waitFor();
    assert.deepEqual(await listed(), ['Function roundToCoins']);
    await workbench.screenshot('widened');
    await browser.getByRole('searchbox').fill('');
    await browser.getByRole('row', { name: /^Function median/ }).waitFor();
  });

  it('takes several values of a facet, and leaves others out', async () => {
    const { browser } = workbench;
    await choose('Filters');
    await browser.getByRole('button', { name: /^Python \d/ }).click();
    await browser.getByRole('button', { name: /^TypeScript \d/ }).click();
    await eventually(async () => {
      const names = ['Function median', 'Function parseSettings', 'Function read_prices'];
      assert.deepEqual(await listed(), names);
    });
    await browser.getByRole('button', { name: /^TypeScript \d/ }).click();
    await browser.getByRole('button', { name: /^Python \d/ }).click();
    await browser.getByRole('button', { name: /^Function \d/ }).hover();
    await choose('Exclude Function');
    await eventually(async () => {
      assert.deepEqual(
        (await listed()).filter((name) => name.startsWith('Function')),
        [],
      );
    });
    assert.deepEqual(await findWrongs(here.folder, workbench, 'facets'), []);
    await browser.getByRole('button', { name: 'Remove filter Kind: not Function' }).click();
    await browser.getByRole('row', { name: /^Function median/ }).waitFor();
  });
});
