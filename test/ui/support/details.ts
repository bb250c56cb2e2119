import type { Locator } from 'playwright-core';

import type { Workbench } from './workbench.ts';

/** Chooses a row of the list and opens its details below the list, which then have the focus. */
export async function openDetails({ browser, page }: Workbench, name: RegExp): Promise<void> {
  // Rows that come take the places of those that go.
  await browser.locator('main[aria-busy="false"]').waitFor();
  await browser.getByRole('row', { name }).click();
  await page.keyboard.press('Alt+Enter');
  await browser.locator('.detail-actions').waitFor();
}

const MOST_TRIES = 5;
/** A row that stays where it is takes less. */
const RETRY_MS = 5_000;

/**
 * Presses a button of a row, which is there while somebody points at the row; a row that moved from
 * under the pointer meanwhile, as others came or went, is pointed at again.
 */
export async function pressInRow(row: Locator, name: string | RegExp): Promise<void> {
  const button = row.getByRole('button', { name });
  for (let tries = 1; tries < MOST_TRIES; tries++) {
    await row.hover();
    const isPressed = await button.click({ timeout: RETRY_MS }).then(
      () => true,
      () => false,
    );
    if (isPressed) return;
  }
  await row.hover();
  await button.click();
}

/** From the list to a function of the sample project, and from there to the fix in its history. */
export async function openFix(workbench: Workbench): Promise<void> {
  const { browser } = workbench;
  await openDetails(workbench, /^Function poll/);
  await browser.getByRole('button', { name: /^Details of Fix endless polling/ }).click();
  await browser.locator('#pattern-name .kind-fix').waitFor();
  await browser.locator('.detail-actions').waitFor();
}

/** The way back, to the list. */
export async function leaveFix({ browser, page }: Workbench): Promise<void> {
  await page.keyboard.press('Escape');
  await browser.locator('#pattern-name .kind-function').waitFor();
  await page.keyboard.press('Escape');
  await browser.locator('#details').waitFor({ state: 'detached' });
  // The focus comes there in a later frame, and would be taken from wherever it went meanwhile.
  await browser.locator('[role=row]:focus').waitFor();
}
