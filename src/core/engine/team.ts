import type { SyncParts } from '../jobs/team/sync.ts';
import type { TeamApi } from '../model/api/team.ts';
import type { EngineParts } from './parts.ts';

/** Read when something of a team is first asked for: most runs have none. */
const loadConnect = () => import('../jobs/team/connect.ts');
const loadShare = () => import('../jobs/team/share.ts');
const loadSync = () => import('../jobs/team/sync.ts');

export function createTeam({ current, gate, env, now, meaning }: EngineParts): TeamApi {
  const parts = (): SyncParts => ({ library: current(), gate, env, now });
  return {
    connect: async (connection) => (await loadConnect()).connectTeam(parts(), connection),
    status: async () => (await loadConnect()).teamStatus(parts()),
    sync: async (key, choices, watch = {}) => {
      const done = await (await loadSync()).syncTeam(parts(), key, choices, watch);
      if (done.accepted > 0) meaning.embedSoon();
      return done;
    },
    list: async () => (await loadConnect()).listTeam(parts()),
    search: async (text, limit, key) => {
      const { searchTeam } = await import('../jobs/team/search.ts');
      return searchTeam(parts(), { text, limit }, key);
    },
    preview: async (target) => {
      const { stateOf } = await loadConnect();
      const { previewShare } = await loadShare();
      const library = current();
      return previewShare(library, gate, { state: stateOf(library), target });
    },
    share: async (ids, key) => (await loadSync()).shareWithTeam(parts(), ids, key),
    take: async (ids) => {
      const { stateOf } = await loadConnect();
      const { takeOffers } = await import('../jobs/team/words.ts');
      const library = current();
      await takeOffers(library, stateOf(library), ids);
    },
    issueKey: async (request, access) =>
      (await loadConnect()).adminClient(parts(), access).issueKey(request),
    keys: async (access) => (await loadConnect()).adminClient(parts(), access).keys(),
    rotateKey: async (id, expiresAt, access) =>
      (await loadConnect()).adminClient(parts(), access).rotateKey(id, expiresAt),
    revokeKey: async (id, access) =>
      (await loadConnect()).adminClient(parts(), access).revokeKey(id),
    leave: async (forget) => (await loadConnect()).leaveTeam(parts(), forget),
  };
}
