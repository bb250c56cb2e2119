import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Frame, Page } from 'playwright-core';

import { createWorkbench } from '../../../test/ui/support/workbench.ts';
import type { BenchTable } from '../../bench/table.ts';
import { openBrowser, toWorkbenchUrl } from '../browser.ts';
import type { VscodeHost } from '../install.ts';
import { findProcesses, readMemory } from '../processes.ts';
import { openSandbox } from '../sandbox.ts';
import { installVsix, openServer } from '../server.ts';
import { fillLibrary } from './fillLibrary.ts';
import { measureSearches, scrollThrough } from './inPage.ts';

const PATTERNS = 10_000;
const SETTLING_MS = 5_000;
/** Ratings seen from another window. */
const SHARED = 5;

/** Words of the synthetic library, typed letter by letter. */
const TYPED = ['retry expired token', 'parse config', 'merge sort', 'validate user email', 'xyzzy'];

/** Searching and scrolling 10,000 patterns in the pattern browser, and what that costs. */
export async function benchBrowsing(
  host: VscodeHost,
  vsix: string,
): Promise<readonly BenchTable[]> {
  const sandbox = openSandbox({ 'patternFoundry.extraction.offer': false });
  const folder = join(sandbox.folder, 'empty');
  mkdirSync(folder);
  fillLibrary(sandbox.library, PATTERNS);
  installVsix(host, sandbox, vsix);
  const server = await openServer({ host, sandbox });
  const browser = await openBrowser(host);
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
    const url = toWorkbenchUrl(server.port, { folder });
    await page.goto(url);
    const workbench = createWorkbench(page, sandbox.folder);
    await workbench.waitUntilReady();
    const view = await workbench.openBrowser();
    await view.getByRole('row').first().waitFor();
    const frame = await workbench.browserFrame();
    await page.waitForTimeout(SETTLING_MS);
    // What runs TypeScript here wraps named functions in this.
    await frame.evaluate('globalThis.__name = (named) => named');
    const searches = toSearchTable(await frame.evaluate(measureSearches, TYPED));
    const scrolling = await measureScrolling(frame);
    const engineAtRestMB = measureEngine(sandbox.library);
    const shared = await measureSharing(page, await openAnother(browser, url));
    return [
      searches,
      scrolling,
      {
        title: 'Beside the pattern browser',
        columns: ['what', 'measured', 'bar'],
        rows: [
          [`engine at rest with ${PATTERNS} patterns, MB`, engineAtRestMB, '≤ 200'],
          [
            'from a thumb to its sight in another window, ms, in turn',
            shared.join(', '),
            '≤ 2,000',
          ],
        ],
      },
    ];
  } finally {
    await browser.close();
    await server.close();
    sandbox.remove();
  }
}

function measureEngine(library: string): number {
  const [engine] = findProcesses('engine.js', library);
  const memory = engine === undefined ? undefined : readMemory(engine);
  if (memory === undefined) throw new Error('there is no engine');
  return memory.residentMB;
}

async function openAnother(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  await page.goto(url);
  return page;
}

/** Milliseconds from pressing a thumb in one window until the other shows it pressed. */
async function measureSharing(page: Page, other: Page): Promise<readonly number[]> {
  const [view, watching] = [createWorkbench(page, ''), createWorkbench(other, '')];
  await watching.waitUntilReady();
  for (const each of [view, watching]) {
    await (await each.openBrowser()).getByRole('row').first().waitFor();
  }
  const timesMs: number[] = [];
  const up = '[data-rating="5"]';
  for (let round = 0; round < SHARED; round++) {
    const startMs = performance.now();
    // Buttons are there while somebody points at their row; what is liked goes up.
    const row = view.browser.locator('[role=row]', {
      has: view.page.locator(`${up}[aria-pressed="false"]`),
    });
    await row.first().hover();
    await row.first().locator(up).click();
    const pressed = watching.browser.locator(`${up}[aria-pressed="true"]`);
    await pressed.nth(round).waitFor({ state: 'attached' });
    timesMs.push(Math.round(performance.now() - startMs));
  }
  return timesMs;
}

function toSearchTable(timesMs: readonly number[]): BenchTable {
  const sorted = [...timesMs].sort((left, right) => left - right);
  const at = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    title: `From a typed letter to the answer on the screen, ${PATTERNS} patterns, ms`,
    columns: ['letters', 'p50', 'p95', 'max'],
    rows: [[sorted.length, at(0.5), at(0.95), at(1)]],
    note: 'bar: ≤ 100',
  };
}

async function measureScrolling(frame: Frame): Promise<BenchTable> {
  const { frames, mostRows, longTasks, longestFrameMs } = await frame.evaluate(scrollThrough);
  return {
    title: `Scrolling through ${PATTERNS} rows`,
    columns: ['frames', 'rows in the page, most', 'tasks over 50 ms', 'longest frame, ms'],
    rows: [[frames, mostRows, longTasks, longestFrameMs]],
    note: 'bars: ≤ 100 rows, no task over 50 ms',
  };
}
