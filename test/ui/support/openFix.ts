import type { Workbench } from './workbench.ts';

/** From the list to a function of the sample project, and from there to the fix in its history. */
export async function openFix({ browser }: Workbench): Promise<void> {
  // Rows that come take the places of those that go.
  await browser.locator('main[aria-busy="false"]').waitFor();
  await browser.getByRole('row', { name: /^Function poll/ }).click();
  await browser.getByRole('button', { name: /^Fix endless polling/ }).click();
  await browser.locator('#pattern-name .kind-fix').waitFor();
  await browser.locator('.detail-actions').waitFor();
}

/** The way back, to the list. */
export async function leaveFix({ browser, page }: Workbench): Promise<void> {
  await page.keyboard.press('Escape');
  await browser.locator('#pattern-name .kind-function').waitFor();
  await page.keyboard.press('Escape');
  await browser.getByRole('row').first().waitFor();
}
