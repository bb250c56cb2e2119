import type { PatternId } from '../../model/pattern.ts';
import { resolveNodes, type Resolution } from './resolution.ts';
import type { Sqlite } from '../../platform/sqlite.ts';
import { factsOf, toNode, type PatternFacts } from './evidence.ts';
import { dropLastTexts, type Group, writeStandings } from './standings.ts';

/** Patterns brought up to date together; bounds memory. */
const CHUNK = 4000;

/**
 * Brings the standings of these patterns, and of all that successions and near duplicates tie to
 * them, up to date with the facts.
 *
 * @param version of the view after this
 */
export function refreshStandings(
  db: Sqlite,
  patterns: readonly PatternId[],
  version: number,
): void {
  const { linked, single } = withLinked(db, patterns);
  // Patterns that are tied together are judged together.
  if (linked.length > 0) refreshChunk(db, linked, version);
  for (let start = 0; start < single.length; start += CHUNK) {
    refreshChunk(db, single.slice(start, start + CHUNK), version);
  }
}

function refreshChunk(db: Sqlite, ids: readonly PatternId[], version: number): void {
  const facts = factsOf(db, ids);
  dropLastTexts(db, facts.values());
  const nodes = new Map([...facts].map(([id, found]) => [id, toNode(found)]));
  writeStandings(db, groupsOf(facts, resolveNodes(nodes)), version);
}

function groupsOf(
  facts: ReadonlyMap<PatternId, PatternFacts>,
  resolutions: ReadonlyMap<PatternId, Resolution>,
): readonly Group[] {
  const groups = new Map<
    PatternId,
    Group & { readonly members: PatternFacts[]; readonly variants: PatternFacts[] }
  >();
  for (const [id, found] of facts) {
    const resolution = resolutions.get(id);
    if (resolution === undefined) continue;
    groups.set(id, { facts: found, resolution, members: [found], variants: [] });
  }
  for (const { facts: found, resolution } of groups.values()) {
    if (resolution.target === found.id) continue;
    const target = groups.get(resolution.target);
    target?.members.push(found);
    if (resolution.isVariant) target?.variants.push(found);
  }
  return [...groups.values()];
}

/** Closes the set over successions and near duplicates. */
function withLinked(
  db: Sqlite,
  patterns: readonly PatternId[],
): { readonly linked: readonly PatternId[]; readonly single: readonly PatternId[] } {
  if (!hasLinks(db)) return { linked: [], single: patterns };
  db.script('CREATE TEMP TABLE IF NOT EXISTS touched (pattern TEXT PRIMARY KEY) WITHOUT ROWID');
  db.prepare('DELETE FROM touched').run();
  const insert = db.prepare<[string]>('INSERT INTO touched (pattern) VALUES (?)');
  for (const pattern of patterns) insert.run(pattern);
  const linked = db
    .prepare<[], [string]>(
      `WITH RECURSIVE component (pattern) AS (
         SELECT pattern FROM touched WHERE EXISTS (${stepsFrom('touched.pattern')})
         UNION SELECT v.joined FROM component c CROSS JOIN variants v ON v.pattern = c.pattern
         UNION SELECT v.pattern FROM component c CROSS JOIN variants v ON v.joined = c.pattern
         UNION SELECT s.successor FROM component c CROSS JOIN successions s ON s.pattern = c.pattern
         UNION SELECT s.pattern FROM component c CROSS JOIN successions s ON s.successor = c.pattern
       )
       SELECT pattern FROM component ORDER BY pattern`,
    )
    .all()
    .map(([pattern]) => pattern);
  const isLinked = new Set(linked);
  return { linked, single: patterns.filter((pattern) => !isLinked.has(pattern)) };
}

function hasLinks(db: Sqlite): boolean {
  const sql = 'SELECT EXISTS (SELECT 1 FROM variants) OR EXISTS (SELECT 1 FROM successions)';
  return db.prepare<[], [number]>(sql).get()?.[0] === 1;
}

function stepsFrom(pattern: string): string {
  return [
    `SELECT 1 FROM variants WHERE pattern = ${pattern}`,
    `SELECT 1 FROM variants WHERE joined = ${pattern}`,
    `SELECT 1 FROM successions WHERE pattern = ${pattern}`,
    `SELECT 1 FROM successions WHERE successor = ${pattern}`,
  ].join(' UNION ALL ');
}
