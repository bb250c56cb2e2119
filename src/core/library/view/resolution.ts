import type { PatternId, PatternState } from '../../model/pattern.ts';

/** Orders facts: by revision, then by event id. */
export interface Rank {
  readonly rev: number;
  readonly event: string;
}

export function isNewer(a: Rank, b: Rank): boolean {
  return a.rev === b.rev ? a.event > b.event : a.rev > b.rev;
}

/** What decides the state of one pattern and where its id leads. */
export interface Node {
  /**
   * `strong`: it stands by itself; `kept`: it stands unless a successor does; `forgotten` and
   * `quarantined` are shown as such whatever leads away from them; `gone`: nothing holds it up.
   */
  readonly standing: 'strong' | 'kept' | 'gone' | 'forgotten' | 'quarantined';
  /** The newest succession. */
  readonly successor: ({ readonly to: PatternId } & Rank) | undefined;
  /** The pattern it is a near duplicate of, by the newest fact. */
  readonly joined: PatternId | undefined;
}

export interface Resolution {
  readonly state: PatternState;
  /** The id in force for it: itself, its successor, or what it joined. */
  readonly target: PatternId;
  /** It would stand by itself, had it not joined `target` as a near duplicate. */
  readonly isVariant: boolean;
}

/**
 * @param nodes closed under `successor` and `joined` in both directions; ids that are missing are gone
 */
export function resolveNodes(
  nodes: ReadonlyMap<PatternId, Node>,
): ReadonlyMap<PatternId, Resolution> {
  const stands = new Map<PatternId, boolean>();
  for (const id of nodes.keys()) stands.set(id, isStanding(nodes, id));
  const graph = { nodes, stands };
  const resolved = new Map<PatternId, Resolution>();
  for (const id of nodes.keys()) resolved.set(id, resolveNode(graph, id));
  return resolved;
}

interface Graph {
  readonly nodes: ReadonlyMap<PatternId, Node>;
  readonly stands: ReadonlyMap<PatternId, boolean>;
}

function resolveNode(graph: Graph, id: PatternId): Resolution {
  const standing = graph.nodes.get(id)?.standing;
  if (standing === 'forgotten' || standing === 'quarantined') {
    return { state: standing, target: id, isVariant: false };
  }
  if (graph.stands.get(id) === true) {
    const target = leaderOf(graph, id);
    const isVariant = target !== id;
    return { state: isVariant ? 'retired' : 'live', target, isVariant };
  }
  return { state: 'retired', target: heirOf(graph, id), isVariant: false };
}

/** Kept text gives way to any successor that stands; among kept ones the last of the chain does. */
function isStanding(nodes: ReadonlyMap<PatternId, Node>, id: PatternId): boolean {
  const node = nodes.get(id);
  if (node?.standing !== 'kept') return node?.standing === 'strong';
  const { path, cycle } = followSuccessors(nodes, id);
  const later = path.slice(1);
  if (later.some((other) => nodes.get(other)?.standing === 'strong')) return false;
  if (!cycle.includes(id)) return !later.some((other) => nodes.get(other)?.standing === 'kept');
  return lastReached(nodes, cycle, (other) => nodes.get(other)?.standing === 'kept') === id;
}

/** Where a retired id leads: the first live successor, else what it joined, else the chain's end. */
function heirOf(graph: Graph, id: PatternId): PatternId {
  const { nodes, stands } = graph;
  const { path, cycle } = followSuccessors(nodes, id);
  for (const next of path) {
    if (stands.get(next) === true) return leaderOf(graph, next);
    const standing = nodes.get(next)?.standing;
    if (standing === 'forgotten' || standing === 'quarantined') return next;
  }
  for (const next of path) {
    const joined = nodes.get(next)?.joined;
    if (joined !== undefined && stands.get(joined) === true) return leaderOf(graph, joined);
  }
  const end = cycle.length > 0 ? lastReached(nodes, cycle, () => true) : path.at(-1);
  return end ?? id;
}

/** @returns the chain from `id` on, each id once, and the part of it that returns into itself */
function followSuccessors(
  nodes: ReadonlyMap<PatternId, Node>,
  id: PatternId,
): { readonly path: readonly PatternId[]; readonly cycle: readonly PatternId[] } {
  const places = new Map<PatternId, number>();
  let next: PatternId | undefined = id;
  while (next !== undefined && !places.has(next)) {
    places.set(next, places.size);
    next = nodes.get(next)?.successor?.to;
  }
  const path = [...places.keys()];
  return { path, cycle: next === undefined ? [] : path.slice(places.get(next)) };
}

/** Of a cycle's ids that pass, the one which the newest succession led to. */
function lastReached(
  nodes: ReadonlyMap<PatternId, Node>,
  cycle: readonly PatternId[],
  passes: (id: PatternId) => boolean,
): PatternId | undefined {
  let newest: ({ readonly to: PatternId } & Rank) | undefined;
  for (const id of cycle) {
    const step = nodes.get(id)?.successor;
    if (step === undefined || !passes(step.to)) continue;
    if (newest === undefined || isNewer(step, newest)) newest = step;
  }
  return newest?.to;
}

/** Follows near duplicates through ids that stand; in a cycle the smallest id leads. */
function leaderOf({ nodes, stands }: Graph, id: PatternId): PatternId {
  const places = new Map<PatternId, number>();
  let at = id;
  while (!places.has(at)) {
    places.set(at, places.size);
    const next = nodes.get(at)?.joined;
    if (next === undefined || stands.get(next) !== true) return at;
    at = next;
  }
  const cycle = [...places.keys()].slice(places.get(at));
  return cycle.reduce((smallest, other) => (other < smallest ? other : smallest));
}
