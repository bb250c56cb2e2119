import { mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';

import { createWorkbench } from '../../../test/ui/support/workbench.ts';
import type { BenchTable } from '../../bench/table.ts';
import { openBrowser, toRemoteUri, toWorkbenchUrl } from '../browser.ts';
import { createEmptyExtension } from '../emptyExtension.ts';
import type { VscodeHost } from '../install.ts';
import { openSandbox } from '../sandbox.ts';
import { openServer } from '../server.ts';

const STARTS = 10;

/**
 * What VS Code shows as the activation of the extension, and of one that does nothing: it counts from
 * when it wants to load an extension, and loads others before.
 */
export async function benchActivating(
  host: VscodeHost,
  { extension, place }: { readonly extension: string; readonly place: string },
): Promise<BenchTable> {
  const ours = await measureStarts(host, 'pattern-foundry.pattern-foundry', extension);
  const nothing = createEmptyExtension(mkdtempSync(join(place, 'start-')), 'onStartupFinished');
  const empty = await measureStarts(host, 'nobody.empty', nothing);
  return {
    title: `Activation as VS Code shows it, in ${STARTS} starts, ms`,
    columns: ['extension', 'in ascending order', 'median'],
    rows: [toRow('ours', ours), toRow('one that does nothing', empty)],
    note: 'bar: ≤ 100',
  };
}

function toRow(name: string, timesMs: readonly number[]): readonly (string | number)[] {
  const sorted = [...timesMs].sort((left, right) => left - right);
  return [name, sorted.join(', '), sorted[Math.floor(sorted.length / 2)] ?? NaN];
}

async function measureStarts(
  host: VscodeHost,
  id: string,
  extension: string,
): Promise<readonly number[]> {
  const sandbox = openSandbox();
  const folder = join(sandbox.folder, 'project');
  mkdirSync(folder);
  const server = await openServer({ host, sandbox, runsTests: true });
  const url = toWorkbenchUrl(
    server.port,
    { folder },
    { extensionDevelopmentPath: toRemoteUri(server.port, extension) },
  );
  const browser = await openBrowser(host);
  try {
    // High enough for the whole list of extensions.
    const page = await browser.newPage({ viewport: { width: 1280, height: 1600 } });
    const workbench = createWorkbench(page, sandbox.folder);
    const timesMs: number[] = [];
    while (timesMs.length < STARTS) {
      await page.goto(url);
      await workbench.waitUntilReady();
      timesMs.push(await readActivation(page, id));
    }
    return timesMs;
  } finally {
    await browser.close();
    await server.close();
    sandbox.remove();
  }
}

/** From the page on which VS Code lists the extensions that run. */
async function readActivation(page: Page, id: string): Promise<number> {
  const workbench = createWorkbench(page, '');
  await workbench.run('Developer: Show Running Extensions');
  const row = page.locator('.monaco-list-row', {
    has: page.locator('.name', { hasText: id }),
  });
  // Until then it says that it activates.
  const text = await row.locator('.activation-time', { hasText: /\d/ }).innerText();
  return Number(/(\d+)\s*ms/.exec(text)?.[1] ?? NaN);
}
