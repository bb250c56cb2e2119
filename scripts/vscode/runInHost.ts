import { cpSync, existsSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openBrowser, toRemoteUri, toWorkbenchUrl, type Opened } from './browser.ts';
import type { VscodeHost } from './install.ts';
import { openSandbox } from './sandbox.ts';
import { openServer } from './server.ts';

const POLL_MS = 200;
const LOGS = resolve(import.meta.dirname, '../../.cache/test/host-logs');

export interface HostRun {
  readonly host: VscodeHost;
  readonly opened: Opened;
  /** Folder of the extension under development. */
  readonly extension: string;
  /** Its `run()` is called inside the extension host. */
  readonly tests: string;
  readonly timeoutMs: number;
  readonly environment?: NodeJS.ProcessEnv;
  /** Called with what the tests append to the file `PATTERN_FOUNDRY_REPORT` names, as it comes. */
  readonly onReport: (text: string) => void;
}

/** @returns exit code of the extension host: 0 when `run()` resolved */
export async function runInHost(run: HostRun): Promise<number> {
  const sandbox = openSandbox();
  const report = join(sandbox.folder, 'report.txt');
  let reported = 0;
  const passOn = (): void => {
    if (!existsSync(report)) return;
    const text = readFileSync(report, 'utf8');
    if (text.length > reported) run.onReport(text.slice(reported));
    reported = text.length;
  };
  const environment = { ...run.environment, PATTERN_FOUNDRY_REPORT: report };
  const server = await openServer({ host: run.host, sandbox, runsTests: true, environment });
  const browser = await openBrowser(run.host);
  const polling = setInterval(passOn, POLL_MS);
  try {
    const page = await (await browser.newContext()).newPage();
    const ended = new Promise<number>((settle, fail) => {
      page.exposeFunction('codeAutomationExit', settle).catch(fail);
    });
    await page.exposeFunction('codeAutomationLog', () => undefined);
    await page.goto(
      toWorkbenchUrl(server.port, run.opened, {
        extensionDevelopmentPath: toRemoteUri(server.port, run.extension),
        extensionTestsPath: toRemoteUri(server.port, run.tests),
        skipWelcome: 'true',
      }),
    );
    const tooLate = sleep(run.timeoutMs, undefined, { ref: false }).then(() => {
      throw new Error(`the tests did not end within ${run.timeoutMs / 1000} s`);
    });
    const code = await Promise.race([ended, tooLate]);
    passOn();
    if (code !== 0) keepLogs(sandbox.userFolder);
    return code;
  } catch (error) {
    keepLogs(sandbox.userFolder);
    throw error;
  } finally {
    clearInterval(polling);
    await browser.close();
    await server.close();
    sandbox.remove();
  }
}

function keepLogs(userFolder: string): void {
  const logs = join(userFolder, 'logs');
  if (!existsSync(logs)) return;
  rmSync(LOGS, { recursive: true, force: true });
  cpSync(logs, LOGS, { recursive: true });
  console.error(`logs of VS Code are in ${LOGS}`);
}
