import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Frame, FrameLocator, Locator, Page } from 'playwright-core';

import { eventually, PATIENCE_MS } from './eventually.ts';

/** One window of VS Code, in the words of a person who uses it. */
export interface Workbench {
  readonly page: Page;
  waitUntilReady(): Promise<void>;
  /** Loads the window anew, with all that runs for it. */
  reload(): Promise<void>;
  /** Runs a command by its title, as the command palette shows it. */
  run(command: string): Promise<void>;
  /** Titles that the command palette offers for a text, as far as they are in sight. */
  offered(text: string): Promise<readonly string[]>;
  /** The input at the top: palette, lists to pick from, questions. */
  readonly input: Locator;
  /** Rows to pick from. */
  readonly choices: Locator;
  /** What the rows to pick from are called. */
  readonly labels: Locator;
  pick(label: string | RegExp): Promise<void>;
  /** A toast, waited for. */
  notification(text: string | RegExp): Locator;
  dismissNotifications(): Promise<void>;
  pressButton(notification: Locator, label: string): Promise<void>;
  /** Our item of the status bar. */
  readonly status: Locator;
  openBrowser(): Promise<FrameLocator>;
  /** What the pattern browser is made of. */
  readonly browser: FrameLocator;
  browserFrame(): Promise<Frame>;
  openFile(name: string): Promise<void>;
  goToLine(line: number): Promise<void>;
  /** Takes back what was not saved, until the editor shows the text on disk. */
  revert(text: string): Promise<void>;
  /** Lines of the editor that has the focus, as far as they are in sight. */
  editorText(): Promise<string>;
  /** What was copied last. */
  clipboard(): Promise<string>;
  screenshot(name: string): Promise<void>;
}

const OUR_TAB = '[class*="patternFoundry"]';
const MOST_TRIES = 5;
/** In the editor, where nothing is. */
const NOWHERE = [900, 300] as const;
const RETRY_MS = 2_000;
const BROWSER_FRAME = 'iframe.webview.ready[src*="extensionId=pattern-foundry."]';

export function createWorkbench(page: Page, screenshots: string): Workbench {
  page.setDefaultTimeout(PATIENCE_MS);
  const input = page.locator('.quick-input-widget input.input');
  const choices = page.locator('.quick-input-widget .monaco-list-row');
  const labels = choices.locator('.quick-input-list-row:first-child .label-name');
  const browser = page.frameLocator(BROWSER_FRAME).frameLocator('iframe#active-frame');

  const waitUntilReady = async (): Promise<void> => {
    await page.locator('.monaco-workbench .statusbar').waitFor();
  };
  const isSeen = (element: Locator): Promise<boolean> =>
    element.waitFor({ timeout: RETRY_MS }).then(
      () => true,
      () => false,
    );
  const isAsked = (text: string): Promise<boolean> =>
    input.fill(text, { timeout: RETRY_MS }).then(
      () => true,
      () => false,
    );
  /** Types into the input that a key opens, until it offers a row. */
  const askFor = async (key: string, text: string, row: Locator): Promise<void> => {
    // The key is lost while the window loads, and the input closes when something takes the focus.
    for (let waitedMs = 0; waitedMs < PATIENCE_MS; waitedMs += RETRY_MS) {
      await page.keyboard.press(key);
      if ((await isAsked(text)) && (await isSeen(row))) return;
      // Commands of extensions come some time after the window.
      if (await input.isVisible()) await page.keyboard.press('Escape');
    }
    throw new Error(`nothing was offered for ${text}`);
  };
  const pick = async (label: string | RegExp): Promise<void> => {
    await choices.filter({ hasText: label }).first().click();
  };
  const run = async (command: string): Promise<void> => {
    const found = choices.filter({ has: page.getByText(command, { exact: true }) }).first();
    await askFor('F1', `>${command}`, found);
    await found.click();
  };
  const editorText = async (): Promise<string> => {
    const lines = page.locator('.editor-instance .monaco-editor .view-line');
    await lines.first().waitFor();
    const placed = await lines.evaluateAll((all) =>
      all.map((line) => ({
        top: line.getBoundingClientRect().top,
        text: line.textContent.replaceAll('\u00a0', ' '),
      })),
    );
    return placed
      .sort((left, right) => left.top - right.top)
      .map(({ text }) => text)
      .join('\n');
  };
  return {
    page,
    input,
    choices,
    labels,
    browser,
    waitUntilReady,
    pick,
    reload: async () => {
      // Unlike a reload of the page, the command lets the window save its state.
      const loaded = page.waitForEvent('load');
      await run('Developer: Reload Window');
      await loaded;
      await waitUntilReady();
    },
    run,
    offered: async (text) => {
      await askFor('F1', `>${text}`, choices.first());
      const titles = await labels.allInnerTexts();
      await page.keyboard.press('Escape');
      return titles;
    },
    notification: (text) =>
      page.locator('.notifications-toasts .notification-list-item', { hasText: text }),
    dismissNotifications: () => run('Notifications: Clear All Notifications'),
    pressButton: async (notification, label) => {
      await notification.locator('.monaco-button', { hasText: label }).first().click();
    },
    status: page.locator('.statusbar-item[id^="pattern-foundry"]'),
    openBrowser: async () => {
      const tab = page.locator('.activitybar .action-item', { has: page.locator(OUR_TAB) });
      const view = page.locator('[id="workbench.view.extension.patternFoundry"]');
      // A click on the tab that is open, or about to be restored, closes it.
      for (let tries = 0; !(await view.isVisible()) && tries < MOST_TRIES; tries++) {
        await tab.click();
        await view.waitFor({ timeout: RETRY_MS }).catch(() => undefined);
      }
      // Over the tab it would open a hover, which hides a part of the view.
      await page.mouse.move(...NOWHERE);
      await page.locator(BROWSER_FRAME).waitFor();
      return browser;
    },
    browserFrame: async () => {
      const element = await browser.locator('body').elementHandle();
      const frame = await element.ownerFrame();
      if (frame === null) throw new Error('the pattern browser is not open');
      return frame;
    },
    openFile: async (name) => {
      const found = choices.filter({ hasText: name }).first();
      await askFor('Control+P', name, found);
      await found.click();
      await page.locator('.tab.active', { hasText: name.split('/').at(-1) ?? name }).waitFor();
      // The focus is taken when its text is there.
      await page.locator('.editor-instance .monaco-editor.focused .view-line').first().waitFor();
    },
    goToLine: async (line) => {
      const there = page.locator('.statusbar-item', { hasText: `Ln ${line},` });
      // Before it is asked, the row speaks of all lines there are.
      const row = choices.filter({ hasText: `to go to line ${line} ` });
      for (let tries = 0; tries < MOST_TRIES; tries++) {
        await askFor('Control+G', `:${line}`, row);
        await page.keyboard.press('Enter');
        if (await isSeen(there)) return;
      }
      throw new Error(`the cursor never came to line ${line}`);
    },
    revert: async (text) => {
      await run('File: Revert File');
      await eventually(async () => {
        assert.equal(await editorText(), text);
        assert.equal(await page.locator('.tab.active.dirty').count(), 0);
      });
    },
    editorText,
    clipboard: () => page.evaluate(() => navigator.clipboard.readText()),
    screenshot: async (name) => {
      await page.screenshot({ path: join(screenshots, `${name}.png`) });
    },
  };
}
