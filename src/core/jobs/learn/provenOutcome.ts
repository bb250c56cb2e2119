import { localized } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { ProvenOutcome } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { reportSession } from '../../sessions/report/sessionReport.ts';

export interface ToldOutcome {
  readonly outcome: ProvenOutcome;
  /** What is seen in the log speaks for a success, proven or not. */
  readonly seemsWell: boolean;
  /** Why what the report of the session says is not taken for proven. */
  readonly notes: readonly LocalizedText[];
}

/** How a session ended by what a person said, or else by its report, as far as that is proven. */
export function provenOutcome(session: Session, said?: 'success' | 'failure'): ToldOutcome {
  if (said !== undefined) return { outcome: said, seemsWell: said === 'success', notes: [] };
  const { label, isProven } = reportSession(session).outcome;
  const seemsWell = label === 'success';
  if (isProven === true && (label === 'success' || label === 'failure')) {
    return { outcome: label, seemsWell, notes: [] };
  }
  const note = localized`it seems to have ended well, but only the agent’s own work says so`;
  return { outcome: 'unknown', seemsWell, notes: seemsWell ? [note] : [] };
}
