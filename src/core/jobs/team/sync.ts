import { setTimeout as delay } from 'node:timers/promises';
import type { TeamChoices, TeamSync } from '../../model/api/team.ts';
import type { Watch } from '../../model/api/watch.ts';
import { AppError } from '../../model/errors.ts';
import type { EpochMs } from '../../model/epochMs.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import { lockFolder } from '../../platform/folderLock.ts';
import { TeamRefusal, type TeamClient } from '../../team/client.ts';
import { teamFolder, writeState, type TeamState } from '../../team/state.ts';
import { inForce } from '../curate/curate.ts';
import { clientFor, stateOf, withChoices, type TeamParts } from './connect.ts';
import { takeChanges } from './pull.ts';
import { pushPatterns, pushWords } from './push.ts';

export interface SyncParts extends TeamParts {
  readonly gate: SecretGate;
  readonly now: () => EpochMs;
}

/** Another window that syncs is waited for this long. */
const PATIENCE_MS = 20_000;
const STEP_MS = 100;

const NOTHING: TeamSync = {
  ...{ received: 0, sent: 0, changed: 0, told: 0, accepted: 0, refused: 0 },
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
  const client = clientFor(parts, key, signal);
  return alone(parts, async () => {
    let current = withChoices(stateOf(library), choices);
    const keep = (next: TeamState): void => {
      current = next;
      writeState(library.folder, next);
    };
    const state = (): TeamState => current;
    const pushing = { library, gate: parts.gate, client, state, keep };
    const first = await pull(parts, client, { state, keep });
    const { sent, refused } = await pushPatterns(pushing);
    const told = await pushWords(pushing);
    // What was just sent comes back with what the server made of it.
    const last = sent + told > 0 ? await pull(parts, client, { state, keep }) : NOTHING;
    keep({ ...current, lastSync: new Date(parts.now()).toISOString() });
    return {
      ...{ sent, refused, told },
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
    keep({ ...state(), known: pulled.known, cursor: page.cursor, epoch: page.epoch });
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
    return Promise.resolve();
  });
  return syncTeam(parts, key, {}, {});
}

/** One process at a time holds the state. @throws AppError `team-data-in-use` */
async function alone<Value>(
  { library, now }: SyncParts,
  work: () => Promise<Value>,
): Promise<Value> {
  for (let waitedMs = 0; ; waitedMs += STEP_MS) {
    let lock: { release(): void };
    try {
      lock = lockFolder(teamFolder(library.folder), now());
    } catch (error) {
      const isBusy = error instanceof AppError && error.code === 'team-data-in-use';
      if (!isBusy || waitedMs >= PATIENCE_MS) throw error;
      await delay(STEP_MS);
      continue;
    }
    try {
      return await work();
    } finally {
      lock.release();
    }
  }
}
