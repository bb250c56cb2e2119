/**
 * The tests of `test/host` in the desktop VS Code, which is downloaded first. Needs a network and a
 * display.
 *
 * `npm run test:electron [-- VERSION]` takes the newest stable version when none is named.
 */
import { runTests } from '@vscode/test-electron';
import { join, resolve } from 'node:path';

import { bundleTests } from './bundleTests.ts';
import { createHostWorkspace } from './hostWorkspace.ts';

const ROOT = resolve(import.meta.dirname, '../..');

const workspace = createHostWorkspace();

async function main(): Promise<void> {
  const { tests } = await bundleTests();
  process.exitCode = await runTests({
    version: process.argv[2] ?? 'stable',
    cachePath: join(ROOT, '.cache/vscode-electron'),
    extensionDevelopmentPath: ROOT,
    extensionTestsPath: tests,
    extensionTestsEnv: { PATTERN_FOUNDRY_LIBRARY: join(workspace.place, 'library') },
    launchArgs: [
      workspace.file,
      '--disable-extensions',
      '--disable-workspace-trust',
      '--skip-welcome',
      ...['--user-data-dir', join(workspace.place, 'user')],
    ],
  });
}

main()
  .catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  })
  .finally(() => {
    workspace.remove();
  });
