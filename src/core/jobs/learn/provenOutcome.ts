import { localized } from '../../model/localizedText.ts';
import type { LocalizedText } from '../../model/localizedText.ts';
import type { ProvenOutcome } from '../../model/learning.ts';
import type { Session } from '../../model/sessions/session.ts';
import { isTestPath } from '../../model/sourceFile/testPath.ts';
import { withoutHeredocs } from '../../learning/actions/actions.ts';
import { redirectedTo, shellWords, splitCommand } from '../../platform/text/shellCommand.ts';
import { reportSession } from '../../sessions/report/sessionReport.ts';

export interface ToldOutcome {
  readonly outcome: ProvenOutcome;
  /** What is seen in the log speaks for a success, proven or not. */
  readonly seemsWell: boolean;
  /** Why what the report of the session says is not taken for proven. */
  readonly notes: readonly LocalizedText[];
}

/**
 * How a session ended by what a person said, or else by the evidence of its report, as far as that proves it: a success is proven by
 * somebody's label, or by tests at its end that the agent did not write. Its own last run tells nothing:
 * in 250 runs with labels it failed as often in those that succeeded as in the others.
 */
export function provenOutcome(session: Session, said?: 'success' | 'failure'): ToldOutcome {
  if (said !== undefined) return { outcome: said, seemsWell: said === 'success', notes: [] };
  const { label } = reportSession(session).outcome;
  const hasLabel = session.marks.some(
    ({ kind, isGood }) => kind === 'label' && isGood !== undefined,
  );
  if (label === 'failure') return { outcome: 'failure', seemsWell: false, notes: [] };
  if (label !== 'success') return { outcome: 'unknown', seemsWell: false, notes: [] };
  if (hasLabel || (endsWithTests(session) && !writesTests(session))) {
    return { outcome: 'success', seemsWell: true, notes: [] };
  }
  const note = localized`it seems to have ended well, but only the agent’s own work says so`;
  return { outcome: 'unknown', seemsWell: true, notes: [note] };
}

function endsWithTests({ checks }: Session): boolean {
  return checks.findLast(({ kind }) => kind === 'test')?.isPassed === true;
}

function writesTests({ steps }: Session): boolean {
  return steps.some(({ toolCalls }) =>
    toolCalls.some(
      ({ edits, command = '' }) =>
        edits.some(({ path }) => isTestPath(path)) || writtenFiles(command).some(isTestPath),
    ),
  );
}

/** Files that a command writes by a redirection. */
function writtenFiles(command: string): readonly string[] {
  return splitCommand(withoutHeredocs(command)).flatMap(({ text }) =>
    redirectedTo(shellWords(text)).map(({ path }) => path),
  );
}
