import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

import type { Vscode } from './vscode.ts';

const CLI = resolve(import.meta.dirname, '../../../dist/cli.js');

/** Fills the library that the windows of a VS Code read, from the command line. */
export function learn({ sandbox }: Vscode, folder: string): void {
  execFileSync(process.execPath, [CLI, 'extract', folder, '--no-embed'], {
    env: { ...process.env, PATTERN_FOUNDRY_LIBRARY: sandbox.library },
    stdio: 'pipe',
  });
}
