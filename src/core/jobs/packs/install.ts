import { parseFields } from '../../exchange/fields.ts';
import { parseLine } from '../../exchange/parseImport.ts';
import type { FoundPack, InstalledPack, PackChange } from '../../model/api/packs.ts';
import { AppError } from '../../model/errors.ts';
import type { EventBody, PatternEvent, RecordedText } from '../../model/event.ts';
import { localized } from '../../model/localizedText.ts';
import type { Library } from '../../model/ports/library.ts';
import type { PackContents } from '../../packs/contents.ts';
import { readInstalled, writeInstalled, type Installed } from '../../packs/installed.ts';
import { openPack, searchRegistry } from '../../packs/source.ts';
import { describePack, signerOf } from './build.ts';

interface Plan {
  readonly change: PackChange;
  readonly events: readonly EventBody[];
  readonly next: Omit<Installed, 'addedAt'>;
}

export async function comparePack(
  library: Library,
  spec: string,
  folder: string,
): Promise<PackChange> {
  return planFor(library, await openPack(spec, folder)).change;
}

/** The journal is written before what is installed, so that a kill leaves what the next try repeats. */
export async function addPack(
  library: Library,
  spec: string,
  how: { readonly folder: string; readonly trustKey: boolean; readonly at: string },
): Promise<PackChange> {
  const contents = await openPack(spec, how.folder);
  const { change, events, next } = planFor(library, contents);
  const { name } = contents.manifest;
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
  await library.record(events);
  const keys = new Map(Object.entries(installed.keys));
  if (contents.key === undefined) keys.delete(name);
  else keys.set(name, contents.key);
  writeInstalled(library.folder, {
    packs: { ...installed.packs, [name]: { ...next, addedAt: how.at } },
    keys: Object.fromEntries(keys),
    removed: { ...installed.removed, [name]: [] },
  });
  return change;
}

function planFor(library: Library, contents: PackContents): Plan {
  const { name, version } = contents.manifest;
  const installed = readInstalled(library.folder);
  const before = installed.packs[name];
  const known = new Map(Object.entries(before?.patterns ?? {}));
  const dropped = new Set(before?.dropped ?? installed.removed[name]);
  const wanted = new Map(contents.lines.map((line) => toEntry(line, name)));
  const names = [...wanted].map(([id, { text }]) => [id, text.name] as const);
  const brought = [...wanted.values()].flatMap((event) => toBring(library, event, dropped));
  const removed = [...known].filter(([id]) => !wanted.has(id));
  const leaving = removed.map(([id]) => id).filter((id) => isOfPack(library, id, name));
  for (const id of leaving) dropped.add(id);
  return {
    events: [...brought, ...leaving.map(toForget)],
    next: { version, patterns: Object.fromEntries(names), dropped: [...dropped] },
    change: {
      pack: describePack(library, contents),
      from: before?.version ?? null,
      added: names.filter(([id]) => !known.has(id)).map(([, shown]) => shown),
      removed: removed.map(([, shown]) => shown),
      changed: brought.flatMap((event) => (event.type === 'edit' ? [event.name ?? ''] : [])),
    },
  };
}

/** @param dropped ids that versions took away; what comes back is taken out of it */
function toBring(
  library: Library,
  event: PatternEvent,
  dropped: Set<string>,
): readonly EventBody[] {
  const { id, name, description, tags } = event.text;
  const held = library.patterns.byId(id);
  const events: EventBody[] = [];
  if (dropped.delete(id)) events.push({ type: 'restore', subject: { pattern: id } });
  else if (held === undefined && !library.patterns.isForgotten(id)) events.push(event);
  if (held?.pack === event.pack && held !== undefined && wordsOf(held) !== wordsOf(event.text)) {
    events.push({ type: 'edit', pattern: id, name, description, tags });
  }
  return events;
}

/** Whether a pack alone brought it, and nobody forgot it since. */
function isOfPack(library: Library, id: string, pack: string): boolean {
  const held = library.patterns.byId(id);
  return held?.pack === pack && held.state !== 'forgotten';
}

function toForget(pattern: string): EventBody {
  return { type: 'forget', subject: { pattern }, purge: false };
}

/** What people write about a pattern, as one text. */
function wordsOf({ name, description, tags }: Pick<RecordedText, 'name' | 'description' | 'tags'>) {
  return JSON.stringify([name, description, [...tags].sort()]);
}

/** @throws AppError `pack-damaged` */
function toEntry(line: string, pack: string): readonly [string, PatternEvent] {
  try {
    const event = parseLine(parseFields(line));
    return [event.text.id, { ...event, pack }];
  } catch (error) {
    const text = localized`a pattern of ${pack} cannot be read`;
    throw new AppError('pack-damaged', text, { cause: error });
  }
}

export function listPacks(library: Library): readonly InstalledPack[] {
  const { packs, keys } = readInstalled(library.folder);
  return Object.entries(packs).map(([name, { version, addedAt, patterns }]) => {
    const key = keys[name];
    return {
      ...{ name, version, addedAt },
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
