import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { openDetails, pressInRow } from '../support/details.ts';
import { logGit, type GitLog } from '../support/gitLog.ts';
import { runCommandLine } from '../support/learn.ts';
import { findWrongs } from '../support/looks.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

/** Two of the four commits are of days before; the other two are fixes. */
const SINCE = '2023-11-16';
/** Whoever reads it lists one pattern. */
const CONFIG = 'search:\n  default_limit: 1\n';

describe('a folder that is not trusted', function () {
  inSteps(this);

  let project: TestRepository;
  let git: GitLog;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    writeFileSync(join(project.folder, '.pattern-foundry.yaml'), CONFIG);
    const vscode = await openVscode({ asksForTrust: true });
    git = logGit(vscode);
    runCommandLine(vscode, 'extract', project.folder, '--no-embed', '--no-git');
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  /** Labels of what is listed before anything is typed. */
  async function listed(): Promise<readonly string[]> {
    await workbench.run('Pattern Foundry: Search Patterns…');
    await workbench.choices
      .filter({ hasText: /TypeScript|JavaScript/ })
      .first()
      .waitFor();
    const labels = await workbench.labels.allInnerTexts();
    await workbench.page.keyboard.press('Escape');
    return labels;
  }

  it('leaves search and ratings, and neither runs nor extracts anything', async () => {
    await workbench.page.locator('.statusbar-item', { hasText: 'Restricted Mode' }).waitFor();
    const browser = await workbench.openBrowser();
    await browser.getByText('Restricted mode').waitFor();
    await browser.getByRole('searchbox').fill('until it works');
    await browser.getByText('2 matches').waitFor();
    const retry = browser.getByRole('row', { name: /^Function retry/ });
    await pressInRow(retry, /^Thumbs up/);
    await retry.locator('[aria-pressed="true"]').waitFor({ state: 'attached' });
    assert.deepEqual(await findWrongs(project.folder, workbench, 'untrusted'), []);
    // As many as are in sight are told.
    const searching = await workbench.offered('Pattern Foundry: Search');
    assert.ok(
      searching.some((label) => label.includes('Search Patterns')),
      searching.join('\n'),
    );
    const extracting = await workbench.offered('Pattern Foundry: Extract');
    assert.deepEqual(
      extracting.filter((label) => label.includes('Extract Patterns')),
      [],
    );
  });

  it('has no say in what is listed, and no git is run in it', async () => {
    const { browser, page } = workbench;
    await openDetails(workbench, /^Function retry/);
    await browser.locator('#details').getByText('src/retry.js').waitFor();
    await page.keyboard.press('Escape');
    await browser.locator('[role=row]:focus').waitFor();
    const labels = await listed();
    assert.ok(labels.length > 2, labels.join('\n'));
    assert.deepEqual(git.runs(), []);
  });

  it('can be extracted as soon as it is trusted', async () => {
    const { browser, page } = workbench;
    await browser.getByRole('button', { name: 'Manage Trust' }).click();
    const editor = page.locator('.workspace-trust-editor');
    await editor.getByRole('button', { name: 'Trust', exact: true }).click();
    await browser.getByText('Restricted mode').waitFor({ state: 'detached' });
    // The button that had the focus is gone.
    await editor.focus();
    await page.keyboard.press('Escape');
    await editor.waitFor({ state: 'hidden' });
    await workbench.screenshot('trusted');
    const offered = await workbench.offered('Pattern Foundry: Extract');
    assert.ok(offered.some((label) => label.endsWith('Extract Patterns')));
    const [, all, ...more] = await listed();
    assert.match(all ?? '', /^Show all \d+ in the browser$/);
    assert.deepEqual(more, []);
  });

  it('gives its history from a day on', async () => {
    const { input, page } = workbench;
    await workbench.run('Pattern Foundry: Extract Patterns From Git History…');
    await workbench.pick('Since a date…');
    await page.getByText('Only commits from this day on').waitFor();
    await input.fill('16.11.2023');
    await page.getByText('Enter a day as YYYY-MM-DD.').waitFor();
    await workbench.screenshot('historySince');
    await input.fill(SINCE);
    await page.keyboard.press('Enter');
    await workbench.notification(/, after reading 0 files and 2 commits/).waitFor();
    await workbench.browser.getByRole('searchbox').fill('');
    await workbench.browser
      .getByRole('row', { name: /^Function poll.* 1 change, 1 fix/ })
      .waitFor();
    await workbench.screenshot('history');
    assert.ok(
      git.runs().some((run) => / log .*--since-as-filter=@/.test(run)),
      git.runs().join('\n'),
    );
  });
});
