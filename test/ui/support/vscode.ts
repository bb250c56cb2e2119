import { cpSync, mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';

import { openBrowser, toWorkbenchUrl, type Opened } from '../../../scripts/vscode/browser.ts';
import { installHost, type VscodeHost } from '../../../scripts/vscode/install.ts';
import { ownTarget } from '../../../scripts/vscode/nativeRuntime.ts';
import { packForTests } from '../../../scripts/vscode/pack.ts';
import { openSandbox, type Sandbox, type Settings } from '../../../scripts/vscode/sandbox.ts';
import { installVsix, openServer } from '../../../scripts/vscode/server.ts';
import { writeVsix, type SmallExtension } from '../../support/extension/smallExtension.ts';
import { speakPseudoLocale, translate } from './pseudoLocale.ts';
import { createWorkbench, type Workbench } from './workbench.ts';

export interface VscodeOptions {
  /** Beside those by which the window is dark and nobody is offered an extraction. */
  readonly settings?: Settings;
  /** Asks before it trusts a folder, as VS Code does by default. */
  readonly asksForTrust?: boolean;
  /** The extension speaks a language in which every letter is strange. */
  readonly isPseudoLocalized?: boolean;
  /** Variables that windows find besides the usual ones. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Extensions that are installed beside ours. */
  readonly others?: readonly SmallExtension[];
}

/** A VS Code with the packaged extension installed, its own settings and its own library. */
export interface Vscode {
  readonly sandbox: Sandbox;
  /** The person who has the window asked for less motion. */
  open(opened: Opened): Promise<Workbench>;
}

interface Shared {
  readonly host: VscodeHost;
  readonly browser: Browser;
  /** Where the extension is installed, for all to read. */
  readonly installation: Sandbox;
}

const SCREENSHOTS = resolve(import.meta.dirname, '../../../.cache/screenshots');
export const VIEWPORT = { width: 1280, height: 800 };

let shared: Promise<Shared> | undefined;
/** What is open, and whether it goes with the test that runs. */
const open: { readonly close: () => Promise<void>; readonly isOfTest: boolean }[] = [];
let workbenches: Workbench[] = [];
let isInTest = false;

/** It is closed after the test; or by `closeAll`, when it was opened before all tests of a `describe`. */
export async function openVscode(options: VscodeOptions = {}): Promise<Vscode> {
  const { host, browser, installation } = await (shared ??= share());
  const { asksForTrust = false, isPseudoLocalized = false, others = [], environment } = options;
  const sandbox = openSandbox({
    'workbench.colorTheme': 'Dark Modern',
    'patternFoundry.extraction.offer': false,
    'security.workspace.trust.enabled': asksForTrust,
    ...options.settings,
  });
  let { extensions } = installation;
  if (isPseudoLocalized || others.length > 0) {
    cpSync(extensions, sandbox.extensions, { recursive: true });
    extensions = sandbox.extensions;
    if (isPseudoLocalized) translate(extensions);
    for (const other of others) {
      const file = join(sandbox.folder, `${other.name}.vsix`);
      writeVsix(file, other);
      installVsix(host, sandbox, file);
    }
  }
  const server = await openServer({
    ...{ host, sandbox, asksForTrust, extensions },
    ...(environment && { environment }),
  });
  const contexts: BrowserContext[] = [];
  const close = async (): Promise<void> => {
    for (const context of contexts) await context.close();
    await server.close();
    sandbox.remove();
  };
  open.push({ close, isOfTest: isInTest });
  return {
    sandbox,
    open: async (opened) => {
      const context = await browser.newContext({
        viewport: VIEWPORT,
        reducedMotion: 'reduce',
      });
      if (isPseudoLocalized) await speakPseudoLocale(context);
      contexts.push(context);
      await context.grantPermissions(['clipboard-read', 'clipboard-write']);
      const page = await context.newPage();
      await page.goto(toWorkbenchUrl(server.port, opened));
      const workbench = createWorkbench(page, SCREENSHOTS);
      workbenches.push(workbench);
      await workbench.waitUntilReady();
      return workbench;
    },
  };
}

/** Ends every VS Code that is open. */
export async function closeAll(): Promise<void> {
  for (const { close } of open.splice(0)) await close();
}

async function share(): Promise<Shared> {
  mkdirSync(SCREENSHOTS, { recursive: true });
  const host = installHost();
  const installation = openSandbox();
  installVsix(host, installation, packForTests(ownTarget()));
  return { host, installation, browser: await openBrowser(host) };
}

beforeEach(() => {
  isInTest = true;
});

afterEach(async function () {
  isInTest = false;
  workbenches = workbenches.filter(({ page }) => !page.isClosed());
  if (this.currentTest?.state === 'failed') {
    const name = this.currentTest.fullTitle().replaceAll(/\W+/g, '-');
    for (const [index, workbench] of workbenches.entries()) {
      await workbench.screenshot(`failed-${name}-${index + 1}`);
    }
  }
  for (const opened of open.filter(({ isOfTest }) => isOfTest)) {
    open.splice(open.indexOf(opened), 1);
    await opened.close();
  }
});

after(async () => {
  await closeAll();
  if (shared === undefined) return;
  const { browser, installation } = await shared;
  await browser.close();
  installation.remove();
});
