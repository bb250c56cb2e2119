import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { openTestServer, type TestServer } from '../../support/team/teamServer.ts';
import { learn, listPatterns, runCommandLine } from '../support/learn.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode, type Vscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

describe('a team in two windows', function () {
  inSteps(this);

  let project: TestRepository;
  let server: TestServer;
  const ann = {} as Person;
  const bob = {} as Person;

  interface Person {
    vscode: Vscode;
    workbench: Workbench;
  }

  before(async () => {
    project = createSampleProject();
    server = await openTestServer();
    await server.server.ready;
    for (const person of [ann, bob]) {
      person.vscode = await openVscode();
      if (person === ann) learn(person.vscode, project.folder);
      person.workbench = await person.vscode.open({ folder: project.folder });
    }
  });
  after(async () => {
    await closeAll();
    await server.close();
    project.remove();
  });

  async function connect({ workbench }: Person, user: string): Promise<void> {
    const { input, page } = workbench;
    const key = await server.keyOf(user);
    await workbench.run('Pattern Foundry: Connect to Team…');
    await page.locator('.quick-input-widget', { hasText: 'Address of the team' }).waitFor();
    await input.fill(server.server.url);
    await page.keyboard.press('Enter');
    await page.locator('.quick-input-widget', { hasText: 'Your key' }).waitFor();
    await input.fill(key);
    await page.keyboard.press('Enter');
    await workbench.notification(`as ${user}`).waitFor();
    await workbench.dismissNotifications();
  }

  function rowOf({ workbench }: Person, name: string): Locator {
    return workbench.page.locator('.pane', { hasText: 'crew' }).getByRole('treeitem', { name });
  }

  async function answer({ workbench }: Person, button: string): Promise<void> {
    await workbench.page
      .locator('.monaco-dialog-box')
      .getByRole('button', { name: button, exact: true })
      .click();
  }

  it('share one pattern, after showing what leaves', async () => {
    await connect(ann, 'ann');
    await ann.workbench.run('Pattern Foundry: Share With Team…');
    await ann.workbench.input.fill('median');
    await ann.workbench.pick('median');
    await ann.workbench.page
      .locator('.monaco-dialog-box', { hasText: 'This leaves your machine' })
      .waitFor();
    await ann.workbench.screenshot('teamShare');
    await answer(ann, 'Share');
    await ann.workbench.run('Pattern Foundry: Show Team');
    await rowOf(ann, 'median, by ann').waitFor();
    await ann.workbench.screenshot('teamOwn');
  });

  it('receive it in the window of another person, who accepts it and votes', async () => {
    await connect(bob, 'bob');
    await bob.workbench.run('Pattern Foundry: Show Team');
    const row = rowOf(bob, 'median, by ann');
    await row.waitFor();
    await rowOf(bob, 'To Be Reviewed').waitFor();
    await bob.workbench.screenshot('teamWaiting');
    await row.hover();
    await row.getByRole('button', { name: 'Accept What Was Shared…' }).click();
    await answer(bob, 'Accept');
    await rowOf(bob, 'To Be Reviewed').waitFor({ state: 'detached' });
    const [median] = listPatterns(bob.vscode);
    assert.equal(median?.name, 'median');
    runCommandLine(bob.vscode, 'rate', median.id, 'up');
    await bob.workbench.run('Pattern Foundry: Sync With Team');
    await rowOf(bob, 'helpful to 1 of 1').waitFor();
    await ann.workbench.run('Pattern Foundry: Sync With Team');
    await rowOf(ann, 'helpful to 1 of 1').waitFor();
    await bob.workbench.screenshot('teamAccepted');
  });

  it('leave, and forget what others shared', async () => {
    await bob.workbench.run('Pattern Foundry: Leave Team…');
    await answer(bob, 'Leave And Forget');
    const { page, browser } = bob.workbench;
    await page.locator('.pane', { hasText: 'crew' }).waitFor({ state: 'detached' });
    await browser.getByRole('heading', { name: 'The library is empty' }).waitFor();
    await bob.workbench.screenshot('teamLeft');
  });
});
