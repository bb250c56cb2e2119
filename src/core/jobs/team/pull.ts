import { parseFields } from '../../exchange/fields.ts';
import { parseLine } from '../../exchange/parseImport.ts';
import type { EventBody, PatternEvent } from '../../model/event.ts';
import type { TeamChange } from '../../model/team/wire.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import { wilson } from '../../platform/wilson.ts';
import type { KnownPattern, TeamState } from '../../team/state.ts';
import { openKnownIdioms } from '../exchange/knownIdioms.ts';
import { isOfTeamAlone, packOf, wordsOf } from './words.ts';

/** Lower bound of the share of people whom a pattern served from which on members trust it. */
const GOOD_ENOUGH = 0.5;

/** What a page of changes comes to here. */
export interface Pulled {
  readonly events: readonly EventBody[];
  /** With what the server says of each; those that are deleted are gone from it. */
  readonly known: TeamState['known'];
  readonly deleted: readonly PatternId[];
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
  const asHere = openKnownIdioms(library);
  const known = new Map(Object.entries(state.known));
  const deleted = new Set(state.deleted);
  const events: EventBody[] = [];
  const fresh = new Set<string>();
  const tally = { received: 0, changed: 0, accepted: 0 };

  function takePresent(change: Present): void {
    const read = eventOf(change, state);
    if (read === undefined) return;
    const event = asHere(read);
    const { id } = event.text;
    const before = known.get(change.id);
    if (before === undefined) takeNew(event);
    else if (before.words !== wordsOf(change) && takesWords(id, before, change)) {
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

  /** Words of others reach only what still waits; own ones only what was not edited here since. */
  function takesWords(id: PatternId, before: KnownPattern, { created_by: author }: Present) {
    const local = library.patterns.byId(id);
    if (local === undefined) return false;
    if (author === state.user) return wordsOf(local) === before.words;
    return local.state === 'quarantined' && isOfTeamAlone(library, state.team, id);
  }

  function takeNew(event: PatternEvent): void {
    const { id } = event.text;
    const isForgotten = library.patterns.isForgotten(id);
    if (!isForgotten && library.patterns.byId(id) === undefined && !fresh.has(id)) {
      fresh.add(id);
      events.push(event);
      tally.received += 1;
    }
    // Deleted for the team, and restored; what a person forgot stays forgotten.
    if (isForgotten && deleted.delete(id)) {
      events.push({ type: 'restore', subject: { pattern: id } });
    }
  }

  function takeDeleted(id: string): void {
    const before = known.get(id);
    if (before === undefined) return;
    known.delete(id);
    const { author, pattern } = before;
    if (author === state.user || !isOfTeamAlone(library, state.team, pattern)) return;
    if (library.patterns.isForgotten(pattern)) return;
    deleted.add(pattern);
    events.push({ type: 'forget', subject: { pattern }, purge: false });
    tally.changed += 1;
  }

  const isWaiting = (id: string): boolean => library.patterns.byId(id)?.state === 'quarantined';

  for (const change of changes) {
    if (change.deleted) takeDeleted(change.id);
    else takePresent(change);
  }
  return { events, known: Object.fromEntries(known), deleted: [...deleted], ...tally };
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

/** Nobody vouches for a pattern of their own, and one person counts once however often they tell. */
function isFoundGood({ backers, judges }: Present): boolean {
  if (judges === 0) return false;
  const [low] = wilson(backers / judges, judges);
  return low >= GOOD_ENOUGH;
}
