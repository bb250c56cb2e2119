import { attribute } from '../../learning/attribute.ts';
import type { ProvenOutcome } from '../../model/learning.ts';
import type { SecretGate } from '../../model/ports/secretGate.ts';
import type { Session } from '../../model/sessions/session.ts';
import type { StepMark } from '../../model/sessions/sessionReport.ts';
import { withoutSecrets } from '../learn/attributeSession.ts';
import { provenOutcome } from '../learn/provenOutcome.ts';

/** Smaller shares are told of nobody. */
const LEAST_SHARE = 0.05;
const MOST_STEPS = 12;

/**
 * The steps of a session that mattered: those that made what it led to, and the one where it went
 * wrong first, by what is seen in its log.
 *
 * @param said what a person said of its outcome
 */
export async function stepMarks(
  session: Session,
  said: Exclude<ProvenOutcome, 'unknown'> | undefined,
  parts: { readonly gate: SecretGate },
): Promise<readonly StepMark[]> {
  const { steps, firstFault } = await withoutSecrets(
    attribute(session, 'heuristic', provenOutcome(session, said)),
    parts,
  );
  const toMark = (step: number, share: number, what: string): StepMark => {
    const at = session.steps[step]?.at;
    const isFault = step === firstFault?.step;
    return {
      ...{ step, share, what, at: at === undefined ? null : new Date(at).toISOString() },
      faults: isFault ? firstFault.evidence.map((one) => one.what.text) : [],
    };
  };
  const marks = steps
    .filter(({ share, what }) => share >= LEAST_SHARE && what !== '')
    .slice(0, MOST_STEPS)
    .map(({ step, share, what }) => toMark(step, share, what));
  const isMarked = marks.some(({ step }) => step === firstFault?.step);
  const fault =
    firstFault === undefined || isMarked ? [] : [toMark(firstFault.step, 0, firstFault.what)];
  return [...marks, ...fault].sort((a, b) => a.step - b.step);
}
