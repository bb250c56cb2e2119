import { verdictOf } from '../../model/outcomes/outcome.ts';
import type { TeamSync } from '../../model/api/team.ts';
import type { Pattern, PatternId } from '../../model/pattern.ts';
import type { Library } from '../../model/ports/library.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { TeamRefusal, type TeamClient } from '../../team/client.ts';
import type { KnownPattern, TeamState } from '../../team/state.ts';
import { keepShared, lineOf } from '../exchange/shared.ts';
import { chosenByRules } from './share.ts';
import { wordsOf } from './words.ts';

export interface PushParts {
  readonly library: Library;
  readonly gate: SecretGate;
  readonly client: TeamClient;
  /** Where the sync stands; each step that the server confirmed is kept at once. */
  readonly state: () => TeamState;
  readonly keep: (state: TeamState) => void;
}

/** Looks of a pattern that outcomes are counted of. */
const MOST_LOOKS = 1000;

/** Sends what was chosen by hand and by the rules. Sending twice changes nothing. */
export async function pushPatterns(
  parts: PushParts,
): Promise<Pick<TeamSync, 'sent' | 'refused' | 'notTaken'>> {
  const { library, gate, client, state, keep } = parts;
  const { wanted } = state();
  const chosen = [...wanted, ...[...chosenByRules(library, state())].map(({ id }) => id)];
  const tally = { sent: 0, refused: 0 };
  const notTaken: TeamSync['notTaken'][number][] = [];
  for (const id of new Set(chosen)) {
    const pattern = library.patterns.byId(id);
    const done = { wanted: state().wanted.filter((other) => other !== id) };
    // Forgotten since it was chosen: nothing of it may leave.
    if (pattern === undefined || isForgotten(library, id, pattern)) {
      keep({ ...state(), ...done });
      continue;
    }
    try {
      const accepted = await client.post(await lineOf(pattern, gate));
      await library.record(keepShared([pattern]));
      const before = state();
      const own: KnownPattern = before.known[accepted.id] ?? {
        ...{ pattern: pattern.id, name: pattern.name, author: before.user },
        ...{ sharedAt: '', helpful: 0, votes: 0, good: 0, outcomes: 0, words: wordsOf(pattern) },
      };
      keep({ ...before, ...done, known: { ...before.known, [accepted.id]: own } });
      if (accepted.created) tally.sent += 1;
    } catch (error) {
      if (!(error instanceof TeamRefusal)) throw error;
      // Anything else may end: a bound of a proxy, a pattern that a later server can read.
      if (error.code !== 'pattern-deleted') {
        notTaken.push({ pattern: pattern.id, name: pattern.name, reason: error.message });
        continue;
      }
      keep({ ...state(), ...done, refused: [...state().refused, id] });
      tally.refused += 1;
    }
  }
  return { ...tally, notTaken };
}

/** @param pattern what `id` leads to, which may be another one */
function isForgotten({ patterns }: Library, id: PatternId, pattern: Pattern): boolean {
  return pattern.state === 'forgotten' || patterns.isForgotten(id);
}

/** Tells votes, outcomes, edits and deletions of this person that the server has not heard of. */
export async function pushWords(parts: PushParts): Promise<number> {
  const { state, keep } = parts;
  let told = 0;
  for (const [id, known] of Object.entries(state().known)) {
    const next = await tell(parts, id, known);
    if (next === known) continue;
    told += 1;
    const all = new Map(Object.entries(state().known));
    if (next === undefined) all.delete(id);
    else all.set(id, next);
    keep({ ...state(), known: Object.fromEntries(all) });
  }
  return told;
}

/** @returns what is known then; the same where there was nothing to tell, `undefined` where it is gone */
async function tell(
  parts: PushParts,
  id: string,
  known: KnownPattern,
): Promise<KnownPattern | undefined> {
  const { library, client, state } = parts;
  const isOwn = known.author === state().user;
  try {
    if (!library.patterns.isForgotten(known.pattern)) {
      return await tellFeedback(parts, id, isOwn ? await tellWords(parts, id, known) : known);
    }
    if (!isOwn) return known;
    await client.remove(id);
    return undefined;
  } catch (error) {
    // Deleted meanwhile, or not theirs to change: the next pull says so.
    if (error instanceof TeamRefusal) return known;
    throw error;
  }
}

async function tellWords(
  { library, client }: PushParts,
  id: string,
  known: KnownPattern,
): Promise<KnownPattern> {
  const pattern = library.patterns.byId(known.pattern);
  if (pattern === undefined || wordsOf(pattern) === known.words) return known;
  const { name, description, tags } = pattern;
  await client.edit(id, { name, description, tags });
  return { ...known, words: wordsOf(pattern) };
}

async function tellFeedback(
  { library, client }: PushParts,
  id: string,
  known: KnownPattern,
): Promise<KnownPattern> {
  const helpful = voteOf(library, known.pattern);
  const outcomes = outcomesOf(library, known.pattern);
  const told = JSON.stringify(outcomes);
  const isNewVote = helpful !== (known.vote ?? null);
  const isNewOutcome = outcomes.total > 0 && told !== known.told;
  if (!isNewVote && !isNewOutcome) return known;
  await client.feedback(id, { ...(isNewVote && { helpful }), ...(isNewOutcome && { outcomes }) });
  return { ...known, vote: helpful, ...(isNewOutcome && { told }) };
}

/** What the person's own rating says; `null` where it says neither. */
function voteOf(library: Library, id: string): boolean | null {
  const own = library.patterns.rows([id])[0]?.thumbs.own ?? null;
  if (own === null || own === 3) return null;
  return own >= 4;
}

/** Counts of looks that did well or badly; none of their texts. */
function outcomesOf(
  library: Library,
  id: string,
): { readonly good: number; readonly total: number } {
  const verdicts = library.outcomes
    .ofPattern(id, MOST_LOOKS)
    .map(({ outcomes }) => verdictOf(outcomes))
    .filter(({ success, failure }) => success !== failure);
  const good = verdicts.filter(({ success, failure }) => success > failure).length;
  return { good, total: verdicts.length };
}
