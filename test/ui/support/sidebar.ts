import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';

/** Drags the border of the sidebar until it is so many pixels wide, or as near as it goes. */
export async function resizeSidebar(page: Page, width: number): Promise<void> {
  const sidebar = await page.locator('.part.sidebar').boundingBox();
  assert.ok(sidebar !== null);
  await page.locator('.monaco-sash.vertical').first().waitFor({ state: 'attached' });
  const y = sidebar.y + sidebar.height / 2;
  await page.mouse.move(sidebar.x + sidebar.width + 1, y);
  await page.mouse.down();
  await page.mouse.move(sidebar.x + width, y, { steps: 8 });
  await page.mouse.up();
  // Over the list it would open hovers.
  await page.mouse.move(sidebar.x + width + 300, y);
}
