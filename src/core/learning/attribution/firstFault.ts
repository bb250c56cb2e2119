import type { FoundFault } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { actsOf, speakers } from './acts.ts';
import { ledFault, leaderOf } from './ledFault.ts';
import { soloFault } from './soloFault.ts';
import { TEAM_WEIGHTS, teamChances, teamFault, teamSigns } from './teamFault.ts';

/**
 * What each step may have done to make a session fail, before it is brought to a sum of 1: the chances
 * of all steps where experts talk, otherwise the likeliest one alone.
 */
export function faultWeights(session: Session): ReadonlyMap<number, number> {
  const names = speakers(session);
  if (isTeam(session, names) && leaderOf(session, names) === undefined) {
    const steps = teamSigns(actsOf(session));
    const chances = teamChances(steps, TEAM_WEIGHTS);
    return new Map(steps.map(({ act }, at) => [act.step, chances[at] ?? 0]));
  }
  const fault = findFirstFault(session);
  return new Map(fault === undefined ? [] : [[fault.step, 1]]);
}

/** The step that is likeliest to have made a session fail; `undefined` where nothing speaks for one. */
export function findFirstFault(session: Session): FoundFault | undefined {
  const names = speakers(session);
  if (!isTeam(session, names)) return soloFault(session);
  const acts = actsOf(session);
  const leader = leaderOf(session, names);
  return leader === undefined ? teamFault(acts) : ledFault(acts, leader);
}

/** Agents that talk, be it with a terminal alone; subagents that one agent sends for are tools of it. */
function isTeam({ agent }: Session, names: ReadonlySet<string>): boolean {
  return agent === 'team-chat' && names.size > 0;
}
