import { findFaults } from './axe.ts';
import { findMisfits } from './fits.ts';
import { configureFolder } from './folderSettings.ts';
import type { Workbench } from './workbench.ts';

export interface Look {
  readonly name: string;
  /** The theme, as settings name it. */
  readonly theme: string;
  /** What VS Code tells a page of it, as a selector of its body. */
  readonly body: string;
}

/** The last one is what a window opens with. */
const LOOKS: readonly Look[] = [
  { name: 'light', theme: 'Light Modern', body: 'body.vscode-light' },
  {
    name: 'highContrast',
    theme: 'Default High Contrast',
    body: 'body.vscode-high-contrast:not(.vscode-high-contrast-light)',
  },
  {
    name: 'highContrastLight',
    theme: 'Default High Contrast Light',
    body: 'body.vscode-high-contrast-light',
  },
  { name: 'dark', theme: 'Dark Modern', body: 'body.vscode-dark' },
];

/** Changes the theme of an open folder; the focus and all that is open stay where they are. */
export async function inEachLook(
  folder: string,
  see: (look: Look) => Promise<void>,
): Promise<void> {
  for (const look of LOOKS) {
    configureFolder(folder, { 'workbench.colorTheme': look.theme });
    await see(look);
  }
}

/**
 * Takes a picture of the pattern browser in each look.
 *
 * @returns what somebody could not read, hear or reach in one of them, each as one line
 */
export async function findWrongs(
  folder: string,
  workbench: Workbench,
  state: string,
): Promise<readonly string[]> {
  const wrongs: string[] = [];
  await inEachLook(folder, async ({ name, body }) => {
    await workbench.browser.locator(body).waitFor();
    // The window goes over from one theme to the next.
    await workbench.page.waitForFunction(() =>
      document.getAnimations().every((running) => !(running instanceof CSSTransition)),
    );
    await workbench.screenshot(`${state}-${name}`);
    const frame = await workbench.browserFrame();
    const found = [...(await findFaults(frame)), ...(await findMisfits(frame))];
    wrongs.push(...found.map((wrong) => `${name}: ${wrong}`));
  });
  return wrongs;
}
