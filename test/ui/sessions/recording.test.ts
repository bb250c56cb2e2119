import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { eventually } from '../support/eventually.ts';
import { runCommandLine } from '../support/learn.ts';
import { closeAll, openVscode, type Vscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const TEST = `const { test } = require('node:test');
test('the till opens', () => require('./till.js').open());
`;

/** Programs for the debugger: one that fails and one that does not. */
const LAUNCHED = { 'sell nothing': 'throw new Error("no bread");', 'sell bread': 'void 0;' };

describe('a session of one’s own', () => {
  let project: TestRepository;
  let vscode: Vscode;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    writeFileSync(join(project.folder, 'till.test.js'), TEST);
    const configurations = Object.entries(LAUNCHED).map(([name, code], at) => {
      writeFileSync(join(project.folder, `launched${at}.js`), code);
      const program = `\${workspaceFolder}/launched${at}.js`;
      return { type: 'node', request: 'launch', name, program };
    });
    mkdirSync(join(project.folder, '.vscode'));
    writeFileSync(join(project.folder, '.vscode/launch.json'), JSON.stringify({ configurations }));
    // Drawn as text, so that what the terminal shows can be waited for.
    vscode = await openVscode({ settings: { 'terminal.integrated.gpuAcceleration': 'off' } });
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    project.remove();
  });

  it('is recorded from a terminal: a test that fails, what mends it, that it passes, a commit', async () => {
    // From then on the extension is there.
    const browser = await workbench.openBrowser();
    await browser.getByRole('heading', { name: 'The library is empty' }).waitFor();
    await openTerminal();
    await inTerminal('node --test till.test.js');
    await isRecorded(/"command":"node --test till\.test\.js".*"exitCode":1/);
    await workbench.run('File: New Untitled Text File');
    await workbench.page.locator('.editor-instance .view-lines').click();
    await workbench.page.keyboard.type('exports.open = () => true;');
    await workbench.page.keyboard.press('Control+S');
    // The name that it proposes comes a moment after the input, over what was filled in until then.
    await eventually(async () => {
      assert.match(await workbench.input.inputValue(), /exports/);
    });
    await workbench.input.fill(join(project.folder, 'till.js'));
    await workbench.page.keyboard.press('Enter');
    await isRecorded(/exports\.open/);
    await inTerminal('node --test till.test.js');
    await isRecorded(/"command":"node --test till\.test\.js".*"exitCode":0/);
    project.git('add', '.');
    project.git('commit', '--quiet', '--message', 'The till opens');
    await isRecorded(/"did":"commit"/);
    await workbench.screenshot('recording');
  });

  it('is recorded from the debugger: a program that fails, and one of which nothing is told', async () => {
    for (const [name, ended] of [
      ['sell nothing', ',"exitCode":1'],
      // The debugger of Node says as little of a program that a signal killed.
      ['sell bread', ''],
    ] as const) {
      await workbench.run('Debug: Select and Start Debugging');
      await workbench.pick(name);
      await isRecorded(new RegExp(`"how":"debug","name":"${name}"${ended},"number"`));
    }
    await workbench.screenshot('recording-debugger');
  });

  it('teaches the error with what mended it, and a strategy', async () => {
    // The session ends with the window.
    await workbench.page.close();
    await isRecorded(/"did":"end"/);
    runCommandLine(vscode, 'learn', '--all');
    const errors = runCommandLine(vscode, 'list', '--all', '--kind', 'error', '--json');
    assert.match(errors, /Cannot find module.*till\.js: exports\.open = \(\) => true;/);
    const strategies = runCommandLine(vscode, 'learn', 'strategies', '--json');
    assert.match(strategies, /When: Error: Cannot find module .*add `<name>`.*try again/);
  });

  it('tells in another folder what mended the error', async () => {
    const other = createSampleProject();
    try {
      writeFileSync(join(other.folder, 'till.test.js'), TEST);
      workbench = await vscode.open({ folder: other.folder });
      await openTerminal();
      await inTerminal('node --test till.test.js');
      const hint = workbench.page.locator('.statusbar-item[id*="knownError"]');
      await hint.getByText('Fixed before by: till.js: exports.open').waitFor();
      await workbench.screenshot('recorded-hint');
    } finally {
      await workbench.page.close();
      other.remove();
    }
  });

  async function openTerminal(): Promise<void> {
    await workbench.run('Terminal: Create New Terminal');
    // The circle before the prompt: from then on the shell tells of its commands.
    await workbench.page.locator('.terminal-command-decoration').first().waitFor();
  }

  async function inTerminal(command: string): Promise<void> {
    await workbench.run('Terminal: Focus Terminal');
    await workbench.page.locator('.xterm.focus').waitFor();
    await workbench.page.keyboard.type(`${command}\n`);
  }

  /** In one line of what was recorded, which is one JSON object a line. */
  function isRecorded(what: RegExp): Promise<void> {
    const folder = join(vscode.sandbox.library, 'recordings');
    return eventually(() => {
      const [file = ''] = readdirSync(folder);
      assert.match(readFileSync(join(folder, file), 'utf8'), what);
    });
  }
});
