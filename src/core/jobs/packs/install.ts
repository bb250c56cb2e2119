import type { FoundPack, InstalledPack, PackChange, PackVersion } from '../../model/api/packs.ts';
import { parseFields } from '../../exchange/fields.ts';
import { parseLine } from '../../exchange/parseImport.ts';
import { AppError } from '../../model/errors.ts';
import type { PatternEvent } from '../../model/event.ts';
import { localized } from '../../model/localizedText.ts';
import type { Library } from '../../model/ports/library.ts';
import type { PackContents } from '../../packs/contents.ts';
import { readInstalled, writeInstalled } from '../../packs/installed.ts';
import { openPack, searchRegistry, versionsInRegistry } from '../../packs/source.ts';
import { describePack, signerOf } from './build.ts';
import { isOfPack, planFor, toForget, toGiven, type Plan } from './plan.ts';

export async function comparePack(
  library: Library,
  spec: string,
  folder: string,
): Promise<PackChange> {
  const contents = await openPack(spec, folder);
  return toChange(library, contents, planOf(library, contents));
}

/** @throws AppError `pack-damaged` */
function planOf(library: Library, { manifest: { name }, lines }: PackContents): Plan {
  const given = lines.map((line) => toGiven(read(line, name), line));
  return planFor(library, { name, given }, { takesAccepted: true });
}

function read(line: string, pack: string): PatternEvent {
  try {
    return parseLine(parseFields(line));
  } catch (error) {
    const text = localized`a pattern of ${pack} cannot be read`;
    throw new AppError('pack-damaged', text, { cause: error });
  }
}

function toChange(
  library: Library,
  contents: PackContents,
  { added, removed, changed }: Plan,
): PackChange {
  const from = readInstalled(library.folder).packs[contents.manifest.name]?.version ?? null;
  return { pack: describePack(library, contents), from, added, removed, changed };
}

/** The journal is written before what is installed, so that a kill leaves what the next try repeats. */
export async function addPack(
  library: Library,
  spec: string,
  how: { readonly folder: string; readonly trustKey: boolean; readonly at: string },
): Promise<PackChange> {
  const contents = await openPack(spec, how.folder);
  const plan = planOf(library, contents);
  const change = toChange(library, contents, plan);
  const { name, version } = contents.manifest;
  const installed = readInstalled(library.folder);
  const known = installed.keys[name];
  // A key that is gone is as suspicious as one that is another.
  if (known !== undefined && known !== contents.key && !how.trustKey) {
    const was = signerOf(known);
    const text =
      contents.key === undefined
        ? localized`${name} was signed by ${was} before, and this version by nobody`
        : localized`${name} was signed by ${was} before, and this version by ${signerOf(contents.key)}`;
    throw new AppError('pack-untrusted', text);
  }
  await library.record(plan.events);
  const keys = new Map(Object.entries(installed.keys));
  if (contents.key === undefined) keys.delete(name);
  else keys.set(name, contents.key);
  writeInstalled(library.folder, {
    ...installed,
    packs: { ...installed.packs, [name]: { ...plan.next, version, addedAt: how.at } },
    keys: Object.fromEntries(keys),
    removed: { ...installed.removed, [name]: [] },
  });
  return change;
}

export function listPacks(library: Library): readonly InstalledPack[] {
  const { packs, keys } = readInstalled(library.folder);
  return Object.entries(packs).map(([name, { version, addedAt, patterns, files }]) => {
    const key = keys[name];
    return {
      ...{ name, addedAt, version: files === undefined ? version : null },
      signer: key === undefined ? null : signerOf(key),
      patterns: Object.keys(patterns).length,
      waiting: library.patterns.idsOfPack(name, 'quarantined').length,
    };
  });
}

/** Packs of the registry that npm is set to. */
export function searchPacks(words: string): Promise<readonly FoundPack[]> {
  return searchRegistry(words);
}

/** Versions of a pack in that registry. */
export function packVersions(name: string): Promise<readonly PackVersion[]> {
  return versionsInRegistry(name);
}

/** Its key stays known, so that another one is noticed if it comes back. */
export async function removePack(library: Library, name: string): Promise<number> {
  const installed = readInstalled(library.folder);
  const pack = installed.packs[name];
  if (pack === undefined) {
    throw new AppError('pack-not-found', localized`there is no pack ${name} here`);
  }
  const ids = Object.keys(pack.patterns).filter((id) => isOfPack(library, id, name));
  await library.record(ids.map(toForget));
  const dropped = [...new Set([...pack.dropped, ...ids])];
  const packs = Object.entries(installed.packs).filter(([other]) => other !== name);
  writeInstalled(library.folder, {
    ...installed,
    packs: Object.fromEntries(packs),
    removed: { ...installed.removed, [name]: dropped },
  });
  return ids.length;
}
