import type { TeamOffer } from '../../model/api/team.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { KnownPattern, TeamState } from '../../team/state.ts';
import { inForce } from '../curate/curate.ts';

/** What patterns of a team are labelled with. */
export function packOf(team: string): string {
  return `team ${team}`;
}

/** What people write about a pattern, as one text. */
export function wordsOf({ name, description, tags }: TeamOffer): string {
  return JSON.stringify([name, description, [...tags].sort()]);
}

/** Whether nobody but the team brought the pattern here. */
export function isOfTeamAlone(library: Library, team: string, id: PatternId): boolean {
  const pattern = library.patterns.byId(id);
  return pattern?.source === 'imported' && pattern.pack === packOf(team);
}

/**
 * What the author of an accepted pattern writes about it now, where that is not what was accepted:
 * it waits for a word, because it would go into prompts. `undefined` where nothing waits.
 */
export function offerOf(
  library: Library,
  { team, user }: TeamState,
  { pattern, author, words }: KnownPattern,
): TeamOffer | undefined {
  if (author === user || !isOfTeamAlone(library, team, pattern)) return undefined;
  const held = library.patterns.byId(pattern);
  if (held?.state !== 'live' || wordsOf(held) === words) return undefined;
  const [name, description, tags] = JSON.parse(words) as [string, string, readonly string[]];
  return { name, description, tags };
}

/** @throws AppError `pattern-not-found`, `pattern-forgotten`, `bad-argument` where nothing waits */
export async function takeOffers(
  library: Library,
  state: TeamState,
  ids: readonly string[],
): Promise<void> {
  const known = new Map(Object.values(state.known).map((one) => [one.pattern, one]));
  const events = ids.map((given) => {
    const { id: pattern, name } = inForce(library, given);
    const one = known.get(pattern);
    const offer = one === undefined ? undefined : offerOf(library, state, one);
    if (offer !== undefined) return { type: 'edit' as const, pattern, ...offer };
    throw new AppError('bad-argument', localized`the team has nothing new about “${name}”`);
  });
  await library.record(events);
}
