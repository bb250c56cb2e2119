import { connectTeam, leaveTeam, listTeam, stateOf, teamStatus } from '../jobs/team/connect.ts';
import { previewShare } from '../jobs/team/share.ts';
import { shareWithTeam, syncTeam, type SyncParts } from '../jobs/team/sync.ts';
import type { TeamApi } from '../model/api/team.ts';
import type { EngineParts } from './parts.ts';

export function createTeam({ current, gate, env, now, meaning }: EngineParts): TeamApi {
  const parts = (): SyncParts => ({ library: current(), gate, env, now });
  return {
    connect: (connection) => connectTeam(parts(), connection),
    status: () => Promise.resolve().then(() => teamStatus(parts())),
    sync: async (key, choices, watch = {}) => {
      const done = await syncTeam(parts(), key, choices, watch);
      if (done.accepted > 0) meaning.embedSoon();
      return done;
    },
    list: () => Promise.resolve().then(() => listTeam(parts())),
    preview: async (target) => {
      const library = current();
      return previewShare(library, gate, { state: stateOf(library), target });
    },
    share: (ids, key) => shareWithTeam(parts(), ids, key),
    leave: (forget) => leaveTeam(parts(), forget),
  };
}
