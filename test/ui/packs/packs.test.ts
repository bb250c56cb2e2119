import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { BUILT_CLI } from '../../support/cli/builtCli.ts';
import type { TestRepository } from '../../support/projects/repository.ts';
import { createSampleProject } from '../../support/projects/sampleProject.ts';
import { createTemporaryFolder, type TemporaryFolder } from '../../support/temporaryFolder.ts';
import { openVerdaccio, type TestRegistry } from '../../support/team/verdaccio.ts';
import { inEachLook } from '../support/looks.ts';
import { inSteps } from '../support/steps.ts';
import { closeAll, openVscode, type Vscode } from '../support/vscode.ts';
import type { Workbench } from '../support/workbench.ts';

const ABOUT = [
  '--name',
  '@team/retry',
  '--description',
  'Tries again what failed',
  '--author',
  'Ann',
];

/** What the window says of its theme. */
function classOf(theme: string): string {
  if (theme.includes('High Contrast')) return theme.includes('Light') ? '.hc-light' : '.hc-black';
  return theme.startsWith('Light') ? '.vs' : '.vs-dark';
}

describe('packs in VS Code', function () {
  inSteps(this);

  let project: TestRepository;
  let folder: TemporaryFolder;
  let registry: TestRegistry;
  let vscode: Vscode;
  let workbench: Workbench;

  before(async () => {
    project = createSampleProject();
    folder = createTemporaryFolder();
    registry = await openVerdaccio(folder.path);
    for (const [at, version] of ['1.0.0', '1.1.0'].entries()) await publish(version, at + 1);
    vscode = await openVscode({ environment: { npm_config_registry: registry.url } });
    workbench = await vscode.open({ folder: project.folder });
  });
  after(async () => {
    await closeAll();
    await registry.close();
    folder.remove();
    project.remove();
  });

  /** Each version has one pattern more. */
  async function publish(version: string, patterns: number): Promise<void> {
    const library = join(folder.path, 'library');
    const run = (argv: readonly string[], input = ''): void => {
      const env = { ...process.env, PATTERN_FOUNDRY_LIBRARY: library };
      execFileSync(process.execPath, [BUILT_CLI, ...argv], { env, input, stdio: 'pipe' });
    };
    const code = `def tried_${patterns}(call):\n${'    call()\n'.repeat(patterns + 4)}    return call\n`;
    run(['add', '--language', 'python', '--name', `tried_${patterns}`], code);
    const place = join(folder.path, version);
    run(['pack', 'build', place, ...ABOUT, '--pack-version', version, '--all']);
    run(['pack', 'sign', place]);
    await registry.publish(place);
  }

  const dialog = (text: string): Locator =>
    workbench.page.locator('.monaco-dialog-box', { hasText: text });

  /** Goes on to the dialog that says what the version changes. */
  async function browseTo(version: string): Promise<void> {
    const { page, input } = workbench;
    await workbench.run('Pattern Foundry: Browse Packs…');
    await page.locator('.quick-input-widget', { hasText: 'leave empty to list all' }).waitFor();
    await input.fill('again');
    await page.keyboard.press('Enter');
    await workbench.pick('@team/retry');
    await page.locator('.quick-input-widget', { hasText: 'Versions of @team/retry' }).waitFor();
    await workbench.pick(version);
    await dialog(`@team/retry ${version}`).waitFor();
  }

  it('are found in the registry, shown with what they hold, and added', async () => {
    await browseTo('1.0.0');
    await inEachLook(project.folder, async ({ name, theme }) => {
      const { page } = workbench;
      await page.locator(`.monaco-workbench${classOf(theme)}`).waitFor();
      await workbench.screenshot(`packDialog-${name}`);
    });
    await dialog('seen for the first time')
      .getByRole('button', { name: 'Add', exact: true })
      .click();
    await workbench.notification('“@team/retry” was added').waitFor();
    await workbench.dismissNotifications();
  });

  it('go over to another version, after showing what that changes', async () => {
    await browseTo('1.1.0');
    await workbench.screenshot('packVersion');
    await dialog('as before').getByRole('button', { name: 'Switch Version', exact: true }).click();
    await workbench.notification('is now at version 1.1.0').waitFor();
  });
});
