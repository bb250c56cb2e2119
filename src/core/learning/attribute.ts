import { localized } from '../model/localizedText.ts';
import type { Attribution, Contribution, ProvenOutcome, UsedMethod } from '../model/learning.ts';
import type { LocalizedText } from '../model/localizedText.ts';
import type { Session } from '../model/sessions/session.ts';
import { faultWeights, findFirstFault } from './attribution/firstFault.ts';
import { heuristicCredit, simpleCredit, toContributions } from './credit/credit.ts';

/** Credit that something beside the log told: a model, the tests, like trajectories. */
export interface ToldCredit {
  readonly method: UsedMethod;
  readonly contributions: readonly Contribution[];
  readonly entangled?: readonly number[];
}

/**
 * Which steps made the outcome of a session, and which one made it fail. Nothing that the agent says
 * of its own success counts.
 */
export function attribute(
  session: Session,
  credit: 'heuristic' | 'simple' | ToldCredit,
  outcome: ProvenOutcome,
): Attribution {
  const told = typeof credit === 'string' ? ownCredit(session, credit, outcome) : credit;
  const { method, contributions, entangled = [] } = told;
  const firstFault = outcome === 'success' ? undefined : findFirstFault(session);
  const notes: LocalizedText[] = [];
  if (outcome === 'unknown') {
    notes.push(
      localized`nobody but the agent says how this ended: the fault is what would explain a failure`,
    );
  }
  if (outcome !== 'success' && firstFault === undefined) {
    notes.push(localized`no step shows a sign of a fault`);
  }
  if (contributions.every(([, share]) => share === 0)) {
    notes.push(localized`no step made the outcome`);
  }
  return { method, outcome, contributions, firstFault, entangled, notes };
}

/** What made a session fail is where it went wrong, not what it changed. */
function ownCredit(
  session: Session,
  method: 'heuristic' | 'simple',
  outcome: ProvenOutcome,
): ToldCredit {
  if (method === 'simple') return { method, contributions: simpleCredit(session) };
  const contributions =
    outcome === 'failure'
      ? toContributions(session, faultWeights(session))
      : heuristicCredit(session);
  return { method, contributions };
}
