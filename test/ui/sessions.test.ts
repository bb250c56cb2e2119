import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { claudeRows, writeClaudeLog } from '../support/sessionLogs.ts';
import type { TestRepository } from '../support/repository.ts';
import { createSampleProject } from '../support/sampleProject.ts';
import { inEachLook } from './support/looks.ts';
import { closeAll, openVscode } from './support/vscode.ts';
import type { Workbench } from './support/workbench.ts';

const TITLE = 'A discount is taken off the cart';

describe('sessions of agents', () => {
  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    const vscode = await openVscode();
    const home = join(vscode.sandbox.folder, 'home');
    const log = { id: 'ui-session', folder: project.folder };
    const rows = claudeRows(log).prompt('take the discount off');
    for (let turn = 0; turn < 20; turn++) rows.say(`step ${turn}`);
    rows
      .call(
        'Bash',
        { command: 'npm test' },
        { text: 'Tests  1 failed | 2 passed (3)', isError: true },
      )
      .call('Bash', { command: 'npm test' }, { text: 'Tests  3 passed (3)' });
    writeClaudeLog(home, log, rows.titled(TITLE));
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  function page(): FrameLocator {
    return workbench.page
      .frameLocator('iframe.webview.ready[src*="extensionId=pattern-foundry."]')
      .frameLocator('iframe#active-frame');
  }

  it('are found in the home, and a report opens whose timeline zooms by keyboard', async () => {
    await workbench.run('Pattern Foundry: Refresh Sessions');
    await workbench.run('Pattern Foundry: Open Session Report');
    await workbench.pick(TITLE);
    const report = page();
    await report.getByRole('heading', { name: TITLE }).waitFor();
    const headline = await report.locator('#headline').textContent();
    assert.match(headline ?? '', /Succeeded · \d+ minutes of work · 660 tokens/);
    const timeline = report.locator('#timeline');
    await timeline.locator('canvas').waitFor();
    await timeline.focus();
    const whole = await timeline.getAttribute('aria-label');
    await workbench.page.keyboard.press('+');
    const zoomed = await timeline.getAttribute('aria-label');
    assert.notEqual(zoomed, whole);
    await workbench.page.keyboard.press('0');
    assert.equal(await timeline.getAttribute('aria-label'), whole);
    await report.getByTitle('Show on the Timeline').first().click();
    assert.notEqual(await timeline.getAttribute('aria-label'), whole);
    await workbench.page.keyboard.press('0');
    assert.equal(await timeline.getAttribute('aria-label'), whole);
  });

  it('look right in every theme', async () => {
    await inEachLook(project.folder, async ({ name, body }) => {
      await page().locator(`${body} #headline`).waitFor();
      await workbench.screenshot(`session-${name}`);
    });
  });
});
