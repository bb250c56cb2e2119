import { localized } from '../model/localizedText.ts';
import type { Attribution, Contribution, ProvenOutcome, UsedMethod } from '../model/learning.ts';
import type { LocalizedText } from '../model/localizedText.ts';
import type { Session } from '../model/sessions/session.ts';
import { faultWeights, findFirstFault } from './attribution/firstFault.ts';
import { stepWords } from './lessons/deeds.ts';
import { heuristicCredit, simpleCredit, toContributions } from './credit/credit.ts';

/** Credit that something beside the log told: a model, the tests, like trajectories. */
export interface ToldCredit {
  readonly method: UsedMethod;
  readonly contributions: readonly Contribution[];
  readonly entangled?: readonly number[];
}

/** How a session ended, for what is told of it. */
export interface Ended {
  readonly outcome: ProvenOutcome;
  /** Where nobody proved it: whether what is seen in the log speaks for a success. */
  readonly seemsWell?: boolean;
}

/**
 * Which steps made the outcome of a session, and which one made it fail. Nothing that the agent says
 * of its own success counts.
 */
export function attribute(
  session: Session,
  credit: 'heuristic' | 'simple' | ToldCredit,
  { outcome, seemsWell = false }: Ended,
): Attribution {
  const told = typeof credit === 'string' ? ownCredit(session, credit, outcome) : credit;
  const { method, contributions, entangled = [] } = told;
  const words = stepWords(session);
  const mayHaveFailed = outcome === 'failure' || (outcome === 'unknown' && !seemsWell);
  const fault = mayHaveFailed ? findFirstFault(session) : undefined;
  const firstFault = fault && { ...fault, what: words(fault.step) };
  const doubts = doubtsOf(outcome, mayHaveFailed, firstFault !== undefined);
  const isNobodys = contributions.every(([, share]) => share === 0);
  const notes = [...doubts, ...(isNobodys ? [localized`no step made the outcome`] : [])];
  const steps = contributions
    .filter(([, share]) => share > 0)
    .map(([step, share]) => ({ step, share, what: words(step) }));
  return { method, outcome, contributions, steps, firstFault, entangled, notes };
}

function doubtsOf(
  outcome: ProvenOutcome,
  mayHaveFailed: boolean,
  isFound: boolean,
): readonly LocalizedText[] {
  if (mayHaveFailed && !isFound) return [localized`no step shows a sign of a fault`];
  if (outcome !== 'unknown' || !isFound) return [];
  return [
    localized`nobody but the agent says how this ended: the fault is what would explain a failure`,
  ];
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
