import { parseFields } from '../../exchange/fields.ts';
import { parseLine } from '../../exchange/parseImport.ts';
import { toKeptEvent } from '../../model/conversions.ts';
import type { EventBody, PatternEvent } from '../../model/event.ts';
import type { TeamChange } from '../../model/team/wire.ts';
import type { Library } from '../../model/ports/library.ts';
import { wilson } from '../../platform/wilson.ts';
import type { KnownPattern, TeamState } from '../../team/state.ts';
import { packOf } from './connect.ts';

/** Lower bound of the share of good votes and outcomes from which on members trust a pattern. */
const GOOD_ENOUGH = 0.5;

/** What a page of changes comes to here. */
export interface Pulled {
  readonly events: readonly EventBody[];
  /** With what the server says of each; those that are deleted are gone from it. */
  readonly known: TeamState['known'];
  readonly received: number;
  readonly changed: number;
  readonly accepted: number;
}

type Present = Extract<TeamChange, { readonly deleted: false }>;

/** Takes changes in like an import: what others wrote waits in quarantine, under the team’s name. */
export function takeChanges(
  library: Library,
  state: TeamState,
  changes: readonly TeamChange[],
): Pulled {
  const known = new Map(Object.entries(state.known));
  const events: EventBody[] = [];
  const fresh = new Set<string>();
  const tally = { received: 0, changed: 0, accepted: 0 };

  function takePresent(change: Present): void {
    const event = eventOf(change, state);
    if (event === undefined) return;
    const { id } = event.text;
    const before = known.get(change.id);
    if (before === undefined) takeNew(event);
    else if (before.words !== wordsOf(change) && change.created_by !== state.user) {
      const { name, description, tags } = change;
      events.push({ type: 'edit', pattern: id, name, description, tags });
      tally.changed += 1;
    }
    if (state.trust === 'members' && isFoundGood(change) && (fresh.has(id) || isWaiting(id))) {
      events.push({ type: 'accept', pattern: id });
      tally.accepted += 1;
    }
    known.set(change.id, { ...before, ...toKnown(change, id) });
  }

  function takeNew(event: PatternEvent): void {
    const { id } = event.text;
    const isForgotten = library.patterns.isForgotten(id);
    if (!isForgotten && library.patterns.byId(id) === undefined && !fresh.has(id)) {
      fresh.add(id);
      events.push(event);
      tally.received += 1;
    }
    // Deleted for the team, and restored.
    if (isForgotten && isOfTeamAlone(id)) {
      events.push({ type: 'restore', subject: { pattern: id } });
    }
  }

  function takeDeleted(id: string): void {
    const before = known.get(id);
    if (before === undefined) return;
    known.delete(id);
    if (before.author === state.user || !isOfTeamAlone(before.pattern)) return;
    events.push({ type: 'forget', subject: { pattern: before.pattern }, purge: false });
    tally.changed += 1;
  }

  const isWaiting = (id: string): boolean => library.patterns.byId(id)?.state === 'quarantined';
  const isOfTeamAlone = (id: string): boolean => {
    const pattern = library.patterns.byId(id);
    return pattern?.source === 'imported' && pattern.pack === packOf(state.team);
  };

  for (const change of changes) {
    if (change.deleted) takeDeleted(change.id);
    else takePresent(change);
  }
  return { events, known: Object.fromEntries(known), ...tally };
}

/** `undefined` for what a later version may be able to read. */
function eventOf(change: Present, { team }: TeamState): PatternEvent | undefined {
  try {
    const event = parseLine(parseFields(change.line));
    const provenance = event.provenance.map((place) => ({
      ...place,
      author: place.author ?? change.created_by,
    }));
    return { ...event, provenance, pack: packOf(team) };
  } catch {
    return undefined;
  }
}

function toKnown(change: Present, pattern: string): KnownPattern {
  return {
    pattern,
    name: change.name,
    author: change.created_by,
    sharedAt: change.created_at,
    helpful: change.success_count,
    votes: change.feedback_count,
    good: change.good_outcomes,
    outcomes: change.outcome_count,
    words: wordsOf(change),
  };
}

/** What people write about a pattern, as one text. */
export function wordsOf(of: Pick<Present, 'name' | 'description' | 'tags'>): string {
  return JSON.stringify([of.name, of.description, [...of.tags].sort()]);
}

function isFoundGood(change: Present): boolean {
  const total = change.feedback_count + change.outcome_count;
  if (total === 0) return false;
  const [low] = wilson((change.success_count + change.good_outcomes) / total, total);
  return low >= GOOD_ENOUGH;
}

/** Keeps the text of a pattern that was shared, whatever becomes of its source. */
export function keepShared(library: Library, id: string): readonly EventBody[] {
  const pattern = library.patterns.byId(id);
  const hasSource = pattern?.source === 'code' || pattern?.source === 'history';
  return hasSource ? [toKeptEvent(pattern)] : [];
}
