import { cpSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Two packages of the VS Code server have no prebuilt binary. Logging gets a plain one of the same
 * shape, and the watchdog, which only ends orphans, nothing; tests end whole process groups.
 */
export function replaceNatives(vscode: string): void {
  const packages = join(vscode, 'node_modules/@vscode');
  cpSync(join(import.meta.dirname, 'plainLog.cjs'), join(packages, 'spdlog/index.js'));
  writeFileSync(join(packages, 'native-watchdog/index.js'), 'exports.start = () => {};\n');
  for (const folder of ['@vscode/ripgrep-universal/bin', 'node-pty/prebuilds']) {
    keepOnly(join(vscode, 'node_modules', folder), 'linux-x64');
  }
}

function keepOnly(folder: string, kept: string): void {
  for (const name of readdirSync(folder)) {
    if (name !== kept) rmSync(join(folder, name), { recursive: true });
  }
}
