import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import type { BuiltPack, PackInfo, PackRequest } from '../../model/api/packs.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { Library } from '../../model/ports/library.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { canonicalJson } from '../../packs/canonical.ts';
import { MANIFEST, SIGNATURE, packFiles, type PackContents } from '../../packs/contents.ts';
import { readInstalled, signingKey } from '../../packs/installed.ts';
import { signBytes } from '../../packs/signature.ts';
import { openPack } from '../../packs/source.ts';
import { makeFolders } from '../../platform/fileSystem.ts';
import { inForce } from '../curate/curate.ts';
import { lineOf } from '../exchange/shared.ts';
import { filterWithin, type ProjectsOfFolders } from '../find/scope.ts';

const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[a-z0-9~-][a-z0-9._~-]*$/;
const VERSION = /^\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?$/;

export interface PackParts {
  readonly library: Library;
  readonly gate: SecretGate;
  readonly projectsOfFolders: ProjectsOfFolders;
}

/** Writes an npm package that holds the chosen patterns; the same patterns give the same bytes. */
export async function buildPack(
  { library, gate, projectsOfFolders }: PackParts,
  { request, folder }: { readonly request: PackRequest; readonly folder: string },
): Promise<BuiltPack> {
  const { ids, filter: given, folders, ...about } = request;
  if (!NAME.test(about.name) || !VERSION.test(about.version)) {
    throw new AppError('bad-argument', localized`npm takes no ${about.name} ${about.version}`);
  }
  const chosen = { ids, filter: given, folders };
  const { filter, projects } = await filterWithin({ library, projectsOfFolders }, chosen);
  const patterns = ids?.map((id) => inForce(library, id)) ?? library.patterns.each(filter);
  const lines: string[] = [];
  for (const pattern of patterns) {
    lines.push(await lineOf(pattern, gate));
  }
  if (lines.length === 0) throw new AppError('bad-argument', localized`there is nothing to pack`);
  makeFolders(folder);
  for (const [name, content] of Object.entries(packFiles(about, lines))) {
    fs.writeFileSync(join(folder, name), content);
  }
  // One of the former content would be none of this.
  fs.rmSync(join(folder, SIGNATURE), { force: true });
  return { ...describePack(library, await openPack(folder, '')), projects };
}

export async function signPack(library: Library, folder: string): Promise<PackInfo> {
  await openUnsigned(folder);
  const signature = signBytes(signingKey(library.folder), fs.readFileSync(join(folder, MANIFEST)));
  fs.writeFileSync(join(folder, SIGNATURE), canonicalJson(signature));
  return describePack(library, await openPack(folder, ''));
}

export async function verifyPack(
  library: Library,
  spec: string,
  folder: string,
): Promise<PackInfo> {
  return describePack(library, await openPack(spec, folder));
}

/** A signature that is there may be of another state, which signing anew mends. */
async function openUnsigned(folder: string): Promise<void> {
  fs.rmSync(join(folder, SIGNATURE), { force: true });
  await openPack(folder, '');
}

export function describePack(
  library: Library,
  { manifest, key }: Pick<PackContents, 'manifest' | 'key'>,
): PackInfo {
  const { name, version, description, author, licenses, patterns, kinds } = manifest;
  const known = readInstalled(library.folder).keys[name];
  return {
    ...{ name, version, description, author, licenses, patterns, kinds },
    signer: key === undefined ? null : signerOf(key),
    isKnownSigner: known === undefined ? null : known === key,
  };
}

/** What people compare instead of keys. */
export function signerOf(key: string): string {
  const digest = createHash('sha256').update(Buffer.from(key, 'base64')).digest('hex');
  return digest.slice(0, 16);
}
