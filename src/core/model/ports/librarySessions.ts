import type { AgentName } from '../sessions/session.ts';
import type { LastingReport } from '../sessions/sessionReport.ts';

/** What the library keeps of sessions, also of those whose logs are gone. */
export interface LibrarySessions {
  /** Of each session, by `sessionKey`: the `contentHash` it was recorded with. */
  hashes(): ReadonlyMap<string, string>;
  /** Reports of sessions whose logs were found where agents leave them, newest first. */
  recent(): readonly LastingReport[];
  /** The reports of a session of this id, of whichever agent. */
  byId(id: string): readonly LastingReport[];
}

/** Names a session among those of all agents. */
export function sessionKey(agent: AgentName, id: string): string {
  return `${agent} ${id}`;
}
