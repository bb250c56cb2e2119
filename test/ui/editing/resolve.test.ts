import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { createRepository, type TestRepository } from '../../support/projects/repository.ts';
import { eventually } from '../support/eventually.ts';
import { learn } from '../support/learn.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const GUARD = '    if parcel is None:\n        raise ValueError("there is no parcel")\n';
const weigh = (name: string, guard = ''): string =>
  `def ${name}(parcel, scale):
    """Says what a parcel costs."""
${guard}    weight = weight_on(parcel, scale)
    rounded = round_up(weight, scale)
    return price_of(rounded, scale)
`;
const FAILURE = `FAILED tests/test_letter.py::test_no_letter - TypeError: nothing to weigh

letter.py:3: in price_letter
    weight = weight_on(parcel, scale)
E   TypeError: nothing to weigh
`;

describe('a person with a failing test', function () {
  inSteps(this);

  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createRepository();
    const both = { 'letter.py': weigh('price_letter'), 'crate.py': weigh('price_crate') };
    project.commit([
      { message: 'prices', files: both },
      {
        message: 'fix: a TypeError for the price of no crate is a clear error',
        files: { 'crate.py': weigh('price_crate', GUARD) },
      },
    ]);
    project.git('reset', '--quiet', '--hard', 'main');
    writeFileSync(join(project.folder, 'printed.txt'), FAILURE);
    const vscode = await openVscode();
    learn(vscode, project.folder);
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  async function selectAll(): Promise<void> {
    await workbench.openFile('printed.txt');
    await workbench.run('Select All');
  }

  it('is led from what it printed to the place, with reasons', async () => {
    await selectAll();
    await workbench.run('Pattern Foundry: Find Where to Fix…');
    await workbench.pick('The selection');
    const first = workbench.choices.filter({ hasText: 'letter.py' }).first();
    await first.filter({ hasText: 'the traceback passes through it' }).waitFor();
    await workbench.screenshot('findWhereToFix');
    await workbench.page.keyboard.press('Enter');
    await workbench.input.waitFor({ state: 'hidden' });
    await eventually(async () => {
      assert.match(await workbench.editorText(), /price_letter/);
    });
  });

  it('finds the editors as they were when the list of fixes is left', async () => {
    await selectAll();
    const tabs = workbench.page.locator('.tabs-container .tab .label-name');
    const before = await tabs.allTextContents();
    await workbench.run('Pattern Foundry: Propose a Fix…');
    await workbench.pick('The selection');
    await workbench.page
      .locator('.view-line', { hasText: /there.is.no.parcel/ })
      .first()
      .waitFor();
    await workbench.page.keyboard.press('Escape');
    await workbench.input.waitFor({ state: 'hidden' });
    await eventually(async () => {
      assert.deepEqual(await tabs.allTextContents(), before);
      assert.match(await workbench.editorText(), /FAILED/);
    });
  });

  it('sees what a fix would change, accepts it and takes it back', async () => {
    await selectAll();
    await workbench.run('Pattern Foundry: Propose a Fix…');
    await workbench.pick('The selection');
    await workbench.choices.filter({ hasText: 'letter.py' }).first().waitFor();
    // Editors write spaces that do not break.
    const proposed = workbench.page.locator('.view-line', { hasText: /there.is.no.parcel/ });
    await proposed.first().waitFor();
    await workbench.screenshot('proposeFix');
    await workbench.page.keyboard.press('Enter');
    await workbench.input.waitFor({ state: 'hidden' });
    await workbench.page
      .getByRole('button', { name: /Accept This Fix/ })
      .first()
      .click();
    await eventually(async () => {
      assert.match(await workbench.editorText(), /there.is.no.parcel/);
    });
    await workbench.screenshot('acceptedFix');
    await workbench.page.keyboard.press('ControlOrMeta+Z');
    await eventually(async () => {
      assert.doesNotMatch(await workbench.editorText(), /there.is.no.parcel/);
    });
  });
});
