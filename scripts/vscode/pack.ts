import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

import { missingFiles, nativeFiles } from './nativeRuntime.ts';
import type { NativeTarget } from './nativeRuntime.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** All that runs in VS Code or is read there; nothing else is packed. */
const PACKED = [
  'package.nls.json',
  'l10n',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'NOTICE',
  'media/icon.png',
  'media/activity.svg',
  'media/walkthrough',
  'dist/extension.js',
  'dist/engine.js',
  'dist/mcp.js',
  'dist/packRegistry.js',
  'dist/embedder.js',
  'dist/reader.js',
  'dist/logReader.js',
  'dist/packages',
  'dist/webview',
  'dist/assets',
];

/** Of the manifest what only npm and the checkout read. */
const UNPACKED_FIELDS = [
  'bin',
  'dependencies',
  'devDependencies',
  'files',
  'overrides',
  'private',
  'scripts',
];

/**
 * Makes a `.vsix` of what `npm run build` left in `dist`: for any platform, or for one, with the
 * native runtime beside the one in WebAssembly.
 *
 * @returns what is in it, for people
 */
export function pack(vsix: string, target?: NativeTarget): string {
  const staging = mkdtempSync(join(tmpdir(), 'pattern-foundry-package-'));
  try {
    for (const path of PACKED) {
      cpSync(join(ROOT, path), join(staging, path), { recursive: true, filter: isVisible });
    }
    if (target !== undefined) stageNative(staging, target);
    const fields = Object.entries(readManifest());
    const kept = fields.filter(([field]) => !UNPACKED_FIELDS.includes(field));
    writeFileSync(join(staging, 'package.json'), JSON.stringify(Object.fromEntries(kept), null, 2));
    // The folder holds nothing else, so nothing need be ignored.
    writeFileSync(join(staging, '.vscodeignore'), '');
    mkdirSync(dirname(vsix), { recursive: true });
    const vsce = join(ROOT, 'node_modules/@vscode/vsce/vsce');
    const unfinished = `${vsix}.${process.pid}`;
    const targeted = target === undefined ? [] : ['--target', target];
    const listing = execFileSync(
      process.execPath,
      [vsce, 'package', '--no-dependencies', '--out', unfinished, ...targeted],
      { cwd: staging, encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    );
    // Another process may be reading the one of before.
    renameSync(unfinished, vsix);
    return listing.replaceAll(basename(unfinished), basename(vsix));
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** A `.vsix` of the last build, for tests. */
export function packForTests(target?: NativeTarget): string {
  const vsix = join(
    ROOT,
    '.cache/test',
    `${['pattern-foundry', ...(target === undefined ? [] : [target])].join('-')}.vsix`,
  );
  const packedMs = existsSync(vsix) ? statSync(vsix).mtimeMs : 0;
  if (['package.json', ...PACKED].some((path) => lastChangeMs(join(ROOT, path)) > packedMs)) {
    pack(vsix, target);
  }
  return vsix;
}

/** Where Node looks for packages that `dist/embedder.js` imports. */
function stageNative(staging: string, target: NativeTarget): void {
  const missing = missingFiles(ROOT, target);
  if (missing.length > 0) throw new Error(`not installed: ${missing.join(', ')}`);
  for (const path of nativeFiles(target)) {
    cpSync(join(ROOT, 'node_modules', path), join(staging, 'dist/node_modules', path), {
      recursive: true,
      filter: (name) => isVisible(name) && !/\.(map|d\.ts)$/.test(name),
    });
  }
}

export function readManifest(): { readonly version: string } {
  return JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
}

function isVisible(path: string): boolean {
  return !basename(path).startsWith('.');
}

function lastChangeMs(path: string): number {
  const changed = statSync(path);
  if (!changed.isDirectory()) return changed.mtimeMs;
  return Math.max(...readdirSync(path).map((name) => lastChangeMs(join(path, name))));
}
