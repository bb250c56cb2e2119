import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { readJson } from '../../support/extension/manifest.ts';
import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { toPseudo } from '../support/pseudoLocale.ts';
import { openVscode, type Vscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const NLS = readJson('package.nls.json') as Readonly<Record<string, string>>;
const CONFIG = '.pattern-foundry.yaml';

describe('in another language', () => {
  let project: TestRepository;
  let vscode: Vscode;

  beforeEach(async () => {
    project = createSampleProject();
    vscode = await openVscode({
      isPseudoLocalized: true,
    });
  });
  afterEach(() => {
    project.remove();
  });

  it('says everything in it', async () => {
    const workbench = await vscode.open({ folder: project.folder });
    const browser = await workbench.openBrowser();
    await browser.getByRole('heading', { level: 2 }).waitFor();
    await workbench.screenshot('otherLanguage');
    const texts = await browser.locator('body').allInnerTexts();
    assert.deepEqual(texts.flatMap((text) => text.split('\n')).filter(isEnglish), []);

    const offered = await workbench.offered('Pattern Foundry');
    assert.ok(offered.length > 0);
    assert.deepEqual(offered.filter(isEnglish), []);
  });

  it('says what the engine has to say in it: the note of a run, and an error', async () => {
    const workbench = await vscode.open({ folder: project.folder });
    await workbench.openBrowser();
    writeFileSync(join(project.folder, CONFIG), 'serach:\n  default_limit: 5\n');
    const note = await extract(workbench, `${CONFIG}:1`);
    await workbench.screenshot('otherLanguageNote');
    const names = [basename(project.folder), `${CONFIG}:1`, 'serach', 'search'];
    assert.equal(isEnglish(without(names, note)), false, note);

    await workbench.dismissNotifications();
    writeFileSync(join(project.folder, CONFIG), 'search:\n  default_limit: none\n');
    const error = await extract(workbench, `${CONFIG}:2`);
    await workbench.screenshot('otherLanguageError');
    assert.equal(
      isEnglish(without([`${CONFIG}:2`, 'search.default_limit', CONFIG], error)),
      false,
      error,
    );
  });
});

/** @returns what it comes to, from the notification that holds the text, with its buttons */
async function extract(workbench: Workbench, text: string): Promise<string> {
  const [category, title] = ['category', 'command.extract.title'].map((key) =>
    toPseudo(NLS[key] ?? ''),
  );
  await workbench.run(`${category}: ${title}`);
  const toast = workbench.notification(text);
  await toast.waitFor();
  const message = await toast.locator('.notification-list-item-message').innerText();
  const buttons = await toast.locator('.notification-list-item-buttons-container').innerText();
  return `${message}\n${buttons}`;
}

function without(names: readonly string[], text: string): string {
  return names.reduce((rest, name) => rest.replaceAll(name, ''), text);
}

/** Three letters of ASCII in a row are in no text of the pseudo-locale. */
function isEnglish(text: string): boolean {
  return /[A-Za-z]{3}/.test(text);
}
