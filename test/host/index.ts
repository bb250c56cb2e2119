import Mocha from 'mocha';
import { appendFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

const TIMEOUT_MS = 60_000;

/** Called by VS Code inside the extension host; the bundled tests lie beside this file. */
export async function run(): Promise<void> {
  const mocha = new Mocha({
    color: false,
    timeout: TIMEOUT_MS,
    forbidOnly: true,
    forbidPending: true,
  });
  const report = process.env['PATTERN_FOUNDRY_REPORT'];
  if (report !== undefined) {
    // What the extension host prints is read by nobody.
    Mocha.reporters.Base.consoleLog = (...parts: readonly unknown[]) => {
      appendFileSync(report, `${format(...parts)}\n`);
    };
  }
  for (const name of readdirSync(__dirname).sort()) {
    if (name.endsWith('.test.js')) mocha.addFile(join(__dirname, name));
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} tests failed`);
}
