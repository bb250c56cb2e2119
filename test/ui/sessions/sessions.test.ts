import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FrameLocator } from 'playwright-core';
import { claudeRows, writeClaudeLog } from '../../support/sessions/sessionLogs.ts';
import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { eventually } from '../support/eventually.ts';
import { inEachLook } from '../support/looks.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const TITLE = 'A discount is taken off the cart';

const COMMIT = 'Take the discount off before the tax';

const TASKS = {
  version: '2.0.0',
  tasks: ['passes', 'fails'].map((label) => ({
    ...{ label, type: 'shell', group: 'test', problemMatcher: [] },
    command: `sleep 1; exit ${label === 'passes' ? 0 : 1}`,
    presentation: { reveal: 'silent', close: label === 'passes' },
  })),
};

describe('sessions of agents', () => {
  let project: TestRepository;
  let workbench: Workbench;
  let recordings: string;

  before(async () => {
    project = createSampleProject();
    mkdirSync(join(project.folder, '.vscode'));
    writeFileSync(join(project.folder, '.vscode/tasks.json'), JSON.stringify(TASKS));
    const vscode = await openVscode();
    recordings = join(vscode.sandbox.library, 'recordings');
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

  it('of one’s own are recorded: test runs that fail and pass, and a commit', async () => {
    const isRecorded = (what: RegExp): Promise<void> =>
      eventually(() => {
        const [file = ''] = readdirSync(recordings);
        assert.match(readFileSync(join(recordings, file), 'utf8'), what);
      });
    await runTask('fails');
    await isRecorded(/"name":"fails",.*"exitCode":1/);
    await workbench.dismissNotifications();
    await runTask('passes');
    await isRecorded(/"name":"passes",.*"exitCode":0/);
    project.git('commit', '--quiet', '--allow-empty', '--message', COMMIT);
    await isRecorded(/"did":"commit"/);
    await workbench.run('View: Close All Editors');
    await workbench.run('Pattern Foundry: Refresh Sessions');
    await workbench.run('Pattern Foundry: Open Session Report');
    await workbench.pick(COMMIT);
    const report = page();
    await report.getByRole('heading', { name: COMMIT }).waitFor();
    const headline = await report.locator('#headline').textContent();
    assert.match(headline ?? '', /2 test runs, 1 failed/);
    // Nothing is known of a context, and still when the runs and the commit were.
    const timeline = report.locator('#timeline');
    await timeline.locator('canvas').waitFor();
    await timeline.focus();
    const whole = await timeline.getAttribute('aria-label');
    await workbench.page.keyboard.press('+');
    assert.notEqual(await timeline.getAttribute('aria-label'), whole);
    await workbench.screenshot('session-recorded');
  });

  async function runTask(label: string): Promise<void> {
    await workbench.run('Tasks: Run Task');
    await workbench.pick(label);
  }

  it('look right in every theme', async () => {
    await inEachLook(project.folder, async ({ name, body }) => {
      await page().locator(`${body} #headline`).waitFor();
      await workbench.screenshot(`session-${name}`);
    });
  });
});
