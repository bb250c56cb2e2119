import { createHash } from 'node:crypto';
import type { EventBody, PatternEvent } from '../../model/event.ts';
import type { Pattern, PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { readInstalled, type Installed } from '../../packs/installed.ts';
import { openKnownIdioms } from '../exchange/knownIdioms.ts';
import { wordsOf } from '../team/words.ts';

/** What taking a version of a pack in comes to; names of patterns. */
export interface Plan {
  readonly events: readonly EventBody[];
  readonly next: Pick<Installed, 'patterns' | 'dropped' | 'hashes'>;
  /** Those that the library lacks: what it has of its own is no news. */
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
  /** Accepted ones that it would change or take away, and leaves as they are. */
  readonly differing: readonly string[];
}

/** A pattern as a pack has it. */
export interface Given {
  readonly event: PatternEvent;
  /** Of the text it was read from: another one means that the pack changed it. */
  readonly hash: string;
}

interface Taking {
  /** Whether patterns that were accepted change too. */
  readonly takesAccepted: boolean;
  /** Those that stay although the pack seems to lack them. */
  readonly keeps?: ReadonlySet<PatternId>;
}

/** @param line of the exchange format, which `event` was read from */
export function toGiven(event: PatternEvent, line: string): Given {
  return { event, hash: createHash('sha256').update(line).digest('hex').slice(0, 16) };
}

/**
 * Compares what a pack holds with what of it is here. What did not change since it was taken in is left
 * alone, so that a person's own edits stay.
 */
export function planFor(
  library: Library,
  { name, given: read }: { readonly name: string; readonly given: Iterable<Given> },
  how: Taking,
): Plan {
  const asHere = openKnownIdioms(library);
  const given = new Map<PatternId, Given>();
  for (const { event, hash } of read) {
    const here = asHere({ ...event, pack: name });
    given.set(here.text.id, { event: here, hash });
  }
  const installed = readInstalled(library.folder);
  const before = installed.packs[name];
  const draft: Draft = {
    known: new Map(Object.entries(before?.patterns ?? {})),
    patterns: new Map(),
    hashes: new Map(Object.entries(before?.hashes ?? {})),
    dropped: new Set(before?.dropped ?? installed.removed[name]),
    events: [],
    names: { added: [], removed: [], changed: [], differing: [] },
  };
  for (const one of given.values()) takeGiven(library, one, { draft, how });
  for (const [id, shown] of draft.known) {
    if (!given.has(id)) takeAbsent(library, { id, shown, pack: name }, { draft, how });
  }
  const { patterns, hashes, dropped, events, names } = draft;
  const next = {
    patterns: Object.fromEntries(patterns),
    dropped: [...dropped],
    hashes: Object.fromEntries(hashes),
  };
  return { events, next, ...names };
}

/** A plan while it is made. */
interface Draft {
  /** Names of what is here of the pack, by id. */
  readonly known: ReadonlyMap<PatternId, string>;
  readonly patterns: Map<PatternId, string>;
  readonly hashes: Map<PatternId, string>;
  readonly dropped: Set<PatternId>;
  readonly events: EventBody[];
  readonly names: Record<Fate, string[]>;
}

interface Making {
  readonly draft: Draft;
  readonly how: Taking;
}

function takeGiven(
  library: Library,
  { event, hash }: Given,
  { draft: { known, patterns, hashes, dropped, events, names }, how }: Making,
): void {
  const { id, name: shown } = event.text;
  patterns.set(id, shown);
  const brought = toBring(library, event, dropped);
  if (brought.length > 0 && !known.has(id)) names.added.push(shown);
  events.push(...brought);
  const changes = hashes.get(id) === hash ? [] : toChanges(library, event);
  if (changes.length > 0 && isHeldBack(library, id, how)) {
    // Its hash stays as it was, so that the next time tells it again.
    names.differing.push(shown);
    return;
  }
  hashes.set(id, hash);
  events.push(...changes);
  if (changes.length > 0) names.changed.push(shown);
}

function takeAbsent(
  library: Library,
  { id, shown, pack }: { readonly id: PatternId; readonly shown: string; readonly pack: string },
  { draft: { patterns, hashes, dropped, events, names }, how }: Making,
): void {
  const isHere = isOfPack(library, id, pack);
  const stays = isHere && isHeldBack(library, id, how);
  if (stays) names.differing.push(shown);
  if (stays || how.keeps?.has(id) === true) {
    patterns.set(id, shown);
    return;
  }
  hashes.delete(id);
  names.removed.push(shown);
  if (!isHere) return;
  dropped.add(id);
  events.push(toForget(id));
}

type Fate = 'added' | 'removed' | 'changed' | 'differing';

function isHeldBack({ patterns }: Library, id: PatternId, { takesAccepted }: Taking): boolean {
  return !takesAccepted && patterns.byId(id)?.state === 'live';
}

/** @param dropped ids that versions took away; what comes back is taken out of it */
function toBring(
  { patterns }: Library,
  event: PatternEvent,
  dropped: Set<PatternId>,
): readonly EventBody[] {
  const { id } = event.text;
  if (dropped.delete(id)) return [{ type: 'restore', subject: { pattern: id } }];
  return patterns.byId(id) === undefined && !patterns.isForgotten(id) ? [event] : [];
}

/** What makes a pattern that this pack brought what the pack says now. */
function toChanges(library: Library, event: PatternEvent): readonly EventBody[] {
  const { id, name, description, tags } = event.text;
  const held = library.patterns.byId(id);
  if (held === undefined || held.pack !== event.pack) return [];
  return [
    ...(codeOf(held) === codeOf(toHeld(event)) ? [] : [event]),
    ...(wordsOf(held) === wordsOf(event.text)
      ? []
      : [{ type: 'edit' as const, pattern: id, name, description, tags }]),
  ];
}

type Code = Pick<Pattern, 'signature'> & {
  readonly code?: string;
  readonly before?: string;
  readonly after?: string;
  readonly message?: string;
};

function toHeld({ text: { signature, code, before }, change }: PatternEvent): Code {
  return change === undefined || before === undefined
    ? { signature, code }
    : { signature, before, after: code, message: change.message };
}

/** What a pattern is made of, as one text. */
function codeOf({ signature, code, before, after, message }: Code): string {
  return JSON.stringify([signature, code, before, after, message]);
}

/** Whether a pack alone brought it, and nobody forgot it since. */
export function isOfPack(library: Library, id: PatternId, pack: string): boolean {
  const held = library.patterns.byId(id);
  return held?.pack === pack && held.state !== 'forgotten';
}

export function toForget(pattern: PatternId): EventBody {
  return { type: 'forget', subject: { pattern }, purge: false };
}
