import assert from 'node:assert/strict';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { ROUND } from '../../support/engine/snippets.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { eventually } from '../support/eventually.ts';
import { openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const TASKS = {
  version: '2.0.0',
  tasks: ['passes', 'fails'].map((label) => ({
    label,
    type: 'shell',
    command: `sleep 1; touch ${label}; exit ${label === 'passes' ? 0 : 1}`,
    group: 'build',
    problemMatcher: [],
    presentation: { reveal: 'silent', close: label === 'passes' },
  })),
};

/** Longer than it takes from a build that went well to the patterns. */
const SETTLED_MS = 4_000;

describe('keeping up', () => {
  let project: TestRepository;
  let more: TemporaryFolder;

  beforeEach(() => {
    project = createSampleProject();
    more = createTemporaryFolder({ 'coins/round.js': ROUND });
  });
  afterEach(() => {
    project.remove();
    more.remove();
  });

  it('follows builds that go well, and only those', async () => {
    mkdirSync(join(project.folder, '.vscode'));
    writeFileSync(join(project.folder, '.vscode/tasks.json'), JSON.stringify(TASKS));
    const vscode = await openVscode({
      settings: {
        'patternFoundry.extraction.auto': 'afterSuccessfulBuild',
      },
    });
    const workbench = await vscode.open({ folder: project.folder });
    await extract(workbench);
    const browser = await workbench.openBrowser();
    await browser.getByRole('searchbox').fill('round to coins');
    const learned = browser.getByRole('row', { name: /^Function roundToCoins/ });
    writeFileSync(join(project.folder, 'src/round.js'), ROUND);

    await runTask(workbench, 'fails');
    await eventually(() => {
      assert.ok(existsSync(join(project.folder, 'fails')));
    });
    await workbench.page.waitForTimeout(SETTLED_MS);
    assert.equal(await learned.count(), 0);
    await workbench.screenshot('buildFailed');

    await runTask(workbench, 'passes');
    await learned.waitFor();
    await workbench.screenshot('buildPassed');
  });

  it('learns from a folder that is added, and leaves it alone when it is removed', async () => {
    const vscode = await openVscode();
    const workspace = join(vscode.sandbox.folder, 'two.code-workspace');
    const open = (...folders: readonly string[]): void => {
      writeFileSync(workspace, JSON.stringify({ folders: folders.map((path) => ({ path })) }));
    };
    open(project.folder);
    const workbench = await vscode.open({ workspace });
    await extract(workbench);
    const browser = await workbench.openBrowser();
    open(project.folder, more.path);
    await eventually(async () => {
      await workbench.run('Pattern Foundry: Extract Patterns');
      await workbench.choices.nth(1).waitFor({ timeout: 3_000 });
    });
    await workbench.screenshot('chooseFolders');
    await workbench.page.keyboard.press('Enter');
    await browser.getByRole('searchbox').fill('round to coins');
    const learned = browser.getByRole('row', { name: /^Function roundToCoins/ });
    await learned.waitFor();
    open(project.folder);
    await workbench.run('View: Show Explorer');
    await workbench.page
      .locator('.explorer-folders-view')
      .getByText(more.path.split('/').at(-1) ?? '')
      .waitFor({ state: 'detached' });
    await workbench.openBrowser();
    // What was learned stays in the library.
    await browser.getByRole('button', { name: 'All projects', exact: true }).click();
    await learned.waitFor();
    await workbench.screenshot('folderRemoved');
  });
});

async function extract(workbench: Workbench): Promise<void> {
  await workbench.run('Pattern Foundry: Extract Patterns');
  await workbench.notification(/\d+ patterns of .*, after reading/).waitFor();
  await workbench.dismissNotifications();
}

async function runTask(workbench: Workbench, label: string): Promise<void> {
  await workbench.run('Tasks: Run Task');
  await workbench.pick(label);
}
