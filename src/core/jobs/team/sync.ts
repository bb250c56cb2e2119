import type { TeamChoices, TeamSync } from '../../model/api/team.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { TeamRefusal, type TeamClient } from '../../team/client.ts';
import { writeState, type TeamState } from '../../team/state.ts';
import { inForce } from '../curate/curate.ts';
import { alone, type TeamParts } from './alone.ts';
import { clientFor, stateOf, withChoices } from './connect.ts';
import { takeChanges } from './pull.ts';
import { pushPatterns, pushWords } from './push.ts';

export interface SyncParts extends TeamParts {
  readonly gate: SecretGate;
}

const NOTHING: TeamSync = {
  ...{ received: 0, sent: 0, changed: 0, told: 0, accepted: 0, refused: 0 },
  notTaken: [],
  restarted: false,
};

/**
 * Tells the team what is new here and takes in what is new there. Facts are recorded before the
 * cursor moves on, so that a kill repeats a page, which changes nothing.
 */
export async function syncTeam(
  parts: SyncParts,
  key: string | undefined,
  choices: TeamChoices,
  { signal }: Watch,
): Promise<TeamSync> {
  const { library } = parts;
  return alone(parts, async () => {
    const client = clientFor(parts, key, signal);
    let current = withChoices(stateOf(library), choices);
    const keep = (next: TeamState): void => {
      current = next;
      writeState(library.folder, next);
    };
    const state = (): TeamState => current;
    const { role } = await client.identity();
    keep({ ...current, role });
    const pushing = { library, gate: parts.gate, client, state, keep };
    const first = await pull(parts, client, { state, keep });
    // A reader has nothing to say to the server, which would refuse the whole sync.
    const isReader = role === 'reader';
    const { sent, refused, notTaken } = isReader ? NOTHING : await pushPatterns(pushing);
    const told = isReader ? 0 : await pushWords(pushing);
    // What was just sent comes back with what the server made of it.
    const last = sent + told > 0 ? await pull(parts, client, { state, keep }) : NOTHING;
    keep({ ...current, lastSync: new Date(parts.now()).toISOString() });
    return {
      ...{ sent, refused, told, notTaken },
      received: first.received + last.received,
      changed: first.changed + last.changed,
      accepted: first.accepted + last.accepted,
      restarted: first.restarted || last.restarted,
    };
  });
}

interface Standing {
  readonly state: () => TeamState;
  readonly keep: (state: TeamState) => void;
}

async function pull({ library }: SyncParts, client: TeamClient, at: Standing): Promise<TeamSync> {
  const { state, keep } = at;
  const tally = { received: 0, changed: 0, accepted: 0 };
  let restarted = false;
  for (let more = true; more;) {
    const page = await client.changes(state().cursor).catch((error: unknown) => {
      if (error instanceof TeamRefusal && error.code === 'cursor-lost') return undefined;
      throw error;
    });
    const { epoch } = state();
    if (page === undefined || (epoch !== undefined && epoch !== page.epoch)) {
      restarted = true;
      keep(begunAnew(state()));
      continue;
    }
    const pulled = takeChanges(library, state(), page.changes);
    await library.record(pulled.events);
    const { known, deleted } = pulled;
    keep({ ...state(), known, deleted, cursor: page.cursor, epoch: page.epoch });
    tally.received += pulled.received;
    tally.changed += pulled.changed;
    tally.accepted += pulled.accepted;
    more = page.more;
  }
  return { ...NOTHING, ...tally, restarted };
}

/** What this person shared is sent again: a server that was restored from before may lack it. */
function begunAnew(state: TeamState): TeamState {
  const own = Object.values(state.known)
    .filter(({ author }) => author === state.user)
    .map(({ pattern }) => pattern);
  const wanted = [...new Set([...state.wanted, ...own])];
  return { ...state, cursor: undefined, epoch: undefined, known: {}, wanted };
}

/** Notes what is to be shared before anything is sent. */
export async function shareWithTeam(
  parts: SyncParts,
  ids: readonly string[],
  key: string | undefined,
): Promise<TeamSync> {
  const { library } = parts;
  const chosen = ids.map((id) => inForce(library, id).id);
  await alone(parts, () => {
    const state = stateOf(library);
    const refused = state.refused.filter((id) => !chosen.includes(id));
    const wanted = [...new Set([...state.wanted, ...chosen])];
    writeState(library.folder, { ...state, wanted, refused });
  });
  const done = await syncTeam(parts, key, {}, {});
  if (stateOf(library).role !== 'reader') return done;
  throw new AppError(
    'team-refused',
    localized`a reader’s key shares nothing: what you chose waits for a writer’s`,
  );
}
