import type {
  CommitEvent,
  EventBody,
  FileEvent,
  LibraryEvent,
  PatternEvent,
  ProjectKey,
  RecordedChange,
  RecordedFragment,
} from '../../model/event.ts';
import type { Range } from '../../model/code.ts';
import type { PatternId } from '../../model/pattern.ts';
import { compareEvents } from './fold.ts';

/** Whose text must be nowhere on disk: purged by a `forget` that no `restore` took back. */
export interface Purged {
  readonly patterns: ReadonlySet<PatternId>;
  /** All keys of the projects, aliases included. */
  readonly projects: ReadonlySet<ProjectKey>;
  /** Names that those projects alone have: kept text knows its project by name. */
  readonly projectNames: ReadonlySet<string>;
  /** Patterns kept from those projects alone; what was said of them goes too. */
  readonly keptPatterns: ReadonlySet<PatternId>;
}

export function isNothingPurged({ patterns, projects }: Purged): boolean {
  return patterns.size === 0 && projects.size === 0;
}

/** Gathers what is purged from a set of events, which may come in any order. */
export interface PurgeRequests {
  /** Events that neither forget, restore nor name a project are ignored. */
  add(event: LibraryEvent): void;
  inForce(): Purged;
}

/** The last event about a subject, and the last that asked for a purge or took it back. */
interface Standing {
  last: LibraryEvent;
  lastOnPurge: LibraryEvent | undefined;
}

export function createPurgeRequests(): PurgeRequests {
  const patterns = new Map<PatternId, Standing>();
  const projects = new Map<ProjectKey, Standing>();
  const names: (readonly [ProjectKey, string])[] = [];
  const groups: (readonly ProjectKey[])[] = [];
  const keptFrom = new Map<PatternId, string[]>();
  return {
    add(event) {
      if (event.type === 'project') {
        names.push([event.project, event.name]);
        if (event.aliases.length > 0) groups.push([event.project, ...event.aliases]);
      }
      if (event.type === 'pattern' && event.origin === 'kept') {
        const { id } = event.text;
        keptFrom.set(id, [...(keptFrom.get(id) ?? []), ...placesOf(event)]);
      }
      if (event.type !== 'forget' && event.type !== 'restore') return;
      const { subject } = event;
      const onPurge = event.type === 'restore' || event.purge ? event : undefined;
      const standing = { last: event, lastOnPurge: onPurge };
      if ('pattern' in subject) merge(patterns, subject.pattern, standing);
      else merge(projects, subject.project, standing);
    },
    inForce() {
      const first = joinAliases(groups);
      const joined = new Map<ProjectKey, Standing>();
      for (const [key, standing] of projects) merge(joined, first.get(key) ?? key, standing);
      const purged = new Set(purgedKeys(joined));
      for (const [key, representative] of first) if (purged.has(representative)) purged.add(key);
      const projectNames = namesOnlyOf(purged, names);
      const keptPatterns = [...keptFrom].filter(([, places]) => areAllIn(places, projectNames));
      return {
        patterns: new Set(purgedKeys(patterns)),
        projects: purged,
        projectNames,
        keptPatterns: new Set(keptPatterns.map(([id]) => id)),
      };
    },
  };
}

function placesOf({ provenance }: PatternEvent): readonly string[] {
  return provenance.map(({ project }) => project ?? '');
}

/** Text from nowhere is from no purged project. */
function areAllIn(places: readonly string[], names: ReadonlySet<string>): boolean {
  return places.length > 0 && places.every((place) => names.has(place));
}

function namesOnlyOf(
  purged: ReadonlySet<ProjectKey>,
  names: readonly (readonly [ProjectKey, string])[],
): ReadonlySet<string> {
  const others = new Set(names.filter(([key]) => !purged.has(key)).map(([, name]) => name));
  const own = names.filter(([key, name]) => purged.has(key) && !others.has(name));
  return new Set(own.map(([, name]) => name));
}

function merge(standings: Map<string, Standing>, key: string, standing: Standing): void {
  const former = standings.get(key);
  standings.set(key, {
    last: later(former?.last, standing.last),
    lastOnPurge:
      standing.lastOnPurge === undefined
        ? former?.lastOnPurge
        : later(former?.lastOnPurge, standing.lastOnPurge),
  });
}

function later(a: LibraryEvent | undefined, b: LibraryEvent): LibraryEvent {
  return a !== undefined && compareEvents(a, b) > 0 ? a : b;
}

function purgedKeys(standings: ReadonlyMap<string, Standing>): readonly string[] {
  return [...standings]
    .filter(([, { last, lastOnPurge }]) => last.type === 'forget' && lastOnPurge?.type === 'forget')
    .map(([key]) => key);
}

