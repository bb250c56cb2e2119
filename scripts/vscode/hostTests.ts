/**
 * Runs mocha inside the extension host of a real VS Code, with this checkout as the extension.
 * Mocha's report is the output, and its result the exit code.
 */
import { resolve } from 'node:path';

import { bundleTests } from './bundleTests.ts';
import { createEmptyExtension } from './emptyExtension.ts';
import { createHostWorkspace } from './hostWorkspace.ts';
import { installHost } from './install.ts';
import { runInHost } from './runInHost.ts';

const TIMEOUT_MS = 6 * 60_000;

const host = installHost();
const workspace = createHostWorkspace();

async function main(): Promise<void> {
  const { tests, baseline } = await bundleTests();
  const common = { host, opened: { workspace: workspace.file }, timeoutMs: TIMEOUT_MS };
  let delay = '';
  await runInHost({
    ...common,
    extension: createEmptyExtension(workspace.place),
    tests: baseline,
    onReport: (text) => (delay += text),
  });
  process.exitCode = await runInHost({
    ...common,
    extension: resolve(import.meta.dirname, '../..'),
    tests,
    environment: { PATTERN_FOUNDRY_BASELINE: delay.trim() },
    onReport: (text) => {
      process.stdout.write(text);
    },
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
