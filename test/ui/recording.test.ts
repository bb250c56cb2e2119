import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TestRepository } from '../support/repository.ts';
import { createSampleProject } from '../support/sampleProject.ts';
import { eventually } from './support/eventually.ts';
import { runCommandLine } from './support/learn.ts';
import { closeAll, openVscode, type Vscode } from './support/vscode.ts';
import type { Workbench } from './support/workbench.ts';

const TEST = `const { test } = require('node:test');
test('the till opens', () => require('./till.js').open());
`;

describe('a session of one’s own', () => {
  let project: TestRepository;
  let vscode: Vscode;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    writeFileSync(join(project.folder, 'till.test.js'), TEST);
    writeFileSync(join(project.folder, 'till.js'), '');
    vscode = await openVscode();
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
    await workbench.run('Terminal: Create New Terminal');
    // The circle before the prompt: from then on the shell tells of its commands.
    await workbench.page.locator('.terminal-command-decoration').first().waitFor();
    await inTerminal('node --test till.test.js');
    await isRecorded(/"command":"node --test till\.test\.js".*"exitCode":1/);
    await workbench.openFile('till.js');
    await workbench.page.locator('.editor-instance .view-lines').click();
    await workbench.page.keyboard.type('exports.open = () => true;');
    await workbench.page.keyboard.press('Control+S');
    await isRecorded(/exports\.open/);
    await inTerminal('node --test till.test.js');
    await isRecorded(/"command":"node --test till\.test\.js".*"exitCode":0/);
    project.git('add', '.');
    project.git('commit', '--quiet', '--message', 'The till opens');
    await isRecorded(/"did":"commit"/);
    await workbench.screenshot('recording');
  });

  it('teaches the error that the test told', async () => {
    // The session ends with the window.
    await workbench.page.close();
    await isRecorded(/"did":"end"/);
    runCommandLine(vscode, 'learn', '--all');
    const { errors } = JSON.parse(runCommandLine(vscode, 'learn', 'errors', '--json')) as {
      readonly errors: readonly { readonly examples: readonly string[] }[];
    };
    assert.deepEqual(errors.map(({ examples }) => examples).flat(), [
      'TypeError [Error]: require(...).open is not a function',
    ]);
  });

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
