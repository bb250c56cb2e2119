import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { POLL } from '../../support/engine/snippets.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { openVscode } from '../support/vscode.ts';

/** So many that they are not read in a moment. */
const FUNCTIONS = 1500;

describe('a workspace of several folders', () => {
  let project: TestRepository;
  let more: TemporaryFolder;

  beforeEach(() => {
    project = createSampleProject();
    // Each has words of its own, and differs in more than them, so that each is a pattern.
    const texts = Array.from({ length: FUNCTIONS }, (_, number) => {
      const line = `  if (ask.count > ${number}) return ask(${'0, '.repeat(number % 300)}1);\n`;
      return POLL.replace('  while', `${line}  while`).replaceAll('poll', `poll${number}`);
    });
    more = createTemporaryFolder(
      Object.fromEntries(texts.map((text, number) => [`poll${number}.js`, text])),
    );
  });
  afterEach(() => {
    project.remove();
    more.remove();
  });

  it('is not done before its last folder', async () => {
    const vscode = await openVscode();
    const workspace = join(vscode.sandbox.folder, 'two.code-workspace');
    const folders = [project.folder, more.path].map((path) => ({ path }));
    writeFileSync(workspace, JSON.stringify({ folders }));
    const workbench = await vscode.open({ workspace });
    await workbench.run('Pattern Foundry: Extract Patterns');
    await workbench.choices.nth(1).waitFor();
    await workbench.page.keyboard.press('Enter');
    const progress = workbench.notification(/folder 2 of 2, files \d/);
    await progress.waitFor();
    const bar = workbench.page.locator('.notifications-toasts .progress-bit');
    const width = await bar.evaluate(({ style }) => style.width);
    assert.match(width, /%$/);
    assert.ok(Number.parseFloat(width) < 100, width);
    await workbench.screenshot('severalFolders');
    await workbench.notification(/\d+ patterns of .*, after reading/).waitFor();
  });
});