/** One representative for each key that has aliases, the same for all keys of one project. */
function joinAliases(
  groups: readonly (readonly ProjectKey[])[],
): ReadonlyMap<ProjectKey, ProjectKey> {
  const members = new Map<ProjectKey, Set<ProjectKey>>();
  for (const group of groups) {
    const joined = new Set(group.flatMap((key) => [key, ...(members.get(key) ?? [])]));
    for (const key of joined) members.set(key, joined);
  }
  return new Map(
    [...members].flatMap(([key, joined]) => {
      const [representative] = joined;
      return representative === undefined ? [] : [[key, representative]];
    }),
  );
}

/**
 * Takes the text of what is purged out of a body; the body itself when it holds none, `undefined`
 * when nothing is left of it. Ratings, counts, forgetting and names of projects are no text.
 *
 * Text goes wherever it is known to be: fragments inside a purged one go with it, and fragments
 * around it keep a mark in its place. A file that lost something gets an empty content hash, so
 * that it is read again and a restored pattern returns.
 */
export function reduceBody(body: EventBody, purged: Purged): EventBody | undefined {
  if ('project' in body && body.type !== 'project' && purged.projects.has(body.project)) {
    return undefined;
  }
  switch (body.type) {
    case 'file':
      return reduceFile(body, purged);
    case 'commit':
      return reduceCommit(body, purged);
    case 'pattern':
      return isPurgedText(body, purged) ? undefined : body;
    case 'edit':
      return purged.patterns.has(body.pattern) || purged.keptPatterns.has(body.pattern)
        ? undefined
        : body;
    default:
      return body;
  }
}

/**
 * `reduceBody` for a recorded event. What is left gets an id of its own right after the former
 * one, so that it supersedes copies with the text that a backup or another host brings back.
 */
export function reduceEvent(event: LibraryEvent, purged: Purged): LibraryEvent | undefined {
  const body = reduceBody(event, purged);
  if (body === undefined) return undefined;
  if (body === event) return event;
  const id = event.id.endsWith(REDUCED) ? event.id : `${event.id}${REDUCED}`;
  return { ...body, id, rev: event.rev, at: event.at };
}

function isPurgedText(body: PatternEvent, { patterns, projectNames }: Purged): boolean {
  if (patterns.has(body.text.id)) return true;
  return body.origin === 'kept' && areAllIn(placesOf(body), projectNames);
}

const REDUCED = '~';
const PURGED_MARK = '[purged]';

function reduceFile(body: FileEvent, { patterns }: Purged): FileEvent {
  const ranges = body.fragments.filter(({ id }) => patterns.has(id)).map(({ range }) => range);
  if (ranges.length === 0) return body;
  const fragments = body.fragments
    .filter((fragment) => !ranges.some((range) => contains(range, fragment.range)))
    .map((fragment) => mask(fragment, ranges));
  return { ...body, contentHash: '', fragments };
}

function mask(fragment: RecordedFragment, ranges: readonly Range[]): RecordedFragment {
  const inside = ranges.filter((range) => contains(fragment.range, range));
  if (inside.length === 0) return fragment;
  const first = fragment.range.start.line;
  const code = fragment.code.split('\n').flatMap((text, index) => {
    const line = first + index;
    if (inside.some(({ start }) => start.line === line)) return [PURGED_MARK];
    return inside.some((range) => coversLine(range, line)) ? [] : [text];
  });
  return { ...fragment, code: code.join('\n') };
}

/** Whether part of a range lies on a line after its first. */
function coversLine({ start, end }: Range, line: number): boolean {
  return start.line < line && (line < end.line || (line === end.line && end.character > 0));
}

function reduceCommit(body: CommitEvent, { patterns }: Purged): CommitEvent {
  const purgedChanges = body.changes.filter(({ id }) => patterns.has(id));
  if (purgedChanges.length === 0) return body;
  // The text before has no range of its own, so pairs around a purged one cannot be masked.
  const changes = body.changes.filter(
    (change) => !purgedChanges.some((one) => overlap(one, change)),
  );
  if (changes.length > 0) return { ...body, changes };
  return { ...body, changes, message: '', issues: [] };
}

function overlap(a: RecordedChange, b: RecordedChange): boolean {
  return a.path === b.path && (contains(a.range, b.range) || contains(b.range, a.range));
}

function contains(outer: Range, inner: Range): boolean {
  return (
    comparePositions(outer.start, inner.start) <= 0 && comparePositions(inner.end, outer.end) <= 0
  );
}

function comparePositions(a: Range['start'], b: Range['start']): number {
  return a.line - b.line || a.character - b.character;
}
