import { existsSync, readFileSync, statSync } from 'node:fs';
import { isAbsolute, join, posix, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { gunzipSync } from 'node:zlib';
import { Parser, type ReadEntry } from 'tar';
import type { FoundPack, PackVersion } from '../model/api/packs.ts';
import { AppError } from '../model/errors.ts';
import { localized, verbatim } from '../model/localizedText.ts';
import { readIfPossible } from '../platform/disk.ts';
import {
  MANIFEST,
  MOST_BYTES,
  PATTERNS,
  SIGNATURE,
  readPack,
  type PackContents,
} from './contents.ts';

/** Nothing else of a package is looked at. */
const READ = [MANIFEST, PATTERNS, SIGNATURE];
const MOST_ENTRIES = 1000;
const NAME = /^(?:@[\w.-]+\/)?[\w.-]+$/;

/**
 * A pack out of its folder, a `.tgz`, or a registry of npm; nothing is written, and nothing of it is run.
 *
 * @param spec as npm knows it: `name`, `name@version`; or a path, which is absolute, begins with `./` or
 *   `../`, or ends in `.tgz`: a folder that happens to be called like a package is not that package
 * @param folder where paths begin
 * @throws AppError `pack-not-found`, `pack-damaged`, `pack-untrusted`, `bad-argument` for what is neither
 */
export async function openPack(spec: string, folder: string): Promise<PackContents> {
  const place = resolve(folder, spec);
  if (isPath(spec) && existsSync(place)) {
    if (statSync(place).isDirectory()) return readPack(filesIn(place));
    return readPack(await filesOf(readFileSync(place)));
  }
  const [, name] = /^((?:@[\w.-]+\/)?[\w.-]+)(?:@[\w.^~<>=*|\s-]+)?$/.exec(spec) ?? [];
  if (isPath(spec) || name === undefined) {
    throw new AppError('bad-argument', localized`"${spec}" is no folder, no file and no package`);
  }
  // What speaks to registries is large, and seldom needed.
  const { fetchPackage } = await import('./registry.ts');
  const contents = readPack(await filesOf(await fetchPackage(spec)));
  const { name: claimed } = contents.manifest;
  // Else whoever publishes any package could replace the pack of somebody else.
  if (claimed === name) return contents;
  throw new AppError(
    'pack-damaged',
    localized`the package ${name} holds a pack of another name: ${claimed}`,
  );
}

function isPath(spec: string): boolean {
  return isAbsolute(spec) || /^\.\.?(?:[/\\]|$)/.test(spec) || spec.endsWith('.tgz');
}

/** See `searchPacks` of the registry. */
export async function searchRegistry(words: string): Promise<readonly FoundPack[]> {
  const { searchPacks } = await import('./registry.ts');
  return searchPacks(words);
}

/** See `listVersions` of the registry. @throws AppError `bad-argument` for what is no name */
export async function versionsInRegistry(name: string): Promise<readonly PackVersion[]> {
  if (!NAME.test(name)) {
    throw new AppError('bad-argument', localized`"${name}" is not the name of a package`);
  }
  const { listVersions } = await import('./registry.ts');
  return listVersions(name);
}

function filesIn(folder: string): ReadonlyMap<string, Buffer> {
  const files = new Map<string, Buffer>();
  for (const name of READ) {
    const bytes = readIfPossible(join(folder, name));
    if (bytes !== undefined) files.set(name, bytes);
  }
  return files;
}

/** Files of an npm tarball, in memory and within bounds. Links and paths that lead away are nothing. */
async function filesOf(tarball: Buffer): Promise<ReadonlyMap<string, Buffer>> {
  let unpacked: Buffer;
  try {
    unpacked = gunzipSync(tarball, { maxOutputLength: MOST_BYTES });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('pack-damaged', localized`the package cannot be read: ${verbatim(reason)}`);
  }
  const files = new Map<string, Buffer>();
  let entries = 0;
  await new Promise<void>((resolve, reject) => {
    const parser = new Parser({
      strict: true,
      onReadEntry: (entry: ReadEntry) => {
        entries += 1;
        const name = READ.find((known) => entry.path === posix.join('package', known));
        if (name === undefined || entry.type !== 'File' || entries > MOST_ENTRIES) {
          entry.resume();
          return;
        }
        const chunks: Buffer[] = [];
        entry.on('data', (chunk) => chunks.push(chunk));
        entry.on('end', () => files.set(name, Buffer.concat(chunks)));
      },
    });
    parser.on('end', resolve);
    parser.on('error', reject);
    Readable.from([unpacked]).pipe(parser);
  }).catch((error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AppError('pack-damaged', localized`the package cannot be read: ${verbatim(reason)}`);
  });
  return files;
}
