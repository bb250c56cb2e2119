import { sessionKey } from '../../model/ports/librarySessions.ts';
import { responseNames } from './reading/logFile.ts';
import type { KnownLog } from './reading/logFile.ts';

/**
 * Logs in groups: those that hold a session or a response of one another, which a resumed or forked
 * session copies, are in one group, and most groups are of one log. In the order of their first logs.
 */
export function groupShared(logs: readonly KnownLog[]): readonly (readonly KnownLog[])[] {
  const leaders = logs.map((_, at) => at);
  const leaderOf = (at: number): number => {
    let leader = at;
    for (
      let next = leaders[leader];
      next !== undefined && next !== leader;
      next = leaders[leader]
    ) {
      leader = next;
    }
    return leader;
  };
  const join = (at: number, other: number): void => {
    const [first, second] = [leaderOf(at), leaderOf(other)].sort((a, b) => a - b);
    if (first !== undefined && second !== undefined) leaders[second] = first;
  };
  const responses = new Map<number, number>();
  const sessions = new Map<string, number>();
  for (const [at, log] of logs.entries()) {
    for (const name of responseNames(log)) {
      const owner = responses.get(name);
      if (owner === undefined) responses.set(name, at);
      else if (owner !== at) join(owner, at);
    }
    for (const { agent, id } of log.sessions) {
      const owner = sessions.get(sessionKey(agent, id));
      if (owner === undefined) sessions.set(sessionKey(agent, id), at);
      else join(owner, at);
    }
  }
  const groups = new Map<number, KnownLog[]>();
  for (const [at, log] of logs.entries()) {
    const group = groups.get(leaderOf(at));
    if (group === undefined) groups.set(leaderOf(at), [log]);
    else group.push(log);
  }
  return [...groups.values()];
}
