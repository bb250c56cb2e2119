import type { MeasureEvent } from '../../model/event.ts';
import type { Library } from '../../model/ports/library.ts';
import type { PatternId, ProjectKey } from '../../model/pattern.ts';
import type { ScanCache } from './scanCache.ts';

/** Measures travel in events of this many, so that a kill loses little. */
const BATCH_EVENTS = 2_000;

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
 * than once shares its mentions, because text cannot tell which definition is meant.
 *
 * @returns number of patterns whose measure was recorded
 */
export async function measureMentions(
  library: Library,
  cache: ScanCache,
  scope: { readonly project: ProjectKey; readonly isTest: (path: string) => boolean },
): Promise<number> {
  const byName = definitionsByName(library, scope.project);
  const mentioned = collectMentions(cache, [...byName.keys()].map(hashIdentifier), scope.isTest);
  const known = library.projects.measures(scope.project);
  const counts = new Map<PatternId, { mentions: number; tests: number }>();
  for (const [name, definitions] of byName) {
    const places = mentioned.get(hashIdentifier(name)) ?? NOWHERE;
    const certainty = distinctness(name) / new Set(definitions.map(({ path }) => path)).size;
    for (const { id, path } of definitions) {
      const sum = counts.get(id) ?? { mentions: 0, tests: 0 };
      counts.set(id, sum);
      // What tests define is not what they test.
      if (scope.isTest(path)) continue;
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
    await library.record(changed.slice(start, start + BATCH_EVENTS));
  }
  return changed.length;
}

interface Mentions {
  readonly code: Set<string>;
  readonly tests: Set<string>;
}

const NOWHERE: Mentions = { code: new Set(), tests: new Set() };

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
): Map<string, { readonly id: PatternId; readonly path: string }[]> {
  const byName = new Map<string, { id: PatternId; path: string }[]>();
  for (const [path, file] of library.projects.files(project)) {
    for (const { id, qualifiedName } of file.fragments) {
      const name = qualifiedName.slice(qualifiedName.lastIndexOf('.') + 1);
      const definitions = byName.get(name) ?? [];
      definitions.push({ id, path });
      byName.set(name, definitions);
    }
  }
  return byName;
}

/** What every language or type has one of: a mention says nothing of whose it is. */
const EVERYWHERE =
  /^(?:__\w+|constructor|default|main|new|init|initialize|clone|copy|fmt|drop|from|into|to_?string|to_s|inspect|equals|hash_?code|get_?hash_?code|set_?up|tear_?down|before_?each|after_?each|data|call|get|set|has|add|put|run|next|close)$/i;

/**
 * How likely a mention of a name means this definition, 0 to 1: names of several words are rarely
 * shared with the code of others, single words often are.
 */
function distinctness(name: string): number {
  if (EVERYWHERE.test(name)) return 0;
  if (/[\p{Ll}\p{N}]\p{Lu}|[^_]_[^_]/u.test(name)) return 1;
  return /^\p{Lu}/u.test(name) ? 0.5 : 0.25;
}

/** 0, 1, 2–3, 4–7, … */
function magnitude(count: number): number {
  return count === 0 ? 0 : 1 + Math.floor(Math.log2(count));
}
