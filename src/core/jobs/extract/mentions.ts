import type { Watch } from '../../model/api/watch.ts';
import type { MeasureEvent } from '../../model/event.ts';
import type { Library } from '../../model/ports/library.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import { isDistinct, isPlainName } from '../../extraction/plainNames.ts';
import { pauseOf } from '../rest.ts';
import type { ScanCache } from './scanCache.ts';

/** Measures travel in events of this many, so that a kill loses little. */
const BATCH_EVENTS = 500;

/** Names looked at between two pauses. */
const PAUSE_AFTER = 20;

/** 32-bit FNV-1a of each identifier. */
export function hashMentions(identifiers: readonly string[]): readonly number[] {
  return identifiers.map(hashIdentifier);
}

function hashIdentifier(identifier: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < identifier.length; index += 1) {
    hash = Math.imul(hash ^ identifier.charCodeAt(index), 0x01000193);
  }
  return hash >>> 0;
}

/**
 * Counts in how many other files of the project each pattern's name is mentioned, and records the
 * counts that changed by a power of two: finer changes do not move a ranking. A name defined more
 * than once shares its mentions, because text cannot tell which definition is meant; of copies of
 * several names only the one counts that the pattern is shown by.
 *
 * @returns number of patterns whose measure was recorded
 * @throws the signal's reason when it aborts
 */
export async function measureMentions(
  library: Library,
  cache: ScanCache,
  scope: { readonly project: ProjectKey; readonly isTest: (path: string) => boolean },
  watch: Watch,
): Promise<number> {
  const pause = pauseOf(watch);
  const byName = definitionsByName(library, scope.project);
  await pause();
  const isShownBy = await shownNames(library, byName, pause);
  const wanted = [...byName.values()].flat().flatMap(mentionsOf).map(hashIdentifier);
  const mentioned = collectMentions(cache, wanted, scope.isTest);
  await pause();
  const known = library.projects.measures(scope.project);
  const counts = new Map<PatternId, { mentions: number; tests: number }>();
  let counted = 0;
  for (const [name, definitions] of byName) {
    counted += 1;
    if (counted % PAUSE_AFTER === 0) await pause();
    const files = new Set(definitions.map(({ path }) => path)).size;
    for (const { id, path, owner } of definitions) {
      const places = usersOf({ name, path, owner }, mentioned);
      const certainty = distinctness(name, owner !== '') / files;
      const sum = counts.get(id) ?? { mentions: 0, tests: 0 };
      counts.set(id, sum);
      // What tests define is not what they test.
      if (scope.isTest(path) || !isShownBy(id, name)) continue;
      const mentions = places.code.size - (places.code.has(path) ? 1 : 0);
      const tests = places.tests.size - (places.tests.has(path) ? 1 : 0);
      sum.mentions += mentions * certainty;
      sum.tests += tests * certainty;
    }
  }
  const changed = [...counts].flatMap(([pattern, { mentions, tests }]): MeasureEvent[] => {
    const next = { mentions: Math.round(mentions), tests: Math.round(tests) };
    const last = known.get(pattern) ?? { mentions: 0, tests: 0 };
    if (
      magnitude(next.mentions) === magnitude(last.mentions) &&
      magnitude(next.tests) === magnitude(last.tests)
    ) {
      return [];
    }
    return [
      {
        type: 'measure',
        project: scope.project,
        pattern,
        uses: next.mentions,
        tests: next.tests,
      },
    ];
  });
  for (let start = 0; start < changed.length; start += BATCH_EVENTS) {
    await pause();
    await library.record(changed.slice(start, start + BATCH_EVENTS));
  }
  return changed.length;
}

interface Mentions {
  readonly code: Set<string>;
  readonly tests: Set<string>;
}

interface Definition {
  readonly name: string;
  readonly path: string;
  /** What it is a member of; empty for what stands by itself. */
  readonly owner: string;
}

/** Files that use a definition, as far as what they mention tells. */
function usersOf(definition: Definition, mentioned: ReadonlyMap<number, Mentions>): Mentions {
  const users: Mentions = { code: new Set(), tests: new Set() };
  for (const mention of mentionsOf(definition)) {
    const { code, tests } = mentioned.get(hashIdentifier(mention)) ?? users;
    for (const path of code) users.code.add(path);
    for (const path of tests) users.tests.add(path);
  }
  return users;
}

/**
 * What its users mention. Which function of one word is called on something depends on what that is:
 * of what stands by itself, it must have the name of the file or folder.
 */
function mentionsOf({ name, path, owner }: Definition): readonly string[] {
  if (owner !== '' || isDistinct(name)) return [name, `.${name}`];
  const [folder = '', file = ''] = path.split('/').slice(-2);
  const modules = [folder, file].map((part) => part.replace(/\..*/, '')).filter(Boolean);
  return [name, ...modules.map((module) => `${module}.${name}`)];
}

/** Paths that mention each of the wanted identifiers; the others would fill memory for nothing. */
function collectMentions(
  cache: ScanCache,
  wanted: readonly number[],
  isTest: (path: string) => boolean,
): Map<number, Mentions> {
  const mentioned = new Map<number, Mentions>();
  for (const hash of wanted) mentioned.set(hash, { code: new Set(), tests: new Set() });
  for (const [path, { mentions: hashes }] of cache.traces()) {
    const side = isTest(path) ? 'tests' : 'code';
    for (const hash of hashes) mentioned.get(hash)?.[side].add(path);
  }
  return mentioned;
}

function definitionsByName(
  library: Library,
  project: ProjectKey,
): Map<string, (Definition & { readonly id: PatternId })[]> {
  const byName = new Map<string, (Definition & { readonly id: PatternId })[]>();
  for (const [path, file] of library.projects.files(project)) {
    for (const { id, qualifiedName } of file.fragments) {
      const [owner = '', own = ''] = qualifiedName.split('.').slice(-2);
      const definition =
        own === '' ? { id, path, name: owner, owner: '' } : { id, path, name: own, owner };
      const definitions = byName.get(definition.name) ?? [];
      definitions.push(definition);
      byName.set(definition.name, definitions);
    }
  }
  return byName;
}

/** Whether a pattern is shown by a name that its copies have. */
async function shownNames(
  library: Library,
  byName: ReadonlyMap<string, readonly { readonly id: PatternId }[]>,
  pause: () => Promise<void>,
): Promise<(id: PatternId, name: string) => boolean> {
  const names = new Map<PatternId, string>();
  const several = new Set<PatternId>();
  for (const [name, definitions] of byName) {
    for (const { id } of definitions) {
      if ((names.get(id) ?? name) !== name) several.add(id);
      names.set(id, name);
    }
  }
  let asked = 0;
  for (const id of several) {
    asked += 1;
    if (asked % PAUSE_AFTER === 0) await pause();
    const shown = library.patterns.byId(id);
    names.set(id, shown?.qualifiedName.split('.').at(-1) ?? '');
  }
  return (id, name) => names.get(id) === name;
}

/**
 * How likely a mention of a name means this definition, 0 to 1: names of several words are rarely
 * shared with the code of others, single words often are, most of all those of members.
 */
function distinctness(name: string, isMember: boolean): number {
  if (isPlainName(name)) return 0;
  if (isDistinct(name)) return 1;
  return /^\p{Lu}/u.test(name) || !isMember ? 0.5 : 0.25;
}

/** 0, 1, 2–3, 4–7, … */
function magnitude(count: number): number {
  return count === 0 ? 0 : 1 + Math.floor(Math.log2(count));
}
