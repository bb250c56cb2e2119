import { localized } from '../model/localizedText.ts';
import type { Attribution, Contribution, CreditMethod } from '../model/learning.ts';
import type { LocalizedText } from '../model/localizedText.ts';
import type { Session } from '../model/session.ts';
import { faultWeights, findFirstFault } from './attribution/firstFault.ts';
import { heuristicCredit, simpleCredit, toContributions } from './credit/credit.ts';

/**
 * Which steps made the outcome of a session, and which one made it fail. Nothing that the agent says
 * of its own success counts.
 */
export function attribute(session: Session, method: CreditMethod): Attribution {
  const label = session.marks.findLast(({ kind }) => kind === 'label');
  const hasSucceeded = label?.isGood === true;
  const contributions = creditOf(session, method, label?.isGood === false);
  const firstFault = hasSucceeded ? undefined : findFirstFault(session);
  const notes: LocalizedText[] = [];
  if (label === undefined) {
    notes.push(
      localized`nobody but the agent says how this ended: the fault is what would explain a failure`,
    );
  }
  if (!hasSucceeded && firstFault === undefined) {
    notes.push(localized`no step shows a sign of a fault`);
  }
  if (contributions.every(([, share]) => share === 0)) {
    notes.push(localized`no step made the outcome`);
  }
  return { method, contributions, firstFault, notes };
}

/** What made a session fail is where it went wrong, not what it changed. */
function creditOf(
  session: Session,
  method: CreditMethod,
  hasFailed: boolean,
): readonly Contribution[] {
  if (method === 'simple') return simpleCredit(session);
  return hasFailed ? toContributions(session, faultWeights(session)) : heuristicCredit(session);
}
