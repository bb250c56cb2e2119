import { AppError } from '../../model/errors.ts';
import { localized } from '../../model/localizedText.ts';
import type {
  AdminAccess,
  TeamChoices,
  TeamConnection,
  TeamShared,
  TeamStatus,
} from '../../model/api/team.ts';
import type { Library } from '../../model/ports/library.ts';
import type { Identity } from '../../model/team/wire.ts';
import { createTeamClient, type TeamClient } from '../../team/client.ts';
import { parseRule } from '../../team/rules.ts';
import {
  readKey,
  readState,
  removeKey,
  removeTeam,
  writeKey,
  writeState,
  type TeamState,
} from '../../team/state.ts';
import { alone, type TeamParts } from './alone.ts';
import { offerOf, packOf } from './words.ts';

const KEY = 'PATTERN_FOUNDRY_TEAM_KEY';

/** Asks the server whose key it is, and remembers the team. */
export async function connectTeam(
  parts: TeamParts,
  { address, key, keepsKey, ...choices }: TeamConnection,
): Promise<TeamStatus> {
  const { library } = parts;
  const url = checkedAddress(address);
  const identity = await createTeamClient(url, key).identity();
  return alone(parts, () => {
    const state = joined(library, url, identity, choices);
    if (keepsKey) writeKey(library.folder, url, key);
    else removeKey(library.folder);
    writeState(library.folder, state);
    return toStatus(library, state);
  });
}

function joined(
  library: Library,
  url: string,
  { user, role, team }: Identity,
  choices: TeamChoices,
): TeamState {
  const before = readState(library.folder);
  const isSame = before?.address === url && before.user === user;
  const fresh: TeamState = {
    ...{ address: url, team, user, role, trust: 'review', share: [] },
    ...{ lastSync: null, wanted: [], refused: [], known: {} },
  };
  return withChoices({ ...(isSame ? before : fresh), team, role }, choices);
}

/** Plain HTTP goes no further than this machine: the key would be read on the way. */
function checkedAddress(address: string): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(url?.hostname ?? '');
  if (url !== undefined && (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal))) {
    return url.origin;
  }
  throw new AppError(
    'bad-argument',
    localized`${address} is not the address of a team server, which begins with https:// or, on this machine, with http://`,
  );
}

/** @throws AppError `bad-argument` for a rule that is none */
export function withChoices(state: TeamState, { trust, share }: TeamChoices): TeamState {
  for (const rule of share ?? []) parseRule(rule);
  return { ...state, trust: trust ?? state.trust, share: share ?? state.share };
}

/** @throws AppError `team-not-connected` */
export function stateOf(library: Library): TeamState {
  const state = readState(library.folder);
  if (state !== undefined) return state;
  throw new AppError('team-not-connected', localized`this library is not connected to a team`);
}

/** @param given by whoever calls; else that of the environment, else the one that was kept */
export function clientFor(
  { library, env }: TeamParts,
  given: string | undefined,
  signal?: AbortSignal,
): TeamClient {
  const { address, team } = stateOf(library);
  const key = given ?? env[KEY] ?? readKey(library.folder, address);
  if (key !== undefined && key !== '') return createTeamClient(address, key, signal);
  throw new AppError('team-key-needed', localized`the key of ${team} is not known`);
}

/** Asks a server that need not be the one of this library's team. */
export function adminClient(parts: TeamParts, { address, key }: AdminAccess): TeamClient {
  const known = readState(parts.library.folder)?.address;
  const url = address === undefined ? known : checkedAddress(address);
  if (url === undefined || url === known) return clientFor(parts, key);
  const given = key ?? parts.env[KEY];
  if (given !== undefined && given !== '') return createTeamClient(url, given);
  throw new AppError('team-key-needed', localized`the key for ${url} is not known`);
}

export function teamStatus({ library }: TeamParts): TeamStatus | undefined {
  const state = readState(library.folder);
  return state === undefined ? undefined : toStatus(library, state);
}

export function toStatus(library: Library, state: TeamState): TeamStatus {
  const { address, team, user, role, trust, share, lastSync, wanted } = state;
  const known = Object.values(state.known);
  return {
    ...{ address, team, user, role, trust, share, lastSync },
    known: known.length,
    own: known.filter(({ author }) => author === user).length,
    waiting: waitingOf(library, team).size,
    unsent: wanted.length,
  };
}

export function listTeam({ library }: TeamParts): readonly TeamShared[] {
  const state = stateOf(library);
  const waiting = waitingOf(library, state.team);
  return Object.values(state.known)
    .map((one) => ({
      pattern: one.pattern,
      name: one.name,
      author: one.author,
      shared_at: one.sharedAt,
      own: one.author === state.user,
      helpful: one.helpful,
      votes: one.votes,
      good_outcomes: one.good,
      outcomes: one.outcomes,
      waiting: waiting.has(one.pattern),
      offer: offerOf(library, state, one) ?? null,
    }))
    .sort((a, b) => (a.shared_at < b.shared_at ? 1 : -1));
}

function waitingOf(library: Library, team: string): ReadonlySet<string> {
  return new Set(library.patterns.idsOfPack(packOf(team), 'quarantined'));
}

/** Leaves the server alone: what was shared stays shared. */
export async function leaveTeam(parts: TeamParts, forget: boolean): Promise<number> {
  const { library } = parts;
  return alone(parts, async () => {
    const { team } = stateOf(library);
    const ids = forget
      ? (['quarantined', 'live'] as const).flatMap((state) =>
          library.patterns.idsOfPack(packOf(team), state),
        )
      : [];
    await library.record(
      ids.map((pattern) => ({ type: 'forget', subject: { pattern }, purge: false })),
    );
    removeTeam(library.folder);
    return ids.length;
  });
}
