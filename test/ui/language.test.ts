import assert from 'node:assert/strict';

import type { TestRepository } from '../support/repository.ts';
import { createSampleProject } from '../support/sampleProject.ts';
import { openVscode } from './support/vscode.ts';

describe('in another language', () => {
  let project: TestRepository;

  beforeEach(() => {
    project = createSampleProject();
  });
  afterEach(() => {
    project.remove();
  });

  it('says everything in it', async () => {
    const vscode = await openVscode({
      isPseudoLocalized: true,
      settings: { 'patternFoundry.extraction.offer': false },
    });
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
});

/** Three letters of ASCII in a row are in no text of the pseudo-locale. */
function isEnglish(text: string): boolean {
  return /[A-Za-z]{3}/.test(text);
}
