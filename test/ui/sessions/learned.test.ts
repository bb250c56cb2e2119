import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { closeLibrary, openTestLibrary } from '../../support/library/library.ts';
import { experienceOf } from '../../support/library/libraryEvents.ts';
import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { claudeRows, writeClaudeLog } from '../../support/sessions/sessionLogs.ts';
import { inEachLook } from '../support/looks.ts';
import { closeAll, openVscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const ERROR = "ModuleNotFoundError: No module named 'till'";

describe('what sessions taught', () => {
  let project: TestRepository;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    // Drawn as text, so that what the terminal shows can be waited for.
    const vscode = await openVscode({
      settings: { 'terminal.integrated.gpuAcceleration': 'off' },
    });
    const home = join(vscode.sandbox.folder, 'home');
    // Another folder than the one that is open.
    const folder = join(vscode.sandbox.folder, 'other');
    mkdirSync(folder);
    const log = { id: 'a-mended-test', folder };
    const rows = claudeRows(log)
      .prompt('make the tests of the till pass')
      .call('Bash', { command: 'pytest tests' }, { text: ERROR, isError: true })
      .call('Write', { file_path: join(folder, 'till/__init__.py'), content: 'OPEN = True\n' })
      .call('Bash', { command: 'pytest tests' }, { text: '3 passed in 0.12s' });
    writeClaudeLog(home, log, rows.titled('The till opens'));
    const library = await openTestLibrary(vscode.sandbox.library);
    const aside = { outcome: 'unknown', pruned: 'it got over no error' } as const;
    await library.record([
      { ...experienceOf('git:bakery', 'codex first-look', []), ...aside },
      { ...experienceOf('git:bakery', 'codex second-look', []), ...aside },
    ]);
    closeLibrary(library);
    // VS Code drops what a command prints that ends in the same moment; real runs take longer.
    writeFileSync(join(project.folder, 'count.sh'), `echo "${ERROR}"; read answer; exit 1\n`);
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  function rows(text: string): Locator {
    return workbench.page.locator('.pane-body .monaco-list-row', { hasText: text });
  }

  it('is listed after a command has learned it, with the sessions it is from', async () => {
    await workbench.run('Pattern Foundry: Learn From Sessions');
    await workbench.notification('Strategies: 1. Errors: 1.').waitFor();
    await workbench.dismissNotifications();
    await rows('Strategies').waitFor();
    await rows('Recurring Errors').waitFor();
    const lessons = rows(ERROR);
    assert.equal(await lessons.count(), 1);
    await rows('add <name>/__init__.py, try again').waitFor();
    await workbench.screenshot('learned');
    await lessons.last().locator('.monaco-tl-twistie').click();
    await rows('a-mended-test').click();
    await workbench.page.locator('.tab.active', { hasText: 'The till opens' }).waitFor();
  });

  it('shows what was set aside with the reason, and restores one or all', async () => {
    const all = rows('Set Aside');
    await all.click();
    const [first, second] = [rows('first-look'), rows('second-look')];
    await first.getByText('it got over no error').waitFor();
    await workbench.screenshot('setAside');
    await first.hover();
    await first.getByLabel('Restore Sessions That Were Set Aside').click();
    await first.waitFor({ state: 'detached' });
    await second.waitFor();
    await all.hover();
    await all.getByLabel('Restore Sessions That Were Set Aside').click();
    await all.waitFor({ state: 'detached' });
  });

  it('opens, and is rated from its row', async () => {
    const lesson = rows(ERROR).last();
    await lesson.click();
    const text = workbench.page.locator('.editor-instance .view-lines');
    await text.getByText('=> till/__init__.py: OPEN = True').waitFor();
    await lesson.hover();
    await lesson.getByLabel('Thumbs Up').click();
    await workbench.page
      .getByText('Thumbs up for “module_not_found_error_no_module_named”')
      .waitFor();
  });

  it('is told of in the status bar when a terminal ends with the error, in another folder too', async () => {
    await workbench.run('Terminal: Create New Terminal');
    // The circle before the prompt: from then on the shell tells of its commands.
    await workbench.page.locator('.terminal-command-decoration').first().waitFor();
    await workbench.page.keyboard.type('sh count.sh\n');
    await workbench.page.locator('.xterm-rows', { hasText: 'ModuleNotFoundError' }).waitFor();
    await workbench.page.keyboard.press('Enter');
    const hint = workbench.page.locator('.statusbar-item[id*="knownError"]');
    await hint.getByText('Fixed before by: till/__init__.py: OPEN = True').waitFor();
    await hint.hover();
    await workbench.page.getByText('This worked once.').waitFor();
    await workbench.screenshot('knownError');
    await workbench.page.keyboard.type('true\n');
    await hint.waitFor({ state: 'hidden' });
  });

  it('looks right in every theme', async () => {
    await inEachLook(project.folder, async ({ name, theme }) => {
      await workbench.page.locator(`.monaco-workbench.${classOf(theme)}`).waitFor();
      await workbench.screenshot(`learned-${name}`);
    });
  });
});

/** What VS Code calls a theme in its page. */
function classOf(theme: string): string {
  if (theme.includes('High Contrast')) return theme.includes('Light') ? 'hc-light' : 'hc-black';
  return theme.startsWith('Light') ? 'vs' : 'vs-dark';
}
