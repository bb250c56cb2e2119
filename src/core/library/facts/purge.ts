import type { LibraryEvent, Subject } from '../../model/event.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import { compareEvents } from './fold.ts';

/** Whose text must be nowhere on disk: purged by a `forget` that no `restore` took back. */
export interface Purged {
  readonly patterns: ReadonlySet<PatternId>;
  /** All keys of the projects, aliases included. */
  readonly projects: ReadonlySet<ProjectKey>;
  /** Names that those projects alone have: some kept text knows its project by name. */
  readonly projectNames: ReadonlySet<string>;
  /**
   * Patterns kept from those projects alone. Edits of them go too, and the words of tasks they were
   * shown in; ratings stay.
   */
  readonly keptPatterns: ReadonlySet<PatternId>;
}

export function isNothingPurged({ patterns, projects }: Purged): boolean {
  return patterns.size === 0 && projects.size === 0;
}

/** Whether all places are in purged projects; text from nowhere is from no purged project. */
export function areAllPurged(places: readonly string[], purged: PurgedProjects): boolean {
  return (
    places.length > 0 &&
    places.every((place) => purged.projects.has(place) || purged.projectNames.has(place))
  );
}

type PurgedProjects = Pick<Purged, 'projects' | 'projectNames'>;

/** What was last said of a subject, and what last asked for a purge or took it back. */
export interface Standing {
  readonly last: Said;
  readonly lastOnPurge: Said | undefined;
}

/** One fact about forgetting. */
export interface Said extends Pick<LibraryEvent, 'rev' | 'id'> {
  readonly forgotten: boolean;
}

/** Where facts put down what they say about purging, in any order. */
export interface PurgeNotes {
  standing(subject: Subject, standing: Standing): void;
  /** Keys of one project. */
  sameProject(keys: readonly ProjectKey[]): void;
  projectName(project: ProjectKey, name: string): void;
  /** Projects a text was kept from, by key or, as older facts have it, by name. */
  keptFrom(pattern: PatternId, projects: readonly string[]): void;
}

/** Gathers what is purged from a set of facts. */
export interface PurgeRequests extends PurgeNotes {
  inForce(): Purged;
}

export function createPurgeRequests(): PurgeRequests {
  const patterns = new Map<PatternId, Standing>();
  const projects = new Map<ProjectKey, Standing>();
  const names: (readonly [ProjectKey, string])[] = [];
  const groups: (readonly ProjectKey[])[] = [];
  const kept = new Map<PatternId, string[]>();
  return {
    standing(subject, standing) {
      if ('pattern' in subject) merge(patterns, subject.pattern, standing);
      else merge(projects, subject.project, standing);
    },
    sameProject: (keys) => void groups.push(keys),
    projectName: (project, name) => void names.push([project, name]),
    keptFrom: (pattern, places) => {
      kept.set(pattern, [...(kept.get(pattern) ?? []), ...places]);
    },
    inForce() {
      const first = joinAliases(groups);
      const joined = new Map<ProjectKey, Standing>();
      for (const [key, standing] of projects) merge(joined, first.get(key) ?? key, standing);
      const purged = new Set(purgedKeys(joined));
      for (const [key, representative] of first) if (purged.has(representative)) purged.add(key);
      const places = { projects: purged, projectNames: namesOnlyOf(purged, names) };
      const keptPatterns = [...kept].filter(([, from]) => areAllPurged(from, places));
      return {
        ...places,
        patterns: new Set(purgedKeys(patterns)),
        keptPatterns: new Set(keptPatterns.map(([id]) => id)),
      };
    },
  };
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

function later(a: Said | undefined, b: Said): Said {
  return a !== undefined && compareEvents(a, b) > 0 ? a : b;
}

function purgedKeys(standings: ReadonlyMap<string, Standing>): readonly string[] {
  return [...standings]
    .filter(([, { last, lastOnPurge }]) => last.forgotten && lastOnPurge?.forgotten === true)
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
