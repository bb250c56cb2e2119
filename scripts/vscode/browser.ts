import { chromium, type Browser } from 'playwright-core';

import type { VscodeHost } from './install.ts';

/** No name is resolved, so that nothing outside this machine can be reached. */
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
  '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1 , EXCLUDE localhost',
];

export function openBrowser(host: VscodeHost): Promise<Browser> {
  return chromium.launch({
    executablePath: host.chromium,
    headless: true,
    args: FLAGS,
    env: {
      ...process.env,
      LD_LIBRARY_PATH: host.chromiumLibraries,
      FONTCONFIG_FILE: host.fonts,
    },
  });
}

/** What a window opens: a folder, or a `.code-workspace` file. */
export type Opened = { readonly folder: string } | { readonly workspace: string };

export function toWorkbenchUrl(
  port: number,
  opened: Opened,
  payload: Readonly<Record<string, string>> = {},
): string {
  const url = new URL(`http://127.0.0.1:${port}/`);
  for (const [name, path] of Object.entries(opened)) url.searchParams.set(name, path);
  const pairs = Object.entries(payload);
  if (pairs.length > 0) url.searchParams.set('payload', JSON.stringify(pairs));
  return url.toString();
}

/** A path of the server, as the workbench names it. */
export function toRemoteUri(port: number, path: string): string {
  return `vscode-remote://127.0.0.1:${port}${path}`;
}
