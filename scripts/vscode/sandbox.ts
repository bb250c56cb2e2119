import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Everything one VS Code writes, apart from all that belongs to the person who runs the tests. */
export interface Sandbox {
  readonly folder: string;
  readonly userFolder: string;
  readonly extensions: string;
  /** The pattern library of this VS Code. */
  readonly library: string;
  remove(): void;
}

export type Settings = Readonly<Record<string, unknown>>;

/** Nothing pops up, moves or reaches for a network. */
const QUIET: Settings = {
  'chat.disableAIFeatures': false,
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  // As in the desktop; the server would save a moment after each change.
  'files.autoSave': 'off',
  'files.simpleDialog.enable': true,
  'git.autofetch': false,
  'git.openRepositoryInParentFolders': 'never',
  'json.schemaDownload.enable': false,
  'npm.fetchOnlinePackageInfo': false,
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'terminal.integrated.defaultProfile.linux': 'bash',
  'typescript.disableAutomaticTypeAcquisition': true,
  'update.mode': 'none',
  'window.menuBarVisibility': 'classic',
  'window.restoreWindows': 'none',
  'workbench.enableExperiments': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
};

export function openSandbox(settings: Settings = {}): Sandbox {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pattern-foundry-vscode-')));
  for (const name of ['home', 'user/User', 'extensions', 'tmp', 'run']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  const userFolder = join(folder, 'user');
  const text = JSON.stringify({ ...QUIET, ...settings }, null, 2);
  writeFileSync(join(userFolder, 'User/settings.json'), text);
  return {
    folder,
    userFolder,
    extensions: join(folder, 'extensions'),
    library: join(folder, 'library'),
    remove: () => {
      rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    },
  };
}

/** Of the machine only what programs need to run; the marketplace has no address. */
export function toEnvironment(
  { folder, library }: Sandbox,
  more: NodeJS.ProcessEnv = {},
): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    SHELL: '/bin/bash',
    LANG: 'C.UTF-8',
    HOME: join(folder, 'home'),
    TMPDIR: join(folder, 'tmp'),
    XDG_RUNTIME_DIR: join(folder, 'run'),
    GIT_CONFIG_NOSYSTEM: '1',
    EXTENSIONS_GALLERY:
      '{"serviceUrl":"","itemUrl":"","resourceUrlTemplate":"","controlUrl":"","recommendationsUrl":""}',
    PATTERN_FOUNDRY_LIBRARY: library,
    ...more,
  };
}
